"""Pages of metrics: the list, one metric with its picture, and its measurements."""

from implementor.metrics.views import measurements, metrics, triggers
from implementor.metrics.views.routing import blueprint

__all__ = ["blueprint", "measurements", "metrics", "triggers"]
