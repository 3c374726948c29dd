"""The blueprint of metrics, and finding the metric and the measurement that an address names."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint

from implementor.foundation.errors import NotFound
from implementor.lists.record_page import present_scope
from implementor.metrics import queries
from implementor.metrics.models import Measurement, Metric
from implementor.web.language import settings
from implementor.web.unit_of_work import session

blueprint = Blueprint("metrics", __name__, url_prefix="/projects/<project_key>/metrics")


def metric_or_404(metric_id: int, *, to_change: bool = False) -> Metric:
    """The metric of this project; kept from others until the end of the request where it is to be changed."""
    statement = queries.metric_in_scope(present_scope(), metric_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("metric")
    return found


def measuring_zone() -> ZoneInfo:
    """The zone whose days are measured: that of the installation, whoever looks."""
    return settings().time_zone


def measurement_or_404(metric: Metric, measurement_id: int) -> Measurement:
    """A measurement of the metric, whether it stands or not."""
    row = session().execute(queries.measurement_of(metric_id=metric.id, measurement_id=measurement_id)).one_or_none()
    if row is None:
        raise NotFound("measurement")
    found: Measurement = row.Measurement
    return found
