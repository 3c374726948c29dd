"""Metrics before and after releases: those of one release, and one metric around the releases of its project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, g
from sqlalchemy import select

from implementor.foundation.errors import NotFound, Refusal
from implementor.metrics import permissions as metric_permissions
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import NAMED, QUERY, RATIO
from implementor.metrics.groups import Grouped, grouped_by_people
from implementor.metrics.models import Metric
from implementor.metrics.patience import soon
from implementor.metrics.stretches import Compared, around
from implementor.metrics.tallying import Unmeasured
from implementor.metrics.wording import shown_value
from implementor.releases import release_queries as queries
from implementor.releases.pilot_models import ConfigPilot
from implementor.releases.pilot_queries import last_pilot, people_of
from implementor.releases.release_models import ConfigRelease
from implementor.releases.views.release_routing import (
    OF_PROJECT,
    OF_WAVE,
    blueprint,
    frame_of,
    release_or_404,
    wave_or_404,
)
from implementor.web.guard import actor, allow
from implementor.web.language import settings
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

MOST_RELEASES, MOST_METRICS = 6, 20
BY_RECORDS = (QUERY, RATIO, NAMED)
PATIENCE = 0.5
"""Seconds that one figure may take; a page has several."""


@dataclass(frozen=True)
class Row:
    """One metric around one release."""

    metric: Metric
    release: ConfigRelease
    day: date
    compared: Compared

    def shown(self, value: Any) -> str:
        """A value in the unit of the metric."""
        return str(shown_value(self.metric, value))


@blueprint.get(f"{OF_PROJECT}/<int:release_number>/comparison")
@allow(metric_permissions.VIEW)
def of_release(project_key: str, release_number: int) -> Response:
    """What became of the metrics of the project with a release."""
    release = release_or_404(release_number)
    rows = [_row(metric, release) for metric in metrics_compared()]
    return draw("releases/comparison.html", release=release, metric=None, rows=rows)


@blueprint.get("/projects/<project_key>/metrics/<int:metric_id>/releases")
@allow(metric_permissions.VIEW)
def of_metric(project_key: str, metric_id: int) -> Response:
    """What became of a metric with each of the latest releases of its project."""
    found = select(Metric).where(Metric.project_id == g.project.id, Metric.id == metric_id)
    metric = session().scalars(found.where(Metric.archived_at.is_(None))).one_or_none()
    if metric is None:
        raise NotFound("metric")
    releases = queries.latest_standing(project_id=g.project.id, limit=MOST_RELEASES)
    rows = [_row(metric, release) for release in session().scalars(releases)]
    return draw("releases/comparison.html", release=None, metric=metric, rows=rows)


def _row(metric: Metric, release: ConfigRelease) -> Row:
    zone = settings().time_zone
    moment: datetime = now()
    day = release.applied_at.astimezone(zone).date()
    today = AsOf(moment.astimezone(zone).date(), zone, g.project.id)
    try:
        compared = soon(session(), lambda: around(session(), metric, day, today=today, actor=actor()), PATIENCE)
    except Refusal as why:
        compared = Compared(0, refusal=why.reason)
    return Row(metric, release, day, compared)


@blueprint.get(f"{OF_WAVE}/pilot/comparison")
@allow(metric_permissions.VIEW)
def of_pilot(project_key: str, number: int) -> Response:
    """Metrics over the days of the latest pilot: of the records of its people, and of all others."""
    wave = wave_or_404(number)
    pilot = session().scalars(last_pilot(wave_id=wave.id)).one_or_none()
    rows = [(metric, _grouped(metric, pilot)) for metric in metrics_compared()] if pilot is not None else []
    return draw("releases/groups.html", pilot=pilot, rows=rows, shown_value=shown_value, **frame_of(wave))


def days_of_pilot(pilot: ConfigPilot) -> tuple[date, AsOf]:
    """From which day on it is compared, and until when."""
    zone = settings().time_zone
    until = AsOf((pilot.ended_at or now()).astimezone(zone).date(), zone, g.project.id)
    return pilot.started_at.astimezone(zone).date(), until


def _grouped(metric: Metric, pilot: ConfigPilot) -> Grouped:
    since, until = days_of_pilot(pilot)
    people = people_of(pilot.id)
    try:
        return soon(
            session(), lambda: grouped_by_people(session(), metric, since, people, until=until, actor=actor()), PATIENCE
        )
    except Refusal as why:
        return Grouped(0, refusal=why.reason)
    except Unmeasured as why:
        return Grouped(0, refusal=why.reason)


def metrics_compared() -> list[Metric]:
    """The metrics of the project that are counted from records, the first of them."""
    found = (
        select(Metric)
        .where(Metric.project_id == g.project.id, Metric.archived_at.is_(None), Metric.measured_by.in_(BY_RECORDS))
        .order_by(Metric.id)
        .limit(MOST_METRICS)
    )
    return list(session().scalars(found))
