"""Pages of where a rollout is going: direction and map, objectives, wanted reports, agreements, charters."""

from implementor.discovery.views import (
    agreements,
    charters,
    direction,
    groundwork,
    objectives,
    reports,
    scorecards,
    story_links,
)
from implementor.discovery.views.routing import blueprint

__all__ = [
    "agreements",
    "blueprint",
    "charters",
    "direction",
    "groundwork",
    "objectives",
    "reports",
    "scorecards",
    "story_links",
]
