"""Pages of stages and of gates, one module for each noun."""

from implementor.stages.views import gates, lines, stages
from implementor.stages.views.routing import blueprint

__all__ = ["blueprint", "gates", "lines", "stages"]
