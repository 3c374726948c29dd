"""The pages of commitments: what every record has, a promise beside a record, and how it ended."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.commitments import permissions, queries, services
from implementor.crm.commitments.forms import SettleForm, promise_form
from implementor.crm.commitments.models import Commitment
from implementor.crm.records.concerning import subject_of
from implementor.crm.records.kinds import crm_kinds
from implementor.crm.records.pages import page_context, record_pages
from implementor.crm.records.subjects import subject_page
from implementor.foundation.errors import InvalidInput
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.lists.record_page import RecordPage, loaded, present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.next_page import place_inside
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

TEMPLATE = "crm/commitments/show.html"


def _context(page: RecordPage, form: SettleForm | None = None) -> dict[str, Any]:
    """What the commitment is about, as far as the reader sees it, and the form that settles it."""
    row = session().execute(queries.pointers_of(page.id)).one()
    about = subject_of(session(), actor(), row.about_kind, row.about_id)
    is_open = row.kept_at is None and row.broken_at is None
    return {"about": about, "is_open": is_open, "form": form or SettleForm()}


blueprint = record_pages("commitment", "commitments", permissions.VIEW, template=TEMPLATE, context=_context)


@blueprint.get("/about/<kind>/<int:subject_id>")
@allow(permissions.EDIT)
def promise_page(kind: str, subject_id: int) -> Response:
    """The form of a commitment to or about a record."""
    subject = subject_page(session(), present_scope(), kind, subject_id)
    return _draw_form(subject, promise_form(kind, subject.scope, session()))


@blueprint.post("/about/<kind>/<int:subject_id>")
@allow(permissions.EDIT)
def promise(kind: str, subject_id: int) -> ResponseReturnValue:
    """Note what was promised and show the record again."""
    subject = subject_page(session(), present_scope(), kind, subject_id)
    form = promise_form(kind, subject.scope, session())
    if not form.validate():
        return _draw_form(subject, form, 422)
    about = RecordRef(kind, subject.id)
    try:
        made = services.promise(session(), form.values(), by=actor(), at=now(), about=about)
        session().flush()  # constraints answer before the person is told that it is noted
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_form(subject, form, 422)
    tell_done(say("Promised: %(title)s", title=made.promise))
    return redirect(subject.url, 303)


@blueprint.post("/<int:record_id>/kept")
@allow(permissions.EDIT)
def keep(record_id: int) -> ResponseReturnValue:
    """It was kept."""
    commitment = _commitment(record_id)
    services.mark_kept(session(), commitment, reason=request.form.get("reason", ""), by=actor(), at=now())
    tell_done(say("%(title)s is kept.", title=commitment.promise))
    return redirect(place_inside(request.form.get("next")) or _url(record_id), 303)


@blueprint.post("/<int:record_id>/broken")
@allow(permissions.EDIT)
def break_(record_id: int) -> ResponseReturnValue:
    """It was broken, for a reason."""
    commitment, form = _commitment(record_id), SettleForm()
    try:
        services.mark_broken(session(), commitment, reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        page = record_page(session(), sheet_of("commitment"), present_scope(), record_id)
        return draw(TEMPLATE, 422, **page_context(crm_kinds["commitment"], page), **_context(page, form))
    tell_done(say("%(title)s is noted as broken.", title=commitment.promise))
    return redirect(_url(record_id), 303)


@blueprint.post("/<int:record_id>/reopen")
@allow(permissions.EDIT)
def reopen(record_id: int) -> ResponseReturnValue:
    """It binds us after all."""
    commitment = _commitment(record_id)
    services.reopen(session(), commitment, by=actor())
    tell_done(say("%(title)s is open again.", title=commitment.promise))
    return redirect(_url(record_id), 303)


def _commitment(record_id: int) -> Commitment:
    found: Commitment = loaded(session(), sheet_of("commitment"), present_scope(), record_id)
    return found


def _url(record_id: int) -> str:
    return url_for("commitments.show", record_id=record_id)


def _draw_form(subject: RecordPage, form: CatalogueForm, status: int = 200) -> Response:
    return draw("crm/commitments/beside.html", status, subject=subject, form=form)
