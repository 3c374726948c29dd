"""Bringing a lead on its way by the menu or a form, accepting one, and beginning one out of another record."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.leads import permissions
from implementor.crm.leads.forms import StepForm, reentry_form
from implementor.crm.leads.lifecycle import targets
from implementor.crm.leads.models import Lead
from implementor.crm.leads.moves import Step, accept_lead, take_step
from implementor.crm.leads.services import begin_lead
from implementor.crm.leads.views.routing import blueprint, lead_or_404
from implementor.crm.leads.words import STAGE_NAMES
from implementor.crm.records.subjects import subject_page
from implementor.foundation.errors import InvalidInput
from implementor.foundation.records import RecordRef
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import RecordPage, present_scope
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.next_page import place_inside
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:record_id>/step")
@allow(permissions.EDIT)
def step_page(record_id: int) -> ResponseReturnValue:
    """Ask why a lead goes to the `stage` of the address."""
    lead = lead_or_404(record_id)
    possible = targets(lead.stage)
    stage = request.args.get("stage", "")
    chosen = stage if stage in possible else next(reversed(possible), "")
    return _draw_step(lead, StepForm(chosen, data={"version": lead.version, "stage": chosen}), chosen)


@blueprint.post("/<int:record_id>/step")
@allow(permissions.EDIT)
def step(record_id: int) -> ResponseReturnValue:
    """Take the step, or show again what it asks for."""
    lead, stage = lead_or_404(record_id), request.form.get("stage", "")
    form = StepForm(stage)
    if not form.validate():
        return _draw_step(lead, form, stage, 422)
    reason = form.reason.data or "" if "reason" in form else ""
    wanted = Step(stage, whole_number(str(form.version.data)), reason, form.note.data or "")
    try:
        take_step(session(), lead, wanted, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_step(lead, form, stage, 422)
    tell_done(say("%(name)s: %(stage)s.", name=lead.name, stage=STAGE_NAMES[lead.stage]))
    return redirect(url_for("leads.show", record_id=record_id), 303)


@blueprint.post("/<int:record_id>/accept")
@allow(permissions.EDIT)
def accept(record_id: int) -> ResponseReturnValue:
    """Take over a lead that marketing qualified."""
    lead = lead_or_404(record_id)
    accept_lead(session(), lead, by=actor(), at=now())
    tell_done(say("%(name)s is accepted.", name=lead.name))
    return redirect(place_inside(request.form.get("next")) or url_for("leads.show", record_id=record_id), 303)


@blueprint.get("/about/<kind>/<int:subject_id>")
@allow(permissions.EDIT)
def begin_page(kind: str, subject_id: int) -> Response:
    """The form of a lead that comes out of a record, such as a case."""
    subject = subject_page(session(), present_scope(), kind, subject_id)
    return _draw_reentry(subject, reentry_form(subject.scope, session()))


@blueprint.post("/about/<kind>/<int:subject_id>")
@allow(permissions.EDIT)
def begin(kind: str, subject_id: int) -> ResponseReturnValue:
    """Begin a lead out of a record."""
    subject = subject_page(session(), present_scope(), kind, subject_id)
    form = reentry_form(subject.scope, session())
    if not form.validate():
        return _draw_reentry(subject, form, 422)
    try:
        about = RecordRef(kind, subject.id)
        lead = begin_lead(session(), form.values(), by=actor(), at=now(), about=about)
        session().flush()
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_reentry(subject, form, 422)
    tell_done(say("%(title)s is added.", title=lead.name))
    return redirect(url_for("leads.show", record_id=lead.id), 303)


def _draw_step(lead: Lead, form: StepForm, stage: str, status: int = 200) -> Response:
    name, present = STAGE_NAMES.get(stage, ""), STAGE_NAMES[lead.stage]
    shown: dict[str, Any] = {
        "record_id": lead.id,
        "title": lead.name,
        "stage": stage,
        "stage_name": name,
        "present": present,
    }
    return draw("crm/leads/step.html", status, form=form, **shown)


def _draw_reentry(subject: RecordPage, form: CatalogueForm, status: int = 200) -> Response:
    return draw("crm/leads/begin.html", status, subject=subject, form=form)
