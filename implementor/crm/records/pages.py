"""The pages that every kind of CRM record has: its list, a record, what happened to it, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments.panel import talk_asking
from implementor.crm.records import queries
from implementor.crm.records.around import around_of
from implementor.crm.records.fields import RECORD, rules_give
from implementor.crm.records.kinds import CrmKind, crm_kinds
from implementor.crm.records.parts import parts_asking
from implementor.exchange.kinds import kinds as import_kinds
from implementor.foundation.asking import Asking, answered, gathered
from implementor.foundation.errors import NotFound
from implementor.foundation.panels import Place, panels_asking
from implementor.foundation.permissions import Permission
from implementor.foundation.records import RecordRef
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import RecordPage, present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

Context = Callable[[RecordPage], dict[str, Any]]


@dataclass(frozen=True)
class KindPages:
    """How the shared pages of one kind are drawn."""

    kind: str
    plural: str
    template: str
    context: Context | None
    index_template: str


def record_pages(
    kind: str,
    plural: str,
    may_view: Permission,
    *,
    template: str = "crm/records/show.html",
    context: Context | None = None,
    index_template: str = "crm/records/index.html",
) -> Blueprint:
    """The blueprint of a kind with its shared pages; its package adds what only it has.

    `template` extends the shared record page, `index_template` the shared list; `context` gives what the record's
    template needs besides.
    """
    blueprint = Blueprint(plural, __name__, url_prefix=f"/crm/{plural.replace('_', '-')}")
    pages = KindPages(kind, plural, template, context, index_template)
    for rule, endpoint, view in (
        ("", "index", _index),
        ("/<int:record_id>", "show", _show),
        ("/<int:record_id>/history", "history", _history),
        ("/<int:record_id>/around", "around", _around),
    ):
        blueprint.add_url_rule(rule, endpoint, allow(may_view)(update_wrapper(partial(view, pages), view)))
    return blueprint


def _index(pages: KindPages) -> ResponseReturnValue:
    """The list as the address arranges it."""
    kind = pages.kind
    page = list_page(session(), sheet_of(kind), present_scope(), request.args.to_dict(flat=False))
    may_import = kind in import_kinds and actor().may(import_kinds[kind].permission)
    return draw(pages.index_template, page=page, declared=crm_kinds[kind], may_import=may_import)


def _show(pages: KindPages, record_id: int) -> ResponseReturnValue:
    """Everything about one record; what was merged into another leads there."""
    declared = crm_kinds[pages.kind]
    try:
        page = record_page(session(), sheet_of(pages.kind), present_scope(), record_id)
    except NotFound:
        return _to_survivor(declared, record_id)
    more = pages.context(page) if pages.context is not None else {}
    return draw(pages.template, **page_context(declared, page), **more)


def _history(pages: KindPages, record_id: int) -> ResponseReturnValue:
    """What happened, newest first; the record's page asks for it when somebody scrolls there."""
    page = record_page(session(), sheet_of(pages.kind), present_scope(), record_id)
    timeline = timeline_of(session(), pages.kind, page.id, page.scope, at=now(), after=request.args.get("after"))
    older = timeline.next and url_for(f"{pages.plural}.history", record_id=page.id, after=timeline.next)
    return draw("crm/records/history.html", page=page, timeline=timeline, timeline_next_url=older)


def _around(pages: KindPages, record_id: int) -> ResponseReturnValue:
    """The records of other kinds that belong to this one, the newest of each."""
    page = record_page(session(), sheet_of(pages.kind), present_scope(), record_id)
    return draw("crm/records/around.html", page=page, groups=around_of(session(), pages.kind, page.id, page.scope))


def page_context(declared: CrmKind, page: RecordPage) -> dict[str, Any]:
    """What every record page shows, in a number of statements that rows do not change."""
    place = Place(actor(), now(), None, page)
    title = declared.entity.title_field
    slots = ("crm.subject" if declared.is_subject else "", f"crm.{declared.kind}", f"crm.{declared.kind}.side")
    pieces: list[Asking[Any]] = [panels_asking(session(), slot, place) for slot in slots]
    pieces += [parts_asking(declared.kind, page), talk_asking(RecordRef(declared.kind, page.id), actor())]
    subject, main, side, parts, talk = answered(session(), gathered(pieces))
    groups = [(label, [cell for cell in cells if cell.field.name != title]) for label, cells in page.groups()]
    return {
        "page": page,
        "declared": declared,
        "groups": [(label, cells) for label, cells in groups if cells and label != RECORD],
        "record_cells": [cell for label, cells in groups if label == RECORD for cell in cells],
        "parts": parts,
        "talk": talk,
        "subject_panels": subject,
        "panels": main,
        "side_panels": side,
        "may_edit": actor().may(declared.may_edit) and page.is_changeable and not page.is_archived,
        "rules_give": rules_give(declared.entity.model),
    }


def _to_survivor(declared: CrmKind, record_id: int) -> ResponseReturnValue:
    survivor = session().scalar(queries.survivor_of(declared.entity.model, present_scope(), record_id))
    if survivor is None:
        raise NotFound(declared.kind)
    return redirect(declared.url(survivor), 302)
