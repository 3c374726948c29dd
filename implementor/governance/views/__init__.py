"""Pages of governance: the list and the record of each kind, and what can be done with them."""

from implementor.governance.views import (
    actions,
    causes,
    changes,
    chase,
    conversions,
    decisions,
    matrix,
    obstacles,
    risks,
    roles,
    silence,
    succession,
)
from implementor.governance.views.routing import blueprint

blueprints = (blueprint, succession.blueprint)

__all__ = [
    "actions",
    "blueprint",
    "blueprints",
    "causes",
    "changes",
    "chase",
    "conversions",
    "decisions",
    "matrix",
    "obstacles",
    "risks",
    "roles",
    "silence",
    "succession",
]
