"""The pages of planning: the plan of a wave, and what stands beside it."""

from implementor.planning.views import moving, past, plan, plan_sheet, scenarios, suggestion
from implementor.planning.views.routing import blueprint

__all__ = ["blueprint", "moving", "past", "plan", "plan_sheet", "scenarios", "suggestion"]
