"""What points at a record of the CRM, read from the tables themselves and from declared pairs of kind and id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, and_

from implementor.duplicates.references import moving_pairs
from implementor.foundation.model import Model


def references_to(model: Any, record_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table and the condition under which its rows point at a record."""
    own, kind = model.__table__.c.id, model.__record_kind__
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is own for key in column.foreign_keys):
                yield table, column == record_id
    for table, kind_column, id_column in moving_pairs():
        yield table, and_(table.c[kind_column] == kind, table.c[id_column] == record_id)
