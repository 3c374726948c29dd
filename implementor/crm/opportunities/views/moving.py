"""Moving one opportunity by a form, opening a closed one again, and taking the sum of its lines as its amount."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.opportunities import permissions
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.crm.opportunities.columns import every_stage
from implementor.crm.opportunities.forms import ReopenForm
from implementor.crm.opportunities.lines import take_sum_as_amount
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.opportunities.moves import ASKED_ON_MOVING, Move, move_opportunity, reopen_opportunity
from implementor.crm.opportunities.views.routing import blueprint, opportunity_or_404, refuse_unless_movable
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.web.forms import CatalogueForm, filled_form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:record_id>/move")
@allow(permissions.EDIT)
def move_page(record_id: int) -> ResponseReturnValue:
    """Where an opportunity may go, with what its next stage asks for; `stage` of the address is chosen already."""
    refuse_unless_movable()
    opportunity = opportunity_or_404(record_id)
    form = _move_form(opportunity)
    asked = whole_number(request.args.get("stage", ""))
    if asked is not None and live.present().stage(asked) is not None:
        form["stage"].data = str(asked)
    return _draw_move(opportunity, form)


@blueprint.post("/<int:record_id>/move")
@allow(permissions.EDIT)
def move_by_form(record_id: int) -> ResponseReturnValue:
    """Move it, or show again what the stage asks for."""
    refuse_unless_movable()
    opportunity = opportunity_or_404(record_id)
    form = _move_form(opportunity)
    if not form.validate():
        return _draw_move(opportunity, form, 422)
    values = {name: value for name, value in form.values().items() if value is not None}
    wanted = Move(values.pop("stage", None), whole_number(str(form.version.data)), values)
    try:
        move_opportunity(session(), opportunity, wanted, by=actor(), at=now())
        session().flush()
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_move(opportunity, form, 422)
    tell_moved(opportunity)
    return redirect(url_for("opportunities.show", record_id=record_id), 303)


def tell_moved(opportunity: Opportunity) -> None:
    """Say where it is now, with the way back."""
    tell_done(moved_to(opportunity))


def moved_to(opportunity: Opportunity) -> Any:
    """What people are told after a move."""
    stage = live.present().stage(opportunity.stage_id)
    return say("%(name)s is in %(stage)s.", name=opportunity.name, stage=stage.name if stage else "")


def _move_form(opportunity: Opportunity) -> CatalogueForm:
    """The stage, what a closing asks for, and the fields that some stage requires and that are still empty."""
    required = {name for stage in every_stage() if stage.is_active for name in stage.required_fields}
    empty = [
        name
        for name, field in OPPORTUNITY.fields.items()
        if name in required and getattr(opportunity, field.attribute, None) in (None, "")
    ]
    names = ["stage", *dict.fromkeys((*empty, *ASKED_ON_MOVING))]
    return filled_form(OPPORTUNITY, names, opportunity, present_scope(), session())


def _draw_move(opportunity: Opportunity, form: CatalogueForm, status: int = 200) -> ResponseReturnValue:
    return draw("crm/opportunities/move.html", status, form=form, record_id=opportunity.id, title=opportunity.name)


@blueprint.get("/<int:record_id>/reopen")
@allow(permissions.REOPEN)
def reopen_page(record_id: int) -> ResponseReturnValue:
    """Ask why a closed opportunity is opened again."""
    opportunity = opportunity_or_404(record_id)
    return _draw_reopen(opportunity, ReopenForm(data={"version": opportunity.version}))


@blueprint.post("/<int:record_id>/reopen")
@allow(permissions.REOPEN)
def reopen(record_id: int) -> ResponseReturnValue:
    """Open a closed opportunity again."""
    opportunity = opportunity_or_404(record_id)
    form = ReopenForm()
    if not form.validate():
        return _draw_reopen(opportunity, form, 422)
    version = whole_number(str(form.version.data))
    if version is None:
        abort(400)
    try:
        reopen_opportunity(session(), opportunity, reason=form.reason.data or "", version=version, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_reopen(opportunity, form, 422)
    tell_moved(opportunity)
    return redirect(url_for("opportunities.show", record_id=record_id), 303)


def _draw_reopen(opportunity: Opportunity, form: ReopenForm, status: int = 200) -> ResponseReturnValue:
    return draw("crm/opportunities/reopen.html", status, form=form, record_id=opportunity.id, title=opportunity.name)


@blueprint.post("/<int:record_id>/amount")
@allow(permissions.EDIT)
def take_sum(record_id: int) -> ResponseReturnValue:
    """Let the sum of the lines be the amount."""
    if not OPPORTUNITY.fields["amount"].is_editable_by(actor()):
        abort(403)
    opportunity = opportunity_or_404(record_id)
    before = opportunity.amount
    take_sum_as_amount(session(), opportunity, by=actor(), at=now())
    if opportunity.amount == before:
        tell(say("The amount of %(name)s is the sum of its lines.", name=opportunity.name))
    else:
        tell_done(say("The amount of %(name)s is the sum of its lines.", name=opportunity.name))
    return redirect(url_for("opportunities.show", record_id=record_id), 303)
