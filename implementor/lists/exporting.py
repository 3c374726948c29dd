"""What leaves as a file: kinds that have a list, and those that say here which of their rows a person takes away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from implementor.exchange.records.declaring import RecordImport, record_imports
from implementor.foundation.fields import Entity, Field, Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Permission
from implementor.lists.queries import rows_of_list
from implementor.lists.sheets import Sheet, sheets


@dataclass(frozen=True)
class Exported:
    """How records of a kind leave: `rows` selects the columns of the fields, as lists do, and nothing out of sight."""

    entity: Entity
    declared: RecordImport
    may_view: Permission
    rows: Callable[[Sequence[Field], Scope], Rows]


without_list: dict[str, Exported] = {}
"""Kinds that have no list of their own, by name; filled by packages in their contributions."""


def exported_kinds() -> list[str]:
    """The kinds that can leave as a file."""
    return sorted({*without_list, *(record_imports.keys() & sheets.keys())})


def exported_kind(kind: str) -> Exported:
    """How the records of one of those kinds leave."""
    return without_list.get(kind) or _of_sheet(sheets[kind])


def _of_sheet(sheet: Sheet) -> Exported:
    entity = sheet.entity

    def rows(fields: Sequence[Field], scope: Scope) -> Rows:
        found = rows_of_list(sheet.base(scope), entity, fields, (), scope.actor)
        return found.order_by(entity.unique_order)

    return Exported(entity, record_imports[entity.kind], sheet.may_view, rows)
