"""Pages of governance: the list and the record of each kind, and what can be done with them."""

from implementor.governance.views import actions, changes, conversions, decisions, obstacles, risks, silence
from implementor.governance.views.routing import blueprint

__all__ = ["actions", "blueprint", "changes", "conversions", "decisions", "obstacles", "risks", "silence"]
