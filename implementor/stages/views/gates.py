"""The page of a gate, and what is done with it as a whole."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import Optional

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import say
from implementor.stages import gate_services, permissions
from implementor.stages.catalogue import GATE
from implementor.stages.gate_look import Look
from implementor.stages.gate_readings import keep_readings, stored_gate
from implementor.stages.gatekeeping import title_of, why_shut
from implementor.stages.views.routing import blueprint, look_here, may, project_here
from implementor.web.forms import Form, offered
from implementor.web.forms import say as words
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ROOT = "/projects/<project_key>/gates/<gate_name>"


class PrepareForm(Form):
    """When a gate is to be reviewed."""

    review_on = DateField(words("Review planned for"), validators=[Optional()])


class ReasonForm(Form):
    """Why a gate is sent back, or gone back behind."""

    reason = TextAreaField(words("Reason"))


class SignForm(Form):
    """In which role somebody signs."""

    role = SelectField(words("Role"), validate_choice=False)


@blueprint.get(ROOT)
@allow(permissions.VIEW)
def gate(gate_name: str) -> ResponseReturnValue:
    """Every line of a gate with what is measured now, who signed, and what comes next."""
    return draw_gate(look_here(gate_name))


@blueprint.post(f"{ROOT}/prepare")
@allow(permissions.PREPARE)
def prepare(gate_name: str) -> ResponseReturnValue:
    """Begin to get it ready."""
    look, form = look_here(gate_name), PrepareForm()
    if not form.validate():
        return draw_gate(look, 422, prepare_form=form)
    gate_services.prepare_gate(
        session(), project_here(), look, by=actor(), at=now(), review_on=form.review_on.data
    )  # fmt: skip
    tell_done(say("%(gate)s is being prepared.", gate=title_of(look)))
    return _back_to(look)


@blueprint.post(f"{ROOT}/review")
@allow(permissions.PREPARE)
def review(gate_name: str) -> ResponseReturnValue:
    """Propose it to those who sign."""
    look = look_here(gate_name)
    gate_services.put_into_review(session(), look, by=actor(), at=now())
    tell_done(say("%(gate)s is in review. Those who sign have been told.", gate=title_of(look)))
    return _back_to(look)


@blueprint.post(f"{ROOT}/send-back")
@allow(permissions.SIGN)
def send_back(gate_name: str) -> ResponseReturnValue:
    """Ask for mitigation."""
    look, form = look_here(gate_name), ReasonForm()
    try:
        gate_services.send_back(session(), look, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_gate(look, 422, reason_form=form)
    tell_done(say("%(gate)s goes back for mitigation.", gate=title_of(look)))
    return _back_to(look)


@blueprint.post(f"{ROOT}/measure")
@allow(permissions.PREPARE)
def measure(gate_name: str) -> ResponseReturnValue:
    """Keep what every line measures today, for the trend."""
    look = look_here(gate_name)
    keep_readings(session(), stored_gate(session(), look), look, at=now())
    tell_done(say("The figures of %(gate)s are kept for today.", gate=title_of(look)))
    return _back_to(look)


@blueprint.post(f"{ROOT}/sign")
@allow(permissions.SIGN)
def sign(gate_name: str) -> ResponseReturnValue:
    """Approve it in one role."""
    look, role = look_here(gate_name), request.form.get("role", "")
    gate_services.sign_gate(session(), project_here(), look, role=role, by=actor(), at=now())
    tell_done(say("%(gate)s is signed as %(role)s.", gate=title_of(look), role=ROLE_LABELS[Role(role)]))
    return _back_to(look)


@blueprint.post(f"{ROOT}/open")
@allow(permissions.OPEN)
def open_gate(gate_name: str) -> ResponseReturnValue:
    """Let everybody pass."""
    look = look_here(gate_name)
    gate_services.open_gate(session(), project_here(), look, by=actor(), at=now())
    tell_done(say("%(gate)s is open.", gate=title_of(look)))
    return _back_to(look)


@blueprint.post(f"{ROOT}/reverse")
@allow(permissions.REVERSE)
def reverse(gate_name: str) -> ResponseReturnValue:
    """Go back behind it."""
    look, form = look_here(gate_name), ReasonForm()
    try:
        gate_services.reverse_gate(session(), project_here(), look, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_gate(look, 422, reason_form=form)
    tell_done(say("%(gate)s is shut again.", gate=title_of(look)))
    return _back_to(look)


def draw_gate(
    look: Look, status: int = 200, *, prepare_form: PrepareForm | None = None, reason_form: ReasonForm | None = None
) -> ResponseReturnValue:
    """The page of a gate."""
    return draw(
        "stages/gate.html",
        status,
        look=look,
        title=title_of(look),
        state=GATE.fields["state"].choice(look.state),
        shut=None if look.is_open else why_shut(look),
        roles=ROLE_LABELS,
        prepare_form=prepare_form or PrepareForm(data={"review_on": look.gate.review_on if look.gate else None}),
        reason_form=reason_form or ReasonForm(),
        sign_form=sign_form_of(look),
        may_prepare=may(permissions.PREPARE),
        may_send_back=may(permissions.SIGN) and look.state == "in_review",
        may_open=may(permissions.OPEN) and look.state == "in_review",
        may_reverse=may(permissions.REVERSE) and look.is_open,
    )


def sign_form_of(look: Look) -> SignForm | None:
    """The form for signing, where the gate waits for a role of the reader who neither proposed nor signed it."""
    mine = [role for role in look.unsigned if Role(role) in actor().roles]
    is_proposer = look.gate is not None and look.gate.proposed_by_id == actor().user_id
    has_signed = actor().user_id in look.signers
    if look.state != "in_review" or is_proposer or has_signed or not mine or not may(permissions.SIGN):
        return None
    form = SignForm(data={"role": mine[0]})
    form.role.choices = offered((role, ROLE_LABELS[Role(role)]) for role in mine)
    return form


def _back_to(look: Look) -> ResponseReturnValue:
    return redirect(url_for("stages.gate", gate_name=look.name), 303)
