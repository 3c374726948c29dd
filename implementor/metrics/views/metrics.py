"""The list of metrics, and the page of one: its picture, its measurements and what happened to it."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments.panel import panel_of
from implementor.foundation.local_days import local_day
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.records import RecordRef
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.metrics import permissions, queries
from implementor.metrics.catalogue import state_choice
from implementor.metrics.forms import MeasurementForm
from implementor.metrics.models import Metric
from implementor.metrics.standing import standing
from implementor.metrics.views.measured import how_measured
from implementor.metrics.views.pictures import picture_of
from implementor.metrics.views.routing import blueprint, metric_or_404
from implementor.metrics.wording import finding, forecast, short_value, shown_value, target_text
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("")
@allow(permissions.VIEW)
def index(project_key: str) -> Response:
    """The metrics of the project."""
    page = list_page(session(), sheet_of("metric"), present_scope(), request.args.to_dict(flat=False))
    panels = panels_of(session(), "metric.index", Place(actor(), now(), g.project))
    return draw("metrics/index.html", page=page, panels=panels)


@blueprint.get("/new")
@allow(permissions.EDIT)
def new(project_key: str) -> ResponseReturnValue:
    """State what is measured."""
    return redirect(url_for("lists.new", kind="metric"), 303)


@blueprint.get("/<int:metric_id>")
@allow(permissions.VIEW)
def show(project_key: str, metric_id: int) -> Response:
    """Everything about one metric."""
    today = local_day(now())
    return draw_metric(metric_or_404(metric_id), MeasurementForm(formdata=None, data={"on": today}))


def draw_metric(metric: Metric, form: MeasurementForm, status: int = 200) -> Response:
    """The page of a metric, in a number of statements that measurements do not change."""
    scope, today = present_scope(), local_day(now())
    rows = session().execute(queries.measurements_of(metric_id=metric.id)).all()
    standing_rows = [row for row in rows if row.corrected_by is None and row.Measurement.value is not None]
    present = [row for row in standing_rows if row.Measurement.definition_number == metric.definition_number]
    readings = [row.Measurement.reading for row in reversed(present)]
    found = standing(metric.goal, readings, on=today)
    return draw(
        "metrics/show.html",
        status,
        metric=metric,
        page=record_page(session(), sheet_of("metric"), scope, metric.id),
        form=form,
        rows=rows,
        has_more=len(rows) == queries.MOST_MEASUREMENTS,
        standing=found,
        state=state_choice(found.state),
        projected_state=state_choice(found.projected_state),
        finding=finding(metric, found),
        forecast=forecast(metric, found),
        target=target_text(metric, short=True),
        value_text=lambda value: shown_value(metric, value),
        short_text=lambda value: short_value(metric, value),
        measured=how_measured(metric, scope),
        picture=picture_of(metric, standing_rows, found, today=today),
        panels=panels_of(session(), "metric.page", Place(actor(), now(), g.project, metric)),
        talk=panel_of(session(), RecordRef("metric", metric.id), actor=actor()),
        **_around(metric, scope),
    )


def _around(metric: Metric, scope: Any) -> dict[str, Any]:
    """What stands below the figures, and what the reader may do."""
    timeline = timeline_of(session(), "metric", metric.id, scope, at=now(), after=request.args.get("after"))
    older = timeline.next and url_for("metrics.show", metric_id=metric.id, after=timeline.next)
    return {
        "timeline": timeline,
        "timeline_next_url": older,
        "may_edit": actor().may(permissions.EDIT) and not metric.is_archived,
        "may_measure": actor().may(permissions.MEASURE) and not metric.is_archived,
    }
