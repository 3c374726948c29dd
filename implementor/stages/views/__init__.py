"""Pages of stages, of gates and of methods, one module for each noun."""

from implementor.stages.views import gates, lines, method_drafts, methods, stages
from implementor.stages.views.routing import blueprint

__all__ = ["blueprint", "gates", "lines", "method_drafts", "methods", "stages"]
