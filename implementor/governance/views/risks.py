"""Pages of risks: the register, the map of how probable and how bad they are, one risk, and what is done with it."""

from __future__ import annotations

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.local_days import day_named
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.heat_map import drawn_map, moment_of
from implementor.governance.models import Risk
from implementor.governance.queries.risks import exposures_of_project, ratings_at, scores_of_risk
from implementor.governance.risk_rating import BANDS, band_of, contingency, expected_loss
from implementor.governance.services import risks as services
from implementor.governance.views.routing import (
    blueprint,
    reason_form,
    record_context,
    record_or_404,
    record_to_change,
)
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.forms import Form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PEOPLE = (Risk.owner, Risk.opened_by, Risk.closed_by)
REASON = say("Why is it closed?")


@blueprint.get("/risks")
@allow(permissions.RISK_VIEW)
def risks() -> Response:
    """The register; every risk unless the address says otherwise."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("risk"), present_scope(), asked)
    reserve = contingency(session().execute(exposures_of_project(project_id=g.project.id)).all())
    return draw("governance/risks.html", page=page, closed=asked.get("closed_at", [""])[0], reserve=reserve)


@blueprint.get("/risks/map")
@allow(permissions.RISK_VIEW)
def risk_map() -> Response:
    """Open risks by probability and impact now, beside how they stood on an earlier day; 422 for what is no day."""
    asked = request.args.get("day", "").strip()
    day = day_named(asked)
    place = {"project_id": g.project.id}
    present = drawn_map(session().execute(ratings_at(at=now(), **place)).all())
    earlier = None
    if day is not None:
        earlier = drawn_map(session().execute(ratings_at(at=moment_of(day, actor().time_zone), **place)).all())
    status = 422 if asked and day is None else 200
    return draw("governance/risk_map.html", status, present=present, earlier=earlier, day=day, asked=asked)


@blueprint.get("/risks/new")
@allow(permissions.RISK_EDIT)
def new_risk() -> ResponseReturnValue:
    """Write down a risk."""
    return redirect(url_for("lists.new", kind="risk"), 303)


@blueprint.get("/risks/<int:number>")
@allow(permissions.RISK_VIEW)
def risk(number: int) -> Response:
    """Everything about one risk."""
    return _draw_risk(record_or_404(Risk, number, *PEOPLE), reason_form("reason", REASON))


@blueprint.post("/risks/<int:number>/close")
@allow(permissions.RISK_EDIT)
def close_risk(number: int) -> ResponseReturnValue:
    """Say why it needs no watching any more."""
    found, form = record_to_change(Risk, number, *PEOPLE), reason_form("reason", REASON)
    try:
        services.close_risk(session(), found, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_risk(found, form, 422)
    tell_done(say("%(title)s is closed.", title=found.title))
    return redirect(url_for("governance.risk", number=number), 303)


@blueprint.post("/risks/<int:number>/reopen")
@allow(permissions.RISK_EDIT)
def reopen_risk(number: int) -> ResponseReturnValue:
    """It may happen after all."""
    found = record_to_change(Risk, number)
    services.reopen_risk(session(), found, by=actor(), at=now())
    tell_done(say("%(title)s is open again.", title=found.title))
    return redirect(url_for("governance.risk", number=number), 303)


def _draw_risk(found: Risk, form: Form, status: int = 200) -> Response:
    loss = None
    if found.exposure_amount is not None:
        loss = expected_loss(found.probability, found.exposure_amount)
    return draw(
        "governance/risk.html",
        status,
        form=form,
        scores=session().execute(scores_of_risk(risk_id=found.id)).all(),
        band=BANDS[band_of(found.score)],
        bands={score: BANDS[band_of(score)] for score in range(1, 26)},
        loss=loss,
        **record_context(found, "governance.risk"),
    )
