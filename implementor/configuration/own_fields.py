"""Rows of fields of one's own as fields of the catalogue, which then drives everything that is done with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.configuration.models import CustomField
from implementor.foundation.choices import Picklist
from implementor.foundation.extensible import configurable
from implementor.foundation.extension import ExtColumn, order_key
from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.words import say

OWN = say("Further fields")
"""The heading that they stand under until somebody places them."""
LINKABLE = Kind.REFERENCE
LONG = 20_000
LARGEST = Decimal(10) ** 12
INDEXED = (
    Kind.LINE, Kind.WHOLE, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.MOMENT, Kind.CHOICE, Kind.YES_NO,
    Kind.REFERENCE, Kind.URL, Kind.CHOICES,
)  # fmt: skip
"""Kinds of fields that an index serves."""
FILTERED = INDEXED
"""Kinds of fields that lists can be filtered by."""
FOUND = (Kind.LINE, Kind.TEXT, Kind.URL, Kind.CHOICES)
"""Kinds of fields by whose words records are found."""
SORTED = (Kind.LINE, Kind.WHOLE, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY, Kind.DATE, Kind.MOMENT)
SHARED = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.LINE, Kind.DATE, Kind.WHOLE)
"""Kinds of fields that many records get at once."""


@dataclass(frozen=True)
class OwnFields:
    """All fields of one's own: those in use by kind of record in their order, and every one by key."""

    in_use: tuple[tuple[str, Field], ...]
    by_key: Mapping[str, Field]


def own_fields(rows: Iterable[CustomField], picklists: Mapping[int, Picklist]) -> OwnFields:
    """The fields that rows describe, in the order of the rows; those of a kind that is no more are left out."""
    made = [(row, field_of(row, picklists)) for row in rows if row.kind in configurable]
    in_use = tuple((row.kind, one) for row, one in made if not row.is_archived)
    return OwnFields(in_use, {one.name: one for _row, one in made})


def field_of(row: CustomField, picklists: Mapping[int, Picklist]) -> Field:
    """One row as a field of the catalogue."""
    kind, model = Kind(row.field_kind), configurable[row.kind]
    column: Any = ExtColumn(model.__table__.c.ext, row.key, kind)  # type: ignore[attr-defined]
    words = picklists.get(row.picklist_id or 0)
    return Field(
        row.key, kind, row.label, column, hint=row.hint, group=OWN, kind_of_record=row.kind,
        sort_column=_sort_column(row, kind, column),
        picklist=words.key if words is not None else None, currency=row.currency,
        longest=row.longest or (LONG if kind in (Kind.TEXT, Kind.MARKDOWN) else 200),
        filterable=row.is_filterable and kind in FILTERED, sortable=row.is_filterable and kind in SORTED,
        groupable=row.is_filterable and kind in (Kind.CHOICE, Kind.YES_NO), bulk=kind in SHARED,
        **_bounds(row, kind), **_pointing(row, column),
    )  # fmt: skip


def _sort_column(row: CustomField, kind: Kind, column: ExtColumn) -> ExtColumn | None:
    """Lines of text stand in the order of their folded form, as names of records do."""
    return ExtColumn(column.ext, order_key(row.key), kind) if kind is Kind.LINE else None


def _bounds(row: CustomField, kind: Kind) -> dict[str, Any]:
    """The least and the largest value; what is kept in ten-thousandths must fit there."""
    if kind not in (Kind.WHOLE, Kind.DECIMAL, Kind.PERCENT):
        return {}
    widest = LARGEST if kind is Kind.DECIMAL else None
    usual = (-widest if widest is not None else None, widest)
    return {
        "minimum": row.minimum if row.minimum is not None else usual[0],
        "maximum": row.maximum if row.maximum is not None else usual[1],
    }


def _pointing(row: CustomField, column: Any) -> dict[str, Any]:
    """How a link to a record is named and joined."""
    pointed = entities.get(row.target or "")
    if pointed is None:
        return {}
    title: Any = pointed.fields[pointed.title_field].column
    there = aliased(pointed.model, name=f"of_{row.key}")
    return {
        "target": row.target, "shown": getattr(there, title.key),
        "join": lambda found: found.outerjoin(there, there.id == column),
    }  # fmt: skip
