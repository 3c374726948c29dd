"""The page of what holds a project up most, whose matter it is, and after how long it is passed on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.catalogue import OBSTACLE
from implementor.governance.escalation import LADDERS, RUNGS
from implementor.governance.pareto import shares_of
from implementor.governance.queries.escalations import open_by_rung, weight_of_kinds
from implementor.governance.services.escalations import present_clocks, set_clocks
from implementor.governance.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

A_DAY = 86_400
WEIGHTS = {"count": say("How many"), "days": say("Days in the way"), "hours": say("Hours lost")}


@blueprint.get("/obstacles/causes")
@allow(permissions.OBSTACLE_VIEW)
def causes() -> Response:
    """Which kinds of obstacles cost most, by how many, how long or how many hours; and the clocks of all kinds."""
    return _draw({})


@blueprint.post("/obstacles/clocks")
@allow(permissions.OBSTACLE_CLOCKS)
def set_obstacle_clocks() -> ResponseReturnValue:
    """Say after how many working days obstacles are passed on."""
    asked = {key: request.form[f"{key[0]}-{key[1]}"] for key in _keys() if f"{key[0]}-{key[1]}" in request.form}
    days = {key: whole_number(text.strip()) or 0 for key, text in asked.items()}
    try:
        set_clocks(session(), project_id=g.project.id, days=days, by=actor(), at=now())
    except InvalidInput as refusal:
        return _draw(refusal.errors, asked, 422)
    tell_done(say("The clocks are saved, and what is open is counted anew."))
    return redirect(url_for("governance.causes"), 303)


def _keys() -> list[tuple[str, str]]:
    return [(kind, severity.key) for kind in LADDERS for severity in OBSTACLE.fields["severity"].choices]


def _tabs(weight: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": url_for("governance.causes", by=key), "is_current": key == weight}
        for key, label in WEIGHTS.items()
    ]


def _draw(errors: Mapping[str, Any], asked: Mapping[tuple[str, str], str] | None = None, status: int = 200) -> Response:
    weight = request.args.get("by", "")
    weight = weight if weight in WEIGHTS else "count"
    amounts = _amounts(weight)
    clocks: Mapping[tuple[str, str], Any] = present_clocks(session(), project_id=g.project.id)
    whose = session().execute(open_by_rung(project_id=g.project.id)).all()
    kinds, severities = (OBSTACLE.fields[name].choices for name in ("kind", "severity"))
    return draw(
        "governance/causes.html", status, weights=WEIGHTS, tabs=_tabs(weight), weight=weight, shares=shares_of(amounts),
        clocks={**clocks, **(asked or {})}, errors=errors, kinds={one.key: one.label for one in kinds},
        ladders=LADDERS, rungs=RUNGS,
        severities={one.key: one.label for one in severities}, whose={row.rung: row.count for row in whose},
        may_set=actor().may(permissions.OBSTACLE_CLOCKS),
    )  # fmt: skip


def _amounts(weight: str) -> dict[str, Decimal]:
    """What each kind weighs; days are whole and fractional ones of the clock, weekends included."""
    rows = session().execute(weight_of_kinds(project_id=g.project.id, at=now())).all()
    if weight == "days":
        return {row.kind: (Decimal(row.seconds) / A_DAY).quantize(Decimal("0.1")) for row in rows}
    return {row.kind: Decimal(getattr(row, weight)) for row in rows}
