"""Fields of one's own in SQL: the one element that reaches into the column `ext`, and how values are written in it.

The key stands in the statement as a checked literal, word for word as in the index of the field: SQLAlchemy's own
accessor binds it, and then no index is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ColumnElement, FromClause, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeEngine

from implementor.foundation.fields import LISTS, Field, Kind
from implementor.foundation.model import IsoDay, IsoMoment, Scaled, written_moment
from implementor.foundation.several import WordList
from implementor.foundation.text import folded

KEY = re.compile(r"[fk]_[a-z0-9]{5,6}")
PLACES = 4
"""Decimals of one's own are kept as whole numbers of their ten-thousandth."""
ExtJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def is_key(name: str) -> bool:
    """Whether a name can be that of a field of one's own; declared fields never have such names."""
    return name.startswith("f_") and KEY.fullmatch(name) is not None


def order_key(key: str) -> str:
    """The key under which a line of text is kept folded, for order alone: `k_8k2xa` beside `f_8k2xa`."""
    return f"k_{key[2:]}"


TYPES: Mapping[Kind, TypeEngine[Any]] = {
    Kind.WHOLE: BigInteger(), Kind.MONEY: BigInteger(), Kind.REFERENCE: BigInteger(), Kind.DECIMAL: Scaled(PLACES),
    Kind.PERCENT: Scaled(PLACES), Kind.YES_NO: Boolean(), Kind.DATE: IsoDay(), Kind.MOMENT: IsoMoment(),
    Kind.CHOICES: WordList(),
}  # fmt: skip
"""How values of each kind are compared and read; kinds that are not here are texts."""
_CASTS: tuple[tuple[type[Any], str], ...] = (
    (BigInteger, "::bigint"), (Scaled, "::bigint"), (Boolean, "::boolean"),
)  # fmt: skip


# --- the element ------------------------------------------------------------------------------------------------------


class ExtColumn(ColumnElement[Any]):
    """The value of a field of one's own, as a column of its kind; none where the record has none."""

    inherit_cache = True
    _traverse_internals = [
        ("ext", InternalTraversal.dp_clauseelement),
        ("key", InternalTraversal.dp_string),
        ("type", InternalTraversal.dp_type),
    ]

    def __init__(self, ext: ColumnElement[Any], key: str, kind: Kind) -> None:
        if KEY.fullmatch(key) is None:
            raise ValueError(f"{key} is no key of a field")
        self.ext, self.key, self.type = ext, key, TYPES.get(kind, Text())

    @property
    def table(self) -> FromClause:
        """The table that the record is a row of, as of a plain column."""
        found: FromClause = self.ext.table
        return found

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.ext._from_objects)


@compiles(ExtColumn, "sqlite")
def _for_sqlite(element: ExtColumn, compiler: Any, **options: Any) -> str:
    return sqlite_text(compiler.process(element.ext, **_plainly(options)), element)


@compiles(ExtColumn, "postgresql")
def _for_postgresql(element: ExtColumn, compiler: Any, **options: Any) -> str:
    return postgresql_text(compiler.process(element.ext, **_plainly(options)), element)


@compiles(ExtColumn)
def _for_reading(element: ExtColumn, compiler: Any, **options: Any) -> str:
    return postgresql_text(compiler.process(element.ext, **_plainly(options)), element)


def _plainly(options: dict[str, Any]) -> dict[str, Any]:
    """What tells a compiler to name a column of the answer is for the whole element, not for what is inside."""
    return {
        name: value for name, value in options.items() if name not in ("add_to_result_map", "within_columns_clause")
    }


def sqlite_text(ext: str, element: ExtColumn) -> str:
    """The expression, of `ext` as SQL says it; indexes have the very same."""
    return f"json_extract({ext}, '$.{element.key}')"


def postgresql_text(ext: str, element: ExtColumn) -> str:
    """The expression, of `ext` as SQL says it; indexes have the very same."""
    value = f"({ext} ->> '{element.key}')"
    cast = next((sign for kind, sign in _CASTS if isinstance(element.type, kind)), None)
    return f'({value} COLLATE "C")' if cast is None else f"({value}{cast})"


# --- values in JSON ---------------------------------------------------------------------------------------------------


def written(field: Field, value: Any) -> dict[str, Any]:
    """A stored value as `ext` holds it, by key; None for none, which is then left out."""
    plain = value
    if value is None or value == "" or value == []:
        plain = None
    elif field.kind in _WRITERS:
        plain = _WRITERS[field.kind](value)
    if field.kind is not Kind.LINE:
        return {field.name: plain}
    return {field.name: plain, order_key(field.name): None if plain is None else folded(plain)}


def read(field: Field, value: Any) -> Any:
    """A value out of `ext` in the type that it is stored in."""
    reader = _READERS.get(field.kind)
    if field.kind in LISTS:
        return list(value or ())
    return value if value is None or reader is None else reader(value)


def _ten_thousandths(value: Any) -> int:
    return int((Decimal(value) * 10**PLACES).to_integral_value())


_WRITERS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.DECIMAL: _ten_thousandths, Kind.PERCENT: _ten_thousandths, Kind.DATE: date.isoformat,
    Kind.MOMENT: written_moment, Kind.YES_NO: bool, Kind.TAGS: list,
    Kind.CHOICES: list,
}  # fmt: skip
_READERS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.DECIMAL: lambda value: Decimal(value).scaleb(-PLACES),
    Kind.PERCENT: lambda value: Decimal(value).scaleb(-PLACES),
    Kind.DATE: date.fromisoformat, Kind.MOMENT: datetime.fromisoformat,
}  # fmt: skip
