"""Texts filled in from a record, in the language of who gets them and within what their sender sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.automation.models import MessageTemplate
from implementor.automation.naming import pointed
from implementor.foundation import live
from implementor.foundation.errors import NotFound
from implementor.foundation.fields import Entity, Kind, Scope, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.placeholders import filled, places_in
from implementor.foundation.words import speaking, speech
from implementor.lists.cells import UNSEEN, Cell, cell_of_row
from implementor.lists.queries import rows_of_list
from implementor.lists.sheets import sheet_of
from implementor.web.language import show_date, show_moment, show_number, speech_of


def filled_parts(
    session: Session,
    template: MessageTemplate,
    record_id: int,
    *,
    language: str,
    by: Actor,
    parts: Iterable[str],
    is_open: bool = False,
) -> dict[str, str]:
    """The parts of a template (subject, body, terms) filled in from a record.

    Fields that its sender does not see stay empty, and so do those that are no more; where what is written `is_open`
    to everybody of the CRM, also those that a role does not see. Raises NotFound.
    """
    texts = {part: template.text(part, language) for part in parts}
    with speaking(speech_of(language, str(speech().zone))):
        values = values_of(session, template.kind, record_id, _names(texts), by=by, is_open=is_open)
        return {part: filled(text, lambda name: values.get(name, "")) for part, text in texts.items()}


def values_of(
    session: Session, kind: str, record_id: int, names: Iterable[str], *, by: Actor, is_open: bool = False
) -> dict[str, str]:
    """What stands in the places of these names, as its reader reads it; two statements for each record that is meant.

    Raises NotFound for a record that the sender does not see.
    """
    wanted = [name for name in names if not is_open or _is_open(kind, name)]
    entity = entities[kind]
    own = {name.partition(".")[0] for name in wanted}
    cells = _cells(session, entity, record_id, own, by)
    if cells is None:
        raise NotFound(kind)
    found = {name: _told(cells[name]) for name in wanted if name in cells}
    for name in sorted(own):
        beyond = pointed(entity.fields[name]) if name in entity.fields else None
        fields = {one.partition(".")[2] for one in wanted if one.startswith(f"{name}.")}
        cell = cells.get(name)
        if beyond is None or cell is None or cell.raw is None or not fields:
            continue
        there = _cells(session, beyond, cell.raw, fields, by) or {}
        found |= {f"{name}.{one}": _told(there[one]) for one in fields if one in there}
    return found


def _is_open(kind: str, name: str) -> bool:
    """Whether no role is kept from what stands in a place: the field, and that of the record it points at."""
    access, (own, _dot, further) = live.present().access, name.partition(".")
    if not access.is_open_field(kind, own):
        return False
    field = entities[kind].fields.get(own)
    beyond = pointed(field) if further and field is not None else None
    return beyond is None or access.is_open_field(beyond.kind, further)


def _names(texts: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(name for text in texts.values() for name in places_in(text)))


def _cells(session: Session, entity: Entity, record_id: int, names: Iterable[str], by: Actor) -> dict[str, Cell] | None:
    """The cells of a record, as far as the reader sees them; None for a record that they do not see."""
    scope, wanted = Scope(None, by), set(names)
    fields = [one for one in entity.shown_to(by) if one.name in wanted]
    statement = rows_of_list(sheet_of(entity.kind).record(scope, record_id), entity, fields, (), by)
    row = session.execute(statement).one_or_none()
    return None if row is None else {one.name: cell_of_row(row, one) for one in fields}


def _told(cell: Cell) -> str:
    """A value as it stands in a letter."""
    if cell.is_empty or cell.shown is None or cell.shown is UNSEEN:
        return ""
    if cell.choice is not None:
        return str(cell.choice.label)
    told: Any = cell.text
    match cell.field.kind:
        case Kind.DATE:
            told = show_date(cell.raw, "long")
        case Kind.MOMENT:
            told = show_moment(cell.raw, "long")
        case Kind.WHOLE | Kind.DECIMAL:
            told = str(cell.raw) if cell.field.is_year or cell.field.mark else show_number(cell.raw)
        case Kind.TAGS:
            told = ", ".join(cell.raw)
    return str(told)
