"""The pages of planning: the plan of a wave, and what stands beside it."""

from implementor.planning.views.routing import blueprint

__all__ = ["blueprint"]
