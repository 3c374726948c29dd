"""Pages of metrics: the list, one metric with its picture, and its measurements."""

from implementor.metrics.views import definition, figures, measurements, metrics, standard, triggers
from implementor.metrics.views.routing import blueprint

__all__ = ["blueprint", "definition", "figures", "measurements", "metrics", "standard", "triggers"]
