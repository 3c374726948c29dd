"""The blueprint of cases, what their record page shows besides, and finding the one an address names."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for

from implementor.crm.cases import permissions, queries
from implementor.crm.cases.catalogue import CASE
from implementor.crm.cases.models import CLOSED, DONE, NEW, RESOLVED, WAITING, Case
from implementor.crm.cases.words import STATUSES
from implementor.crm.records.pages import record_pages
from implementor.foundation.choices import Choice
from implementor.foundation.errors import NotFound
from implementor.lists.record_page import RecordPage, present_scope
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

ICONS = {RESOLVED: "ok", CLOSED: "check"}


def way_of_record(page: RecordPage) -> dict[str, Any]:
    """The steps of a case, where it may go from here, and whether the reader may take it."""
    status = page.cells["status"].raw if "status" in page.cells else None
    owner = page.cells["owner"].raw if "owner" in page.cells else None
    is_open = status not in DONE
    return {
        "is_open": is_open,
        "steps": [_step(one, status) for one in STATUSES if status],
        "moves": [_move(one, page) for one in STATUSES if status and one.key != status and one.key != NEW],
        "may_move": may_change("status"),
        "may_hand_over": is_open and may_change("area"),
        "may_take": is_open and may_change("owner") and owner != actor().user_id,
        "is_unanswered": is_open and "first_response_at" in page.cells and page.cells["first_response_at"].raw is None,
    }


def _step(one: Choice, status: str | None) -> dict[str, Any]:
    return {"name": one.label, "word": "", "tone": one.tone, "is_current": one.key == status, "url": None}


def _move(one: Choice, page: RecordPage) -> dict[str, Any]:
    """A status in the menu; those that ask for something lead to the form."""
    url = url_for("cases.move_page", record_id=page.id, status=one.key)
    is_done = page.cells["status"].raw in DONE
    if one.key in DONE or is_done:
        return {"label": one.label, "url": url, "icon": ICONS.get(one.key, "undo")}
    return {
        "label": one.label,
        "url": url_for("cases.move", record_id=page.id),
        "post": True,
        "fields": {"status": one.key, "version": page.version},
        "icon": "clock" if one.key in WAITING else "arrow-right",
    }


def may_change(name: str) -> bool:
    """Whether the reader may change a field of cases at all."""
    return actor().may(permissions.EDIT) and CASE.fields[name].is_editable_by(actor())


def refuse_unless_may_change(name: str) -> None:
    """403 where the access rules keep a field from the reader."""
    if not may_change(name):
        abort(403)


def case_or_404(record_id: int) -> Case:
    """The case in use of that id, within what the reader sees."""
    found = session().scalars(queries.case_in_use(record_id, present_scope())).one_or_none()
    if found is None:
        raise NotFound("case")
    return found


blueprint = record_pages(
    "case",
    "cases",
    permissions.VIEW,
    template="crm/cases/show.html",
    index_template="crm/cases/index.html",
    context=way_of_record,
)
