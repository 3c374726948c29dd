"""The page of one line of a gate: what it measures, who sees to it, its tick, its waiver."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import Optional

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.projects.queries import people_of_project
from implementor.stages import gate_lines, permissions
from implementor.stages.gate_look import Line, Look
from implementor.stages.gatekeeping import title_of
from implementor.stages.views.routing import blueprint, look_here, may, project_here
from implementor.web.forms import EMPTY_CHOICE, Form, offered
from implementor.web.forms import say as words
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ROOT = "/projects/<project_key>/gates/<gate_name>/lines/<line_key>"


class TickForm(Form):
    """On what evidence a line holds."""

    evidence = TextAreaField(
        words("Evidence"), description=words("A document, a date, a place to look: what would convince a stranger.")
    )


class WaiveForm(Form):
    """Why, and until when, a failing line is let be."""

    reason = TextAreaField(words("Reason"))
    expires_on = DateField(words("Until"), validators=[Optional()])


class OwnerForm(Form):
    """Who sees to a line."""

    owner = SelectField(words("Owner"), validate_choice=False)


@blueprint.get(ROOT)
@allow(permissions.VIEW)
def gate_line(gate_name: str, line_key: str) -> ResponseReturnValue:
    """One line by itself."""
    look = look_here(gate_name)
    return _draw(look, _line(look, line_key))


@blueprint.post(f"{ROOT}/tick")
@allow(permissions.TICK)
def tick(gate_name: str, line_key: str) -> ResponseReturnValue:
    """Say that it holds, or (`deed` is untick) that it does not."""
    look, form = look_here(gate_name), TickForm()
    line = _line(look, line_key)
    if request.form.get("deed") == "untick":
        gate_lines.untick_line(session(), look, line_key, by=actor(), at=now())
        tell_done(say("“%(line)s” is open again.", line=line.item.label))
        return _to_gate(look)
    try:
        gate_lines.tick_line(session(), look, line_key, evidence=form.evidence.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(look, line, 422, tick_form=form)
    tell_done(say("“%(line)s” is ticked.", line=line.item.label))
    return _to_gate(look)


@blueprint.post(f"{ROOT}/waive")
@allow(permissions.WAIVE)
def waive(gate_name: str, line_key: str) -> ResponseReturnValue:
    """Let it be until a day, or (`deed` is withdraw) no longer."""
    look, form = look_here(gate_name), WaiveForm()
    line = _line(look, line_key)
    if request.form.get("deed") == "withdraw":
        gate_lines.withdraw_waiver(session(), look, line_key, by=actor(), at=now())
        tell_done(say("“%(line)s” counts again.", line=line.item.label))
        return _to_gate(look)
    if not form.validate():
        return _draw(look, line, 422, waive_form=form)
    reason, until = form.reason.data or "", form.expires_on.data
    try:
        gate_lines.waive_line(
            session(), project_here(), look, line_key, reason=reason, expires_on=until, by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(look, line, 422, waive_form=form)
    tell_done(say("“%(line)s” is waived. A risk was opened for it.", line=line.item.label))
    return _to_gate(look)


@blueprint.post(f"{ROOT}/owner")
@allow(permissions.PREPARE)
def give(gate_name: str, line_key: str) -> ResponseReturnValue:
    """Say who sees to it."""
    look, form = look_here(gate_name), OwnerForm()
    line = _line(look, line_key)
    try:
        owner_id = whole_number(form.owner.data) if form.owner.data else None
        if form.owner.data and owner_id is None:
            raise NotFound("person")
        gate_lines.give_line(session(), look, line_key, owner_id=owner_id, by=actor(), at=now())
    except InvalidInput as refusal:
        return _draw(look, line, 422, refusal=refusal)
    tell_done(say("“%(line)s” has its owner.", line=line.item.label))
    return _to_gate(look)


def _draw(
    look: Look, line: Line, status: int = 200, *, tick_form: TickForm | None = None,
    waive_form: WaiveForm | None = None, refusal: InvalidInput | None = None,
) -> ResponseReturnValue:  # fmt: skip
    is_changed = not look.is_open
    return draw(
        "stages/gate_line.html",
        status,
        look=look,
        line=line,
        title=title_of(look),
        roles=ROLE_LABELS,
        role=ROLE_LABELS[Role(line.item.role)],
        tick_form=tick_form or TickForm(data={"evidence": line.known.evidence if line.known else ""}),
        waive_form=waive_form or WaiveForm(),
        owner_form=_owner_form(look, line, refusal),
        may_tick=is_changed and may(permissions.TICK) and gate_lines.may_tick(line, actor()),
        may_waive=is_changed and may(permissions.WAIVE) and gate_lines.may_waive(line, actor()),
        may_give=is_changed and may(permissions.PREPARE),
    )


def _owner_form(look: Look, line: Line, refusal: InvalidInput | None) -> OwnerForm:
    held = line.known.owner_id if line.known else None
    form = OwnerForm(data={"owner": str(held or "")})
    people = session().execute(people_of_project(project_id=look.stage.project_id))
    form.owner.choices = offered([EMPTY_CHOICE, *((row.id, row.name) for row in people)])
    if refusal is not None:
        form.refuse(refusal)
    return form


def _line(look: Look, key: str) -> Line:
    line = look.line(key)
    if line is None:
        raise NotFound("line of a gate")
    return line


def _to_gate(look: Look) -> ResponseReturnValue:
    return redirect(url_for("stages.gate", gate_name=look.name, _anchor="lines"), 303)
