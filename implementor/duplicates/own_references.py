"""Links of one's own as references: what they name follows its record into another one, and comes back with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from implementor.duplicates.references import Reference
from implementor.duplicates.sameness import Sameness
from implementor.foundation import live
from implementor.foundation.extensible import configurable, with_values
from implementor.foundation.extension import ExtColumn
from implementor.foundation.fields import Kind


@dataclass(frozen=True)
class OwnReference(Reference):
    """A field of one's own whose records follow what they link to; its `column` is that of all such fields."""

    key: str = ""

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.key}"

    def to(self, record_id: int) -> ColumnElement[bool]:
        points: ColumnElement[bool] = ExtColumn(self.column, self.key, Kind.REFERENCE) == record_id
        return points


def own_references_to(declared: Sameness) -> Iterator[OwnReference]:
    """Every field of one's own that links to records of a kind, withdrawn ones too: they may return."""
    for key, field in sorted(live.present().custom.items()):
        model: Any = configurable.get(field.kind_of_record)
        if field.target == declared.kind and model is not None:
            table = model.__table__
            yield OwnReference(table, table.c.ext, declared.kind, key=key)


def records_to_move(reference: Reference, declared: Sameness, *, loser_id: int, survivor_id: int) -> Select[int]:
    """The ids of records that link to one and shall link to the other; what the two say themselves is chosen apart."""
    ids = reference.table.c.id
    found = select(ids).where(reference.to(loser_id)).order_by(ids)
    return found.where(ids.not_in([loser_id, survivor_id])) if reference.table is declared.model.__table__ else found


def link_anew(session: Session, reference: OwnReference, wanted: ColumnElement[bool], *, to: int) -> None:
    """Let these rows link to another record; an edit begun before must not overwrite it."""
    table, written = reference.table, session.connection()
    for record_id, ext, version in written.execute(
        select(table.c.id, table.c.ext, table.c.version).where(wanted)
    ).all():
        values = {"ext": with_values(ext, {reference.key: to}), "version": version + 1}
        written.execute(update(table).where(table.c.id == record_id).values(**values))
