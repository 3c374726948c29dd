"""Values of columns as history stores them, in JSON that two databases and all years read alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Mapper

from implementor.foundation.extensible import custom_field
from implementor.foundation.model import Scaled


def encoded(value: Any) -> Any:
    """One value in JSON: ISO text for days and moments (UTC), plain text for decimals, the rest as it is."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            # 3 and 3.00 are one value: the database gives back another number of zeros than was typed
            return format(value.normalize(), "f")
    return value


def encoded_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """All values of a record's fields in JSON."""
    return {name: encoded(value) for name, value in values.items()}


def decoded(column: Any, value: Any) -> Any:
    """A stored value in the type that the column's attribute holds."""
    if value is None:
        return None
    if isinstance(column.type, Scaled):
        return Decimal(value)
    wanted = column.type.python_type
    if wanted in (date, datetime):
        return wanted.fromisoformat(value)
    return value


def decoded_values(mapper: Mapper[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values by the attribute names of a model; names the model no longer has are left out."""
    columns = {name: _column_of(mapper, name) for name in values}
    return {name: decoded(columns[name], value) for name, value in values.items() if columns[name] is not None}


def _column_of(mapper: Mapper[Any], name: str) -> Any:
    """The column of an attribute, of fields of one's own too; None where the model has no such attribute."""
    if name in mapper.column_attrs:
        return mapper.column_attrs[name].columns[0]
    own = custom_field(mapper.class_, name)
    return None if own is None else own.column
