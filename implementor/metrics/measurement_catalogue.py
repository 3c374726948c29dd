"""The fields of a measurement, as files fill them."""

from __future__ import annotations

from decimal import Decimal

from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.words import say
from implementor.metrics.catalogue import LARGEST, METRIC
from implementor.metrics.models import Measurement
from implementor.metrics.queries import metrics_offered

columns = Measurement.__table__.c

MEASUREMENT = Entity(
    kind="measurement",
    label=say("Measurement"),
    label_plural=say("Measurements"),
    model=Measurement,
    default_columns=("metric", "measured_on", "value", "evidence"),
    default_sort="-measured_on",
    title_field="metric",
    unique_order=columns.id,
).declare(
    (
        Field(
            "metric", Kind.REFERENCE, METRIC.label, columns.metric_id, options=metrics_offered, required=True,
            nullable=False,
        ),
        Field("measured_on", Kind.DATE, say("Day"), columns.measured_on, required=True, nullable=False),
        Field(
            "value", Kind.DECIMAL, say("Value"), columns.value, required=True, minimum=Decimal(-LARGEST),
            maximum=LARGEST,
        ),
        Field("evidence", Kind.LINE, say("Evidence"), columns.evidence, longest=1000),
        Field("evidence_url", Kind.URL, say("Address of the evidence"), columns.evidence_url, longest=2000),
    )
)  # fmt: skip
"""It has no list of its own: measurements stand on the page of their metric."""
