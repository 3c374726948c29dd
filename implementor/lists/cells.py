"""Cells of lists and records: a stored value as people read it, whatever kind of field it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from implementor.foundation.fields import Choice, Field, Kind
from implementor.lists.queries import raw_label, shown_label


@dataclass(frozen=True)
class Cell:
    """One value of one field, ready to be drawn."""

    field: Field
    raw: Any
    shown: Any

    @property
    def choice(self) -> Choice | None:
        return self.field.choice(self.raw) if self.field.kind is Kind.CHOICE else None

    @property
    def is_empty(self) -> bool:
        return self.raw is None or self.raw == "" or self.raw == []


def cell_of_row(row: Any, field: Field) -> Cell:
    """The cell of a list's row."""
    raw = getattr(row, raw_label(field))
    return Cell(field, raw, getattr(row, shown_label(field)) if field.shown is not None else raw)


def plain_value(cell: Cell) -> Any:
    """The value for a sheet or file: labels of choices, names of references, numbers and dates as they are."""
    if cell.is_empty:
        return None
    if cell.choice is not None:
        return str(cell.choice.label)
    if cell.field.kind is Kind.TAGS:
        return ", ".join(cell.raw)
    return cell.shown
