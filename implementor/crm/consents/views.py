"""The pages of consents: what a contact said, taking down more, and the words that people agree to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.consents import permissions, queries, services
from implementor.crm.consents.forms import WordingForm, consent_form, new_consent
from implementor.crm.consents.overview import positions
from implementor.foundation.errors import InvalidInput
from implementor.foundation.local_days import local_day
from implementor.foundation.words import say
from implementor.lists.record_page import RecordPage, present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("consents", __name__, url_prefix="/crm/consents")


@blueprint.get("/of/<int:contact_id>")
@allow(permissions.VIEW)
def show(contact_id: int) -> Response:
    """Everything a contact said, and the form that takes down more."""
    page = _contact(contact_id)
    return _draw(page, consent_form(page.scope, session(), _wordings()))


@blueprint.post("/of/<int:contact_id>")
@allow(permissions.EDIT)
def record(contact_id: int) -> ResponseReturnValue:
    """Take down what a contact said."""
    page = _contact(contact_id)
    if not _may_record(page):
        abort(403)
    form = consent_form(page.scope, session(), _wordings())
    if not form.validate():
        return _draw(page, form, 422)
    try:
        services.record_consent(session(), new_consent(form, page.id, now()), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(page, form, 422)
    tell(say("It is taken down what %(name)s said.", name=page.title))
    return redirect(url_for("consents.show", contact_id=page.id), 303)


@blueprint.get("/wordings")
@allow(permissions.VIEW)
def wordings() -> Response:
    """Every version of the words that people agree to."""
    return _draw_wordings(WordingForm())


@blueprint.post("/wordings")
@allow(permissions.WRITE_WORDING)
def write_wording() -> ResponseReturnValue:
    """Write the next version."""
    form = WordingForm()
    if not form.validate():
        return _draw_wordings(form, 422)
    try:
        wording = services.write_wording(
            session(), purpose=form.purpose.data, language=form.language.data, text=form.text.data or "",
            by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_wordings(form, 422)
    tell(say("Version %(number)s of the words is written.", number=wording.number))
    return redirect(url_for("consents.wordings"), 303)


def _draw_wordings(form: WordingForm, status: int = 200) -> Response:
    may_write = actor().may(permissions.WRITE_WORDING)
    return draw("crm/consents/wordings.html", status, rows=_wordings(), form=form, may_write=may_write)


def _wordings() -> Any:
    return session().execute(queries.wordings()).all()


def _contact(contact_id: int) -> RecordPage:
    return record_page(session(), sheet_of("contact"), present_scope(), contact_id)


def _may_record(page: RecordPage) -> bool:
    return actor().may(permissions.EDIT) and page.is_changeable and not page.is_archived


def _draw(page: RecordPage, form: Any, status: int = 200) -> Response:
    said = session().execute(queries.consents_of(page.id)).all()
    today = local_day(now())
    return draw(
        "crm/consents/show.html", status, page=page, form=form, said=said, positions=positions(said, today),
        may_record=_may_record(page),
    )  # fmt: skip
