"""Bringing a case into another status, taking it, and noting that the customer was answered."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.cases import permissions, services
from implementor.crm.cases.forms import NoteForm, move_form
from implementor.crm.cases.models import Case
from implementor.crm.cases.views.routing import blueprint, case_or_404, refuse_unless_may_change
from implementor.crm.cases.words import STATUSES, status_word
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.next_page import place_inside
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:record_id>/move")
@allow(permissions.EDIT)
def move_page(record_id: int) -> ResponseReturnValue:
    """What a case may become, with what belongs to its end; `status` of the address is chosen already."""
    refuse_unless_may_change("status")
    case = case_or_404(record_id)
    form, asked = move_form(case, present_scope(), session()), request.args.get("status")
    if any(one.key == asked for one in STATUSES):
        form["status"].data = asked
    return _draw(case, form, NoteForm())


@blueprint.post("/<int:record_id>/move")
@allow(permissions.EDIT)
def move(record_id: int) -> ResponseReturnValue:
    """Move it, or show again what is needed; what is not sent stays."""
    refuse_unless_may_change("status")
    case = case_or_404(record_id)
    form, note = move_form(case, present_scope(), session()), NoteForm()
    sent = {name: value for name, value in form.values().items() if name in request.form}
    form_is_whole = set(sent) != {"status"}
    if form_is_whole and not form.validate():
        return _draw(case, form, note, 422)
    version = whole_number(str(form.version.data))
    try:
        services.move_case(
            session(), case, sent, note=note.note.data or "", version=version, by=actor(), at=now()
        )  # fmt: skip
        session().flush()
    except InvalidInput as refusal:
        (note if set(refusal.errors) == {"note"} else form).refuse(refusal)
        return _draw(case, form, note, 422)
    tell_done(say("%(code)s: %(status)s", code=case.code, status=status_word(case.status).label))
    return redirect(_url(record_id), 303)


@blueprint.post("/<int:record_id>/take")
@allow(permissions.EDIT)
def take(record_id: int) -> ResponseReturnValue:
    """It is the reader's from now on."""
    refuse_unless_may_change("owner")
    case = case_or_404(record_id)
    services.take_case(session(), case, by=actor(), at=now())
    tell_done(say("%(code)s is yours.", code=case.code))
    return redirect(place_inside(request.form.get("next")) or _url(record_id), 303)


@blueprint.post("/<int:record_id>/answered")
@allow(permissions.EDIT)
def answer(record_id: int) -> ResponseReturnValue:
    """The customer was answered now, by means that nobody logs here."""
    case = case_or_404(record_id)
    services.answer_case(session(), case, by=actor(), at=now())
    tell_done(say("%(code)s is noted as answered.", code=case.code))
    return redirect(_url(record_id), 303)


def _url(record_id: int) -> str:
    return url_for("cases.show", record_id=record_id)


def _draw(case: Case, form: CatalogueForm, note: NoteForm, status: int = 200) -> ResponseReturnValue:
    return draw("crm/cases/move.html", status, form=form, note=note, record_id=case.id, title=case.subject)
