"""Making, editing, archiving and restoring one record through forms made from its catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.history.services import StaleEdit
from implementor.lists.forms import AnywayForm
from implementor.lists.lacking import tell_lacking
from implementor.lists.record_page import RecordPage, address_of, loaded, present_scope, record_page
from implementor.lists.services import ExistsAlready, bring_back, create_record, is_own, put_away, save_record
from implementor.lists.sheets import Existing, Sheet
from implementor.lists.views.routing import open_sheet, shared_page
from implementor.web.forms import CatalogueForm, filled_form
from implementor.web.guard import actor, reads_first
from implementor.web.idempotency import write_once
from implementor.web.messages import tell, tell_done
from implementor.web.next_page import place_inside
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@shared_page("/records/<kind>/<int:record_id>/fields/<field>", "GET")
def field(kind: str, record_id: int, field: str) -> ResponseReturnValue:
    """One field to read, as it stands on the record's page."""
    page, chosen = _field_of(open_sheet(kind), record_id, field)
    if "HX-Request" not in request.headers:
        return redirect(page.url, 303)
    return draw("lists/field.html", fragment="lists/_field.html", page=page, cell=page.cells[chosen.name])


@shared_page("/records/<kind>/<int:record_id>/fields/<field>/edit", "GET")
def edit_field(kind: str, record_id: int, field: str) -> ResponseReturnValue:
    """One field to edit in place, or on a page of its own without scripts."""
    sheet = open_sheet(kind, to_edit=True)
    page, chosen = _field_of(sheet, record_id, field)
    if not page.may_edit(chosen):
        abort(403)
    record = loaded(session(), sheet, page.scope, record_id)
    return _draw_field(page, chosen, filled_form(sheet.entity, [field], record, page.scope, session()))


@shared_page("/records/<kind>/<int:record_id>/fields/<field>", "POST")
def update_field(kind: str, record_id: int, field: str) -> ResponseReturnValue:
    """Save one field and show the record again."""
    sheet = open_sheet(kind, to_edit=True)
    page, chosen = _field_of(sheet, record_id, field)
    if not page.may_edit(chosen):
        abort(403)
    return _save(sheet, page, [field], partial(_draw_field, page, chosen))


@shared_page("/records/<kind>/<int:record_id>/edit", "GET")
def edit(kind: str, record_id: int) -> ResponseReturnValue:
    """Every field of a record in one form."""
    sheet = open_sheet(kind, to_edit=True)
    page = record_page(session(), sheet, present_scope(), record_id)
    record = loaded(session(), sheet, page.scope, record_id)
    return _draw_form(page, filled_form(sheet.entity, _own_fields(sheet, record), record, page.scope, session()))


@shared_page("/records/<kind>/<int:record_id>/edit", "POST")
def update(kind: str, record_id: int) -> ResponseReturnValue:
    """Save the whole form."""
    sheet = open_sheet(kind, to_edit=True)
    page = record_page(session(), sheet, present_scope(), record_id)
    if page.is_archived:
        abort(409)
    names = _own_fields(sheet, loaded(session(), sheet, page.scope, record_id))
    return _save(sheet, page, names, partial(_draw_form, page))


@shared_page("/records/<kind>/new", "GET")
def new(kind: str) -> ResponseReturnValue:
    """An empty form for a record; parameters of the address fill fields of that name."""
    sheet = open_sheet(kind, to_edit=True)
    made = _new_form(sheet)
    begun = {name: field.first_value(present_scope()) for name, field in made.catalogue.items()}
    asked = {name: request.args[name] for name in made.catalogue if name in request.args}
    made.process(data={**{name: str(value) for name, value in begun.items() if value is not None}, **asked})
    return _draw_new(sheet, made)


@shared_page("/records/<kind>/new", "POST")
@reads_first
def create(kind: str) -> ResponseReturnValue:
    """Make a record and go to its page. The form is read before the write lock is taken, so others write meanwhile."""
    sheet = open_sheet(kind, to_edit=True)
    form = _new_form(sheet)
    if not form.validate():
        return _draw_new(sheet, form, 422)
    if (answered := write_once()) is not None:
        return answered
    why = AnywayForm().anyway_reason.data or ""
    try:
        record = create_record(session(), sheet, present_scope(), form.values(), why=why, by=actor(), at=now())
        session().flush()  # the answer leads to the new record's page
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_new(sheet, form, 422)
    except ExistsAlready as refusal:
        return _draw_new(sheet, form, 409, known=refusal.records)
    title = getattr(record, sheet.entity.title_field)
    tell_done(say("%(title)s is added.", title=title))
    tell_lacking(sheet.entity, record)
    address = address_of(session(), sheet, present_scope(), record.id)
    return redirect(_next() or address, 303)


