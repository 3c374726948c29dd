"""What changes for whom as a grid of audiences by waves, the load week by week, and the map of stakeholders."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences import permissions
from implementor.audiences.catalogue.impacts import ASPECT_LABELS
from implementor.audiences.catalogue.people import REACTIONS
from implementor.audiences.load import Ramp
from implementor.audiences.load_reading import load_of_project
from implementor.audiences.models import Audience
from implementor.audiences.models.impacts import ASPECTS
from implementor.audiences.pages import record_or_404
from implementor.audiences.queries import impacts as queries
from implementor.audiences.queries.audiences import audiences_of_project
from implementor.audiences.services.load import settle_load
from implementor.audiences.views.routing import blueprint, tabs_at
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

STEPS = range(1, 6)


@blueprint.get("/impacts/grid")
@allow(permissions.VIEW)
def impact_grid(project_key: str) -> Response:
    """Audiences by waves, each with the sum of the degrees of its impacts."""
    place = {"project_id": g.project.id}
    sums = {(row.audience_id, row.wave_id): row for row in session().execute(queries.sums_of_project(**place))}
    totals: dict[int, int] = defaultdict(int)
    for (audience_id, _wave), row in sums.items():
        totals[audience_id] += row.points
    return draw(
        "audiences/grid.html", tabs=tabs_at("audiences.impact_grid"), sums=sums, totals=totals,
        audiences=session().scalars(audiences_of_project(**place)).all(),
        waves=session().execute(queries.waves_of_grid(**place)).all(),
        has_unplanned=any(wave is None for _audience, wave in sums), may_edit=actor().may(permissions.EDIT),
    )  # fmt: skip


@blueprint.get("/impacts/cell/<int:audience_id>/none")
@allow(permissions.VIEW)
def unplanned_cell(project_key: str, audience_id: int) -> Response:
    """The impacts of stories that are in no wave."""
    return _draw_cell(record_or_404(Audience, audience_id), None)


@blueprint.get("/impacts/cell/<int:audience_id>/<int:number>")
@allow(permissions.VIEW)
def impact_cell(project_key: str, audience_id: int, number: int) -> Response:
    """The impacts behind one figure of the grid."""
    audience = record_or_404(Audience, audience_id)
    waves = session().execute(queries.waves_of_grid(project_id=g.project.id)).all()
    wave = next((one for one in waves if one.number == number), None)
    if wave is None:
        raise NotFound("wave")
    return _draw_cell(audience, wave)


def _draw_cell(audience: Audience, wave: Any) -> Response:
    statement = queries.impacts_of_cell(
        project_id=g.project.id, audience_id=audience.id, wave_id=wave.id if wave else None
    )
    return draw("audiences/cell.html", audience=audience, wave=wave, aspects=ASPECTS, labels=ASPECT_LABELS,
                impacts=session().scalars(statement).all())  # fmt: skip


@blueprint.get("/load")
@allow(permissions.VIEW)
def load(project_key: str) -> Response:
    """What every audience bears week by week."""
    return _draw_load()


@blueprint.post("/load")
@allow(permissions.EDIT)
def settle(project_key: str) -> ResponseReturnValue:
    """Say how load is counted."""
    typed = {name: request.form.get(name, "").strip() for name in ("weeks_before", "weeks_after", "limit")}
    try:
        settle_load(session(), project_id=g.project.id, ramp=_ramp(typed), by=actor(), at=now())
    except InvalidInput as refusal:
        return _draw_load(typed, refusal, 422)
    tell_done(say("Load is counted like this from now on."))
    return redirect(url_for("audiences.load"), 303)


@blueprint.get("/stakeholders/map")
@allow(permissions.STAKEHOLDERS)
def stakeholder_map(project_key: str) -> Response:
    """Stakeholders by influence and impact, with the table beside it."""
    found = session().scalars(queries.stakeholders_of(project_id=g.project.id)).all()
    cells: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for one in found:
        cells[one.influence, one.impact].append(one)
    return draw(
        "audiences/map.html", tabs=tabs_at("audiences.stakeholder_map"), stakeholders=found, cells=cells, steps=STEPS,
        reactions={one.key: one for one in REACTIONS}, may_edit=actor().may(permissions.EDIT),
    )  # fmt: skip


def _draw_load(typed: dict[str, str] | None = None, refusal: InvalidInput | None = None, status: int = 200) -> Response:
    found = load_of_project(session(), g.project.id)
    shown = {
        "weeks_before": str(found.ramp.weeks_before), "weeks_after": str(found.ramp.weeks_after),
        "limit": f"{found.ramp.limit:g}",
    }  # fmt: skip
    return draw(
        "audiences/load.html", status, tabs=tabs_at("audiences.load"), found=found, typed=typed or shown,
        faults=refusal.errors if refusal else {}, may_edit=actor().may(permissions.EDIT),
    )  # fmt: skip


def _ramp(typed: dict[str, str]) -> Ramp:
    """What was typed; what is no number becomes one that is refused."""
    before, after = (whole_number(typed[name]) for name in ("weeks_before", "weeks_after"))
    try:
        limit = Decimal(typed["limit"].replace(",", ".")) * 10
        points = int(limit) if limit.is_finite() and abs(limit) < 10_000 else -1
    except InvalidOperation:
        points = -1
    return Ramp(-1 if before is None else before, -1 if after is None else after, points)
