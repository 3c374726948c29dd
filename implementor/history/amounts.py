"""Which currency the amounts of a record were in when they changed, so that the past is told in its own money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.fields import Entity, Field, Kind

Pairs = Mapping[str, tuple[Any, Any]]
Currencies = dict[str, tuple[str | None, str | None]]


def currencies_of(session: Session, entity: Entity | None, record_id: int, values: Sequence[Pairs]) -> list[Currencies]:
    """For each change (in the order of time) the currency of each amount's field before and after it.

    One statement, and only where an amount changed whose currency did not.
    """
    fields = [one for one in entity.fields.values() if one.kind is Kind.MONEY] if entity is not None else []
    touched = [one for one in fields if any(one.attribute in each for each in values)]
    if entity is None or not touched:
        return [{} for _ in values]
    present = _present(session, entity, record_id, touched)
    told: list[Currencies] = []
    for each in reversed(values):
        told.append({one.name: _pair(one, each, present) for one in touched})
        present = {name: pair[0] for name, pair in told[-1].items()}
    return told[::-1]


def _pair(field: Field, values: Pairs, after: Mapping[str, str | None]) -> tuple[str | None, str | None]:
    changed = values.get(field.currency_name or "")
    return (changed[0], changed[1]) if changed is not None else (after[field.name], after[field.name])


def _present(session: Session, entity: Entity, record_id: int, fields: Sequence[Field]) -> dict[str, str | None]:
    columns = {
        one.name: one.currency for one in fields if one.currency is not None and not isinstance(one.currency, str)
    }
    found: dict[str, str | None] = {one.name: one.currency for one in fields if isinstance(one.currency, str)}
    if columns:
        row = session.execute(select(*columns.values()).where(entity.model.id == record_id)).one_or_none()
        found.update(zip(columns, row if row is not None else [None] * len(columns), strict=True))
    return found
