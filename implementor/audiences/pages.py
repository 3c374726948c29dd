"""Pages of kinds of record: the list and the record, declared once for each kind, and what an address names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, request, url_for

from implementor.audiences.queries.records import one_of
from implementor.audiences.shown import Shown
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import Phrase, say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

Part = tuple[str, Callable[[Any], dict[str, Any]]]
Tabs = Callable[[str], list[dict[str, Any]]]


def pages_of(
    blueprint: Blueprint,
    shown: Shown,
    path: str,
    tabs_at: Tabs,
    place: Phrase,
    *,
    part: Part | None = None,
    listed: str = "audiences/list.html",
) -> None:
    """Add both pages of a kind: `part` is a template with what it needs, drawn above the fields of a record."""
    kind, many = shown.entity.kind, shown.endpoint(shown.many)

    @allow(shown.may_view)
    def index(project_key: str) -> Response:
        """The records of the project."""
        page = list_page(session(), sheet_of(kind), present_scope(), request.args.to_dict(flat=False))
        return draw(listed, page=page, kind=kind, tabs=tabs_at(many), place=place)

    blueprint.add_url_rule(f"/{path}", shown.many, index)
    blueprint.add_url_rule(f"/{path}/<int:record_id>", shown.one, _record_page(shown, *(part or (None, _nothing))))


def _record_page(shown: Shown, template: str | None, parts: Callable[[Any], dict[str, Any]]) -> Callable[..., Response]:
    kind, one, many = shown.entity.kind, shown.endpoint(shown.one), shown.endpoint(shown.many)

    @allow(shown.may_view)
    def show(project_key: str, record_id: int) -> Response:
        """Everything about one record."""
        scope = present_scope()
        page = record_page(session(), sheet_of(kind), scope, record_id)
        found = record_or_404(shown.model, record_id)
        timeline = timeline_of(session(), kind, found.id, scope, at=now(), after=request.args.get("after"))
        return draw(
            "audiences/record.html",
            page=page,
            shown=found,
            kind=kind,
            part=template,
            many_url=url_for(many),
            timeline=timeline,
            timeline_next_url=timeline.next and url_for(one, record_id=record_id, after=timeline.next),
            may_edit=actor().may(shown.may_edit) and not found.is_archived and page.is_changeable,
            **({"talk": None} | parts(found)),
        )

    return show


def _nothing(_found: Any) -> dict[str, Any]:
    return {}


def record_or_404(model: type[Any], record_id: int, *loaded: Any) -> Any:
    """The record of this project."""
    statement = one_of(model, project_id=g.project.id, record_id=record_id).options(*loaded)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound(model.__record_kind__)
    return found


def record_to_change(model: type[Any], record_id: int) -> Any:
    """The record, unless it is put away and can only be read."""
    found = record_or_404(model, record_id)
    if getattr(found, "archived_at", None) is not None:
        raise Refusal(say("This is archived. Restore it first."))
    return found
