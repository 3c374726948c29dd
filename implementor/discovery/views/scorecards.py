"""The scorecard of a project: live, published to areas, taken note of, and as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.discovery import permissions, scorecard_queries, scorecard_services
from implementor.discovery.scorecard import priority_of, scorecard, thawed, under_headings
from implementor.discovery.scorecard_models import ScorecardEdition
from implementor.discovery.scorecard_news import tell_of_scorecard
from implementor.discovery.views.routing import blueprint
from implementor.exchange.table_files import table_file
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.metrics.figures import MetricFigure
from implementor.projects.queries import areas_of_project, areas_offered
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@blueprint.get("/scorecard")
@allow(permissions.VIEW)
def scorecard_now(project_key: str) -> Response:
    """Every metric as it stands today, the editions that were published, and the form that publishes another."""
    return _draw_now({})


@blueprint.post("/scorecard")
@allow(permissions.EDIT)
def publish_scorecard(project_key: str) -> ResponseReturnValue:
    """Freeze it and give it to areas."""
    chosen = [found for found in map(whole_number, request.form.getlist("areas")) if found is not None]
    try:
        edition = scorecard_services.publish_scorecard(
            session(), project_id=g.project.id, area_ids=chosen, note=request.form.get("note", ""), on=today(),
            by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        return _draw_now(dict(refusal.errors), 422)
    tell_of_scorecard(session(), edition, by_id=actor().user_id, at=now())
    tell_done(say("Edition %(number)s is published.", number=edition.number))
    return redirect(url_for("discovery.scorecard_edition", number=edition.number), 303)


@blueprint.get("/scorecard/<int:number>")
@allow(permissions.VIEW)
def scorecard_edition(project_key: str, number: int) -> Response:
    """An edition as it was published, and who took note of it."""
    edition, publisher = _edition_or_404(number)
    areas = scorecard_services.readers_of(session(), edition)
    me = actor().user_id
    waits = any(one.user_id == me and one.at is None for area in areas for one in area.readers)
    return draw(
        "discovery/scorecard_edition.html",
        edition=edition,
        publisher=publisher,
        parts=under_headings(_lines(edition)),
        priority_of=priority_of,
        areas=areas,
        may_acknowledge=waits,
    )


@blueprint.post("/scorecard/<int:number>/acknowledge")
@allow(permissions.VIEW)
def acknowledge_scorecard(project_key: str, number: int) -> ResponseReturnValue:
    """Take note of it for one's area."""
    edition, _publisher = _edition_or_404(number)
    scorecard_services.acknowledge(session(), edition, by=actor(), at=now())
    tell_done(say("You took note of edition %(number)s.", number=number))
    return redirect(url_for("discovery.scorecard_edition", number=number), 303)


@blueprint.get("/scorecard/<int:number>/export")
@allow(permissions.VIEW)
def export_scorecard(project_key: str, number: int) -> Response:
    """The figures of an edition as a file."""
    edition, _publisher = _edition_or_404(number)
    header = [say("Perspective"), say("Metric"), say("Priority"), say("Baseline"), say("Latest value"),
              say("Last measured"), say("Target"), say("Due"), say("Unit"), say("Standing")]  # fmt: skip
    rows = [_row(part.heading, one) for part in under_headings(_lines(edition)) for one in part.figures]
    title = str(say("Scorecard, edition %(number)s", number=number))
    return table_file(f"scorecard-{g.project.key}-{number}", "csv", about=[title], header=header, rows=rows)


def _row(heading: Any, one: MetricFigure) -> list[object]:
    metric, last, priority = one.metric, one.standing.latest, priority_of(one)
    return [
        str(heading), metric.name, str(priority.label) if priority else None, metric.baseline,
        last.value if last else None, last.day if last else None, metric.target, metric.due_on,
        metric.currency or metric.unit, str(one.state.label),
    ]  # fmt: skip


def _lines(edition: ScorecardEdition) -> list[tuple[MetricFigure, bool]]:
    return [thawed(kept, on=edition.on) for kept in edition.figures]


def _edition_or_404(number: int) -> tuple[ScorecardEdition, str | None]:
    found = session().execute(scorecard_queries.edition_numbered(project_id=g.project.id, number=number)).first()
    if found is None:
        raise NotFound("scorecard")
    return found.ScorecardEdition, found.publisher


def _draw_now(errors: dict[str, Any], status: int = 200) -> Response:
    may_publish = actor().may(permissions.EDIT) and not g.project.is_archived
    usual = {row.id for row in session().execute(areas_of_project(project_id=g.project.id))} if may_publish else set()
    chosen = {found for found in map(whole_number, request.form.getlist("areas")) if found is not None}
    return draw(
        "discovery/scorecard.html",
        status,
        parts=under_headings(scorecard(session(), project_id=g.project.id, on=today())),
        priority_of=priority_of,
        editions=session().execute(scorecard_queries.editions_of_project(project_id=g.project.id)).all(),
        areas=session().execute(areas_offered()).all() if may_publish else [],
        chosen=chosen or usual,
        typed_note=request.form.get("note", ""),
        errors=errors,
        may_publish=may_publish,
    )
