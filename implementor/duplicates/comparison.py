"""Two records side by side: what is the same, what differs, and what a person may choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from implementor.duplicates.own_roles import own_roles
from implementor.duplicates.sameness import Sameness
from implementor.duplicates.services.merging import mergeable_fields
from implementor.foundation.fields import Field, Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.text import whole_number
from implementor.lists.cells import Cell
from implementor.lists.record_page import RecordPage, record_page
from implementor.lists.sheets import sheet_of


@dataclass(frozen=True)
class ComparedField:
    """One field of both records. `may_choose` where the reader may write it and both say something."""

    field: Field
    cells: tuple[Cell, Cell]
    may_choose: bool

    @property
    def differs(self) -> bool:
        return bool(self.cells[0].raw != self.cells[1].raw)


@dataclass(frozen=True)
class Comparison:
    """Both records as their pages show them, field by field."""

    pages: tuple[RecordPage, RecordPage]
    fields: tuple[ComparedField, ...]

    @property
    def different(self) -> list[ComparedField]:
        return [one for one in self.fields if one.differs]

    @property
    def alike(self) -> list[ComparedField]:
        """Fields that say the same; those that both leave empty say nothing."""
        return [one for one in self.fields if not one.differs and not one.cells[0].is_empty]


def comparison_of(session: Session, declared: Sameness, scope: Scope, one: int, other: int) -> Comparison:
    """Read both records for comparing. Raises NotFound for what the reader does not see."""
    sheet = sheet_of(declared.kind)
    pages = record_page(session, sheet, scope, one), record_page(session, sheet, scope, other)
    writable = {field.name for field in mergeable_fields(declared, scope.actor)}
    return Comparison(pages, tuple(_compared(declared, pages, writable)))


def _compared(declared: Sameness, pages: tuple[RecordPage, RecordPage], writable: set[str]) -> Iterator[ComparedField]:
    for name, cell in pages[0].cells.items():
        field = declared.entity.fields[name]
        if field.editable and name not in declared.derived:
            cells = cell, pages[1].cells[name]
            may_choose = name in writable - declared.cautious and not any(one.is_empty for one in cells)
            yield ComparedField(field, cells, may_choose)


def hidden_roles(declared: Sameness, actor: Actor) -> frozenset[str]:
    """The roles of which a field is hidden from somebody, so that not even its likeness is told."""
    hidden = [one for one in declared.entity.fields.values() if not one.is_visible_to(actor)]
    columns = {one.attribute for one in hidden}
    by_column = (
        role
        for source in declared.sources
        for role, held in source.roles.items()
        if source.record_id.class_ is declared.model and columns & {str(one.key) for one in held}  # type: ignore[attr-defined]
    )
    own = (role for role, field in own_roles(declared).items() if not field.is_visible_to(actor))
    return frozenset({*by_column, *own, *(one.name for one in hidden)})


def chosen_values(sent: Mapping[str, str]) -> dict[str, int]:
    """Field name -> record whose value was chosen, from a form's `take-NAME` values."""
    chosen = {
        name.removeprefix("take-"): whole_number(value) for name, value in sent.items() if name.startswith("take-")
    }
    return {name: value for name, value in chosen.items() if value is not None}


def seen_versions(sent: Mapping[str, str]) -> dict[int, int]:
    """Record -> version that the page showed, from a form's `version-ID` values."""
    pairs = (
        (whole_number(name.removeprefix("version-")), whole_number(value))
        for name, value in sent.items()
        if name.startswith("version-")
    )
    return {one: version for one, version in pairs if one is not None and version is not None}
