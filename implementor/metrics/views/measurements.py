"""Measurements: written down in one line, corrected by another, and given away as a file."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange.table_files import table_file
from implementor.foundation.errors import InvalidInput
from implementor.foundation.numbers import typed_number
from implementor.foundation.words import say, speech
from implementor.metrics import permissions, queries, services
from implementor.metrics.forms import CorrectionForm, MeasurementForm, needed_value, typed_day, typed_value
from implementor.metrics.models import Measurement, Metric
from implementor.metrics.views.metrics import draw_metric
from implementor.metrics.views.routing import blueprint, measurement_or_404, metric_or_404
from implementor.metrics.wording import shown_value
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.post("/<int:metric_id>/measurements")
@allow(permissions.MEASURE)
def measure(project_key: str, metric_id: int) -> ResponseReturnValue:
    """Write down what it was on a day."""
    metric, form = metric_or_404(metric_id, to_change=True), MeasurementForm()
    try:
        made = services.measure(
            session(), metric, on=typed_day(form.on.data), value=needed_value(form.value.data),
            evidence=form.evidence.data or "", evidence_url=form.evidence_url.data or "", by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_metric(metric, form, 422)
    tell(say("%(name)s: %(value)s is written down.", name=metric.name, value=shown_value(metric, made.value)))
    return redirect(url_for("metrics.show", metric_id=metric_id), 303)


@blueprint.get("/<int:metric_id>/measurements/<int:measurement_id>/correction")
@allow(permissions.MEASURE)
def correction_page(project_key: str, metric_id: int, measurement_id: int) -> Response:
    """Say what was wrong, and what is right."""
    metric = metric_or_404(metric_id)
    wrong = measurement_or_404(metric, measurement_id)
    typed = typed_number(wrong.value, speech().language) if wrong.value is not None else ""
    form = CorrectionForm(formdata=None, data={"on": wrong.measured_on, "value": typed})
    return _draw_correction(metric, wrong, form)


@blueprint.post("/<int:metric_id>/measurements/<int:measurement_id>/correction")
@allow(permissions.MEASURE)
def correct(project_key: str, metric_id: int, measurement_id: int) -> ResponseReturnValue:
    """Put what is right in the place of what was wrong."""
    metric, form = metric_or_404(metric_id, to_change=True), CorrectionForm()
    wrong = measurement_or_404(metric, measurement_id)
    try:
        value = typed_value(form.value.data)
        services.correct(
            session(), metric, wrong, reason=form.reason.data or "", value=value, on=typed_day(form.on.data),
            by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_correction(metric, wrong, form, 422)
    tell(say("The measurement is corrected.") if value is not None else say("The measurement is withdrawn."))
    return redirect(url_for("metrics.show", metric_id=metric_id), 303)


@blueprint.get("/<int:metric_id>/measurements/export")
@allow(permissions.VIEW)
def export(project_key: str, metric_id: int) -> Response:
    """Every measurement of the metric, those that stand no longer too."""
    metric = metric_or_404(metric_id)
    header = [say("Day"), say("Value"), say("Unit"), say("Evidence"), say("Link"), say("Who"), say("Standing"),
              say("Reason")]  # fmt: skip
    found = session().execute(queries.measurements_of(metric_id=metric.id, limit=queries.MOST_EXPORTED))
    rows = [_row(metric, row.Measurement, row.author, row.corrected_by) for row in found]
    return table_file(f"metric-{metric.id}", "csv", about=[metric.name], header=header, rows=rows)


def _row(metric: Metric, one: Measurement, author: str | None, corrected_by: int | None) -> list[object]:
    stands = say("Stands")
    if one.value is None:
        stands = say("Withdrawn")
    elif corrected_by is not None:
        stands = say("Corrected")
    return [
        one.measured_on, one.value, metric.currency or metric.unit, one.evidence, one.evidence_url, author,
        str(stands), one.reason,
    ]  # fmt: skip


def _draw_correction(metric: Metric, wrong: Measurement, form: CorrectionForm, status: int = 200) -> Response:
    value = shown_value(metric, wrong.value)
    return draw("metrics/correction.html", status, metric=metric, wrong=wrong, form=form, value=value)
