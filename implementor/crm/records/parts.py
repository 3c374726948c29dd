"""The parts of a record as its page shows them: one table each, read in one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.records.kinds import CrmPart, crm_parts
from implementor.foundation.fields import Field
from implementor.lists.cells import Cell, cell_of_row
from implementor.lists.queries import rows_of_list
from implementor.lists.record_page import RecordPage

MOST_SHOWN = 100


@dataclass(frozen=True)
class PartRow:
    """One part: its id and its cells in the order of the columns."""

    id: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PartTable:
    """The parts of one kind on a record's page."""

    part: CrmPart
    columns: Sequence[Field]
    rows: Sequence[PartRow]
    has_more: bool


def parts_of(session: Session, kind: str, page: RecordPage) -> list[PartTable]:
    """Every table of parts of a record that the actor was shown to see."""
    declared = sorted((one for one in crm_parts.values() if one.parent_kind == kind), key=lambda one: one.order)
    return [_table(session, one, page) for one in declared]


def _table(session: Session, part: CrmPart, page: RecordPage) -> PartTable:
    entity = part.entity
    columns = [entity.fields[name] for name in part.show if entity.fields[name].is_visible_to(page.scope.actor)]
    parent = entity.fields[part.parent].column
    base = select(entity.model).where(parent == page.id, entity.model.archived_at.is_(None))
    statement = rows_of_list(base, entity, columns, ()).order_by(*part.order_by, entity.model.id).limit(MOST_SHOWN + 1)
    found = session.execute(statement).all()
    rows = [PartRow(row.id, tuple(cell_of_row(row, column) for column in columns)) for row in found[:MOST_SHOWN]]
    return PartTable(part, columns, rows, len(found) > MOST_SHOWN)
