"""Pages of metrics: the list, one metric with its picture, and its measurements."""

from implementor.metrics.views import breakdown, definition, figures, measurements, metrics, standard, triggers
from implementor.metrics.views.routing import blueprint

__all__ = ["blueprint", "breakdown", "definition", "figures", "measurements", "metrics", "standard", "triggers"]
