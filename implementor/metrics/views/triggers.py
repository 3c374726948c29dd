"""Letting a metric watch over a risk, from the page of the risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import Scope
from implementor.foundation.panels import Place
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say
from implementor.governance.models import Risk
from implementor.governance.permissions import RISK_EDIT
from implementor.governance.queries.records import by_number
from implementor.lists.record_page import present_scope
from implementor.metrics import permissions, queries
from implementor.metrics.forms import typed_value
from implementor.metrics.models import Metric
from implementor.metrics.trigger_queries import trigger_seen
from implementor.metrics.triggers import COMPARISONS, watch_no_longer, watch_risk
from implementor.metrics.views.routing import blueprint
from implementor.metrics.wording import shown_value
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

COMPARED: Mapping[str, Phrase] = {"above": say("at or above"), "below": say("at or below")}
ROOT = "/watching/<int:number>"


@blueprint.get(ROOT)
@allow(RISK_EDIT)
def watching(project_key: str, number: int) -> ResponseReturnValue:
    """Which metric watches over the risk, to be chosen."""
    risk = _risk(number)
    row = session().execute(trigger_seen(risk_id=risk.id)).one_or_none()
    typed = {}
    if row is not None and row.RiskTrigger.crossed_at is None:
        found = row.RiskTrigger
        typed = {"metric": str(found.metric_id), "comparison": found.comparison, "value": f"{found.value:f}"}
    return _draw(risk, typed, {})


@blueprint.post(ROOT)
@allow(RISK_EDIT)
def watch(project_key: str, number: int) -> ResponseReturnValue:
    """Let a metric watch over it."""
    risk, typed = _risk(number), request.form.to_dict()
    wanted = queries.metric_in_scope(present_scope(), whole_number(typed.get("metric", "")) or 0)
    metric: Metric | None = session().scalars(wanted).one_or_none()
    try:
        value = typed_value(typed.get("value"))
        watch_risk(session(), risk, metric, comparison=typed.get("comparison", ""), value=value, by=actor(), at=now())
    except InvalidInput as refusal:
        return _draw(risk, typed, refusal.errors, 422)
    tell_done(say("The metric watches over the risk %(title)s.", title=risk.title))
    return redirect(url_for("governance.risk", number=number), 303)


@blueprint.post(f"{ROOT}/end")
@allow(RISK_EDIT)
def unwatch(project_key: str, number: int) -> ResponseReturnValue:
    """Let no metric watch over it."""
    risk = _risk(number)
    watch_no_longer(session(), risk, by=actor(), at=now())
    tell_done(say("No metric watches over the risk %(title)s.", title=risk.title))
    return redirect(url_for("governance.risk", number=number), 303)


def load_of_risk(of: Session, place: Place) -> Mapping[str, Any] | None:
    """What watches over a risk, and whether the reader may change it."""
    risk: Risk = place.record
    row = of.execute(trigger_seen(risk_id=risk.id)).one_or_none()
    may_edit = place.actor.may(RISK_EDIT) and risk.is_open and not risk.is_archived
    if not place.actor.may(permissions.VIEW) or (row is None and not may_edit):
        return None
    return {"row": row, "may_edit": may_edit, "compared": COMPARED, "show": shown_value, "risk_number": risk.number}


def load_of_obstacle(of: Session, place: Place) -> Mapping[str, Any] | None:
    """The metric that made a risk this obstacle."""
    row = of.execute(trigger_seen(obstacle_id=place.record.id)).one_or_none()
    if row is None or not place.actor.may(permissions.VIEW):
        return None
    return {"row": row, "may_edit": False, "compared": COMPARED, "show": shown_value, "risk_number": row.risk_number}


def _risk(number: int) -> Risk:
    found: Risk | None = session().scalars(by_number(Risk, project_id=g.project.id, number=number)).one_or_none()
    if found is None or found.is_archived:
        raise NotFound("risk")
    return found


def _draw(risk: Risk, typed: Mapping[str, str], errors: Mapping[str, Any], status: int = 200) -> ResponseReturnValue:
    scope: Scope = present_scope()
    return draw(
        "metrics/watching.html", status, risk=risk, typed=typed, errors=errors, compared=COMPARED,
        offered=session().execute(queries.metrics_offered(scope)).all(), comparisons=COMPARISONS,
    )  # fmt: skip