@shared_page("/records/<kind>/<int:record_id>/archive", "POST")
def archive(kind: str, record_id: int) -> ResponseReturnValue:
    """Put a record away."""
    sheet = _archiving(kind)
    record = loaded(session(), sheet, present_scope(), record_id)
    put_away(session(), sheet, record, by=actor(), at=now())
    tell_done(say("%(title)s is archived.", title=getattr(record, sheet.entity.title_field)))
    return redirect(_next() or sheet.index_url(), 303)


@shared_page("/records/<kind>/<int:record_id>/restore", "POST")
def restore(kind: str, record_id: int) -> ResponseReturnValue:
    """Bring an archived record back."""
    sheet = _archiving(kind)
    record = loaded(session(), sheet, present_scope(), record_id)
    bring_back(session(), sheet, record, by=actor(), at=now())
    tell(say("%(title)s is back.", title=getattr(record, sheet.entity.title_field)))
    return redirect(address_of(session(), sheet, present_scope(), record_id), 303)


def _archiving(kind: str) -> Sheet:
    sheet = open_sheet(kind, to_edit=True)
    if not sheet.archived_here:
        abort(404)
    return sheet


def _save(sheet: Sheet, page: RecordPage, names: list[str], draw_again: Callable[..., Response]) -> ResponseReturnValue:
    record = loaded(session(), sheet, page.scope, page.id)
    form = filled_form(sheet.entity, names, record, page.scope, session())
    if not form.validate():
        return draw_again(form, 422)
    version = whole_number(str(form.version.data))
    if version is None:
        abort(400)
    why = AnywayForm().anyway_reason.data or ""
    try:
        changed = save_record(session(), sheet, record, form.values(), version=version, by=actor(), at=now(), why=why)
        session().flush()  # constraints answer before the person is told it is saved
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_again(form, 422)
    except ExistsAlready as refusal:
        return draw_again(form, 409, known=refusal.records)
    except StaleEdit as stale:
        return _draw_conflict(page, stale, form)
    if changed:
        tell_done(say("%(title)s is saved.", title=getattr(record, sheet.entity.title_field)))
        tell_lacking(sheet.entity, record)
    return redirect(_next() or page.url, 303)


def _draw_conflict(page: RecordPage, stale: StaleEdit, form: CatalogueForm) -> Response:
    form_alone = "history/_conflict_form.html"  # what is edited in place is decided in place
    return draw("history/conflict.html", 409, fragment=form_alone, page=page, form=form, stale=stale)


def _draw_field(
    page: RecordPage, chosen: Field, form: CatalogueForm, status: int = 200, *, known: Sequence[Existing] = ()
) -> Response:
    return draw(
        "lists/field_edit.html",
        status,
        fragment="lists/_field_edit.html",
        page=page,
        form=form,
        cell=page.cells[chosen.name],
        **_known(page.sheet, known),
    )


def _draw_form(page: RecordPage, form: CatalogueForm, status: int = 200, *, known: Sequence[Existing] = ()) -> Response:
    return draw("lists/edit.html", status, page=page, form=form, **_known(page.sheet, known))


def _draw_new(sheet: Sheet, form: CatalogueForm, status: int = 200, *, known: Sequence[Existing] = ()) -> Response:
    return draw("lists/new.html", status, form=form, next=_next(), **_known(sheet, known))


def _known(sheet: Sheet, known: Sequence[Existing]) -> dict[str, Any]:
    """What a form tells of records that bear the same, and whether it asks why there must be another."""
    may_double = bool(known) and sheet.may_double is not None and actor().may(sheet.may_double)
    return {"sheet": sheet, "known": known, "anyway": AnywayForm() if may_double else None}


def _new_form(sheet: Sheet) -> CatalogueForm:
    if sheet.create is None:
        abort(404)
    return filled_form(sheet.entity, _asked_of_new(sheet), None, present_scope(), session())


def _editable(sheet: Sheet) -> list[str]:
    return [one.name for one in sheet.entity.editable_by(actor())]


def _asked_of_new(sheet: Sheet) -> list[str]:
    """The fields of the form of a new record: administrators may leave some out, which the record's page has."""
    left_out = live.present().shape(sheet.entity.kind).left_out
    return [name for name in _editable(sheet) if name not in left_out]


def _own_fields(sheet: Sheet, record: Any) -> list[str]:
    """What one form over the whole record asks; what is kept beside it has no version here that would guard it."""
    return [name for name in _editable(sheet) if is_own(record, sheet.entity.fields[name])]


def _field_of(sheet: Sheet, record_id: int, name: str) -> tuple[RecordPage, Field]:
    page = record_page(session(), sheet, present_scope(), record_id)
    if name not in page.cells:
        abort(404)
    return page, page.cells[name].field


def _next() -> str | None:
    """A place inside this site that the form asked to return to."""
    return place_inside(request.values.get("next"))
