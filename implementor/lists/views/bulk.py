"""Changing a selection of a list: a preview of what would happen, then one action with one undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.fields import Field, Kind
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, say_n
from implementor.history.services import name_action
from implementor.jobs.services import enqueue
from implementor.lists.bulk import IN_A_REQUEST, BulkReport, Part, Selection, change_selection
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import Sheet
from implementor.lists.views.routing import open_sheet, sent_address, shared_page
from implementor.web.forms import CatalogueForm, form_class
from implementor.web.guard import actor
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import abandon, now, session

MOST_IDS = 2000
PARTS = ("add", "remove")
"""How several choices are changed, besides being set."""


@shared_page("/lists/<kind>/bulk", "POST")
def bulk(kind: str) -> ResponseReturnValue:
    """Choose what to change, see what it would do, then do it: three steps of one form."""
    sheet = open_sheet(kind, to_edit=True)
    selection = _selection()
    ids = session().scalars(selection.statement(sheet, present_scope())).all()
    if not ids:
        tell(say("Nothing is selected. Tick the rows to change first."), "notice")
        return redirect(_list_url(sheet), 303)
    offered = {one.name: one for one in sheet.entity.editable_by(actor()) if one.bulk}
    chosen = [name for name in dict.fromkeys(request.form.getlist("change")) if name in offered]
    step = request.form.get("step", "choose")
    if step == "choose" or not chosen:
        return _draw(sheet, _form(offered.values()), selection, ids, chosen, None)
    form = _form([offered[name] for name in chosen])  # what is not ticked is not judged either
    if not form.validate():
        return _draw_refused(sheet, offered.values(), form, selection, ids)
    if step == "preview":
        return _preview(sheet, form, offered.values(), selection, ids)
    return _apply(sheet, _wanted(form), ids)


def _draw_refused(
    sheet: Sheet, offered: Iterable[Field], refused: CatalogueForm, selection: Selection, ids: Sequence[int]
) -> Response:
    whole = _form(offered)
    for name in refused.catalogue:
        whole[name].errors = refused[name].errors
    return _draw(sheet, whole, selection, ids, list(refused.catalogue), None, 422)


def _preview(
    sheet: Sheet, form: CatalogueForm, offered: Iterable[Field], selection: Selection, ids: Sequence[int]
) -> ResponseReturnValue:
    """Try the change on the first records and take it back."""
    *_, report = change_selection(session(), sheet, ids[:IN_A_REQUEST], _wanted(form), by=actor(), at=now())
    abandon()
    return _draw(sheet, _form(offered), selection, ids, list(form.catalogue), report)


def _wanted(form: CatalogueForm) -> dict[str, Any]:
    """What the form says; of several choices perhaps only some to add or to take away."""
    values = form.values()
    for name, field in form.catalogue.items():
        way = request.form.get(f"{name}-way")
        if field.kind is Kind.CHOICES and way in PARTS:
            values[name] = Part(way == "add", tuple(values[name]))
    return values


def _apply(sheet: Sheet, values: dict[str, Any], ids: Sequence[int]) -> ResponseReturnValue:
    scope = present_scope()
    if len(ids) > IN_A_REQUEST:
        job = enqueue(
            session(),
            "lists.change_selection",
            arguments={"kind": sheet.entity.kind, "ids": list(ids), "values": portable(values)},
            title=say_n("Change %(count)s record", "Change %(count)s records", len(ids)),
            by=actor(),
            at=now(),
            project_id=scope.project_id,
        )
        session().flush()  # the answer leads to the job's page
        return redirect(url_for("jobs.show", job_id=job.id), 303)
    name_action(session(), bulk_summary(sheet, len(ids)), verb=f"{sheet.entity.kind}.bulk", project_id=scope.project_id)
    *_, report = change_selection(session(), sheet, ids, values, by=actor(), at=now())
    tell_done(say_n("%(count)s record is changed.", "%(count)s records are changed.", report.changed))
    if report.refused:
        tell(
            say_n(
                "%(count)s stayed as it was: %(reason)s",
                "%(count)s stayed as they were: %(reason)s",
                report.refused,
                reason=report.reasons[0][1],
            ),
            "notice",
        )
    return redirect(_list_url(sheet), 303)


def bulk_summary(sheet: Sheet, count: int) -> Any:
    """How the history calls a bulk change."""
    return say_n(
        "Changed %(count)s record of %(list)s",
        "Changed %(count)s records of %(list)s",
        count,
        list=sheet.entity.label_plural,
    )


def portable(values: dict[str, Any]) -> dict[str, Any]:
    """Values as a job's arguments hold them; `typed_again` of the task reads them back."""
    return {name: _as_argument(value) for name, value in values.items()}


def _as_argument(value: Any) -> Any:
    if isinstance(value, Part):
        return {"adds": value.adds, "words": list(value.words)}
    if isinstance(value, Decimal):
        return {"number": str(value)}  # as text it would be read in the language of whoever asked
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, int | list | None) else str(value)


def _selection() -> Selection:
    numbers = map(whole_number, request.form.getlist("ids")[:MOST_IDS])
    ids = tuple(number for number in numbers if number is not None)
    return Selection(ids, request.form.get("all_matching") == "1", parse_qs(sent_address()))


def _form(fields: Iterable[Field]) -> CatalogueForm:
    made: CatalogueForm = form_class(fields, present_scope(), session())()
    return made


def _list_url(sheet: Sheet) -> str:
    address = sent_address()
    return f"{sheet.index_url()}?{address}" if address else sheet.index_url()


def _draw(
    sheet: Sheet,
    form: CatalogueForm,
    selection: Selection,
    ids: Sequence[int],
    chosen: list[str],
    report: BulkReport | None,
    status: int = 200,
) -> Response:
    return draw(
        "lists/bulk.html",
        status,
        sheet=sheet,
        form=form,
        selection=selection,
        count=len(ids),
        chosen=chosen,
        report=report,
        tried=min(len(ids), IN_A_REQUEST),
        address=sent_address(),
    )
