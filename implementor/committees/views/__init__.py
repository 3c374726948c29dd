"""Pages of committees: who they are, what waits for them, their meetings, and the one that is held."""

from implementor.committees.views import agenda, committees, decisions, handover, meetings, members, own, review
from implementor.committees.views.routing import blueprint, of_programmes

of_programmes.register_blueprint(blueprint, url_prefix="")
blueprints = (blueprint, of_programmes, own.blueprint, handover.blueprint)

__all__ = [
    "agenda",
    "blueprint",
    "blueprints",
    "committees",
    "decisions",
    "handover",
    "meetings",
    "members",
    "own",
    "review",
]
