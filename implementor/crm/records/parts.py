"""The parts of a record as its page shows them: one table each, read together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import bindparam

from implementor.crm.records.kinds import CrmPart, crm_parts
from implementor.foundation import live
from implementor.foundation.asking import Asking, gathered
from implementor.foundation.fields import Field, Scope
from implementor.foundation.model import Rows
from implementor.foundation.statements import at_most, kept
from implementor.lists.cells import Cell, cell_of_row
from implementor.lists.queries import rows_of_list
from implementor.lists.record_page import RecordPage
from implementor.lists.sheets import Sheet, sheet_of

MOST_SHOWN = 100


@dataclass(frozen=True)
class PartRow:
    """One part: its id and its cells in the order of the columns."""

    id: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PartTable:
    """The parts of one kind on a record's page; `pointer` is their field that points at the record."""

    part: CrmPart
    pointer: str
    columns: Sequence[Field]
    rows: Sequence[PartRow]
    has_more: bool
    may_edit: bool


def parts_asking(kind: str, page: RecordPage) -> Asking[list[PartTable]]:
    """Asks for every table of parts of a record that the actor was shown to see."""
    actor = page.scope.actor
    declared = sorted((one for one in crm_parts.values() if one.pointer(kind)), key=lambda one: one.order)
    return gathered(
        [
            _asking(one, str(one.pointer(kind)), page)
            for one in declared
            if actor.may(sheet_of(one.entity.kind).may_view) and one.is_shown_to(actor)
        ]
    )


def _asking(part: CrmPart, pointer: str, page: RecordPage) -> Asking[PartTable]:
    entity, scope = part.entity, page.scope
    sheet = sheet_of(entity.kind)
    fields = (entity.fields[name] for name in part.show if name != pointer)
    columns = tuple(one for one in fields if one.is_visible_to(scope.actor))
    asked = _first_rows(sheet, part, pointer, columns, scope), {"record_id": page.id}
    return Asking((asked,), partial(_table, part, pointer, columns, page))


def _table(
    part: CrmPart, pointer: str, columns: Sequence[Field], page: RecordPage, answers: Sequence[Sequence[Any]]
) -> PartTable:
    (found,) = answers
    rows = [PartRow(row.id, tuple(cell_of_row(row, column) for column in columns)) for row in found[:MOST_SHOWN]]
    actor = page.scope.actor
    may_edit = (
        actor.may(sheet_of(part.entity.kind).may_edit)
        and not page.is_archived
        and _within_reach(part, pointer, page)
        and part.is_open(page)
    )
    return PartTable(part, pointer, columns, rows, len(found) > MOST_SHOWN, may_edit)


@kept
def _first_rows(sheet: Sheet, part: CrmPart, pointer: str, columns: tuple[Field, ...], scope: Scope) -> Rows:
    """The rows of a table of parts, asked with `record_id`."""
    entity = part.entity
    base = sheet.base(scope).where(entity.fields[pointer].column == bindparam("record_id"))
    statement = rows_of_list(base, entity, columns, (), scope.actor).order_by(*part.order_by, entity.model.id)
    return statement.limit(at_most(MOST_SHOWN + 1))


def _within_reach(part: CrmPart, pointer: str, page: RecordPage) -> bool:
    """Whether the actor changes the record that the parts belong to; on other pages, whether any such record."""
    if pointer == part.parent:
        return page.is_changeable
    return live.present().access.may(page.scope.actor, part.parent_kind, "edit")
