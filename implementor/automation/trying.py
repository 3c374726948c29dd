"""What a rule would have done lately: the records that it would have touched, found without touching any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import AutomationRule
from implementor.automation.services.rules import day_fields
from implementor.automation.words import CREATED, DATE
from implementor.foundation.conditions import conditions_from
from implementor.foundation.fields import Entity, entities
from implementor.foundation.matching import rows_where
from implementor.foundation.permissions import Actor
from implementor.foundation.records import kinds

BACK = timedelta(days=30)
LOOKED_AT = 5_000
"""So many of the latest changes are looked at; a rule that waits for changes says of no more."""
COUNTED, SHOWN = 1_000, 50


@dataclass(frozen=True)
class Tried:
    """How many records (bounded by `COUNTED`), and the first of them, as far as the reader sees them."""

    count: int
    rows: Sequence[tuple[str, str, dict[str, Any]]]
    """(title, endpoint, values)"""

    @property
    def is_bounded(self) -> bool:
        return self.count >= COUNTED


def tried(session: Session, rule: AutomationRule, *, by: Actor, at: datetime) -> Tried:
    """The records of which the rule would have held in the last 30 days, as they are now; two or three statements."""
    entity = entities[rule.kind]
    model: Any = entity.model
    found = (
        select(model.id)
        .where(model.archived_at.is_(None), _happened(session, rule, entity, at))
        .where(rows_where(entity, conditions_from(rule.conditions)))
        .order_by(model.id.desc())
        .limit(COUNTED)
    )
    ids = list(session.scalars(found))
    kind = kinds[rule.kind]
    rows = session.execute(kind.visible(by, ids[:SHOWN])).all() if ids else []
    return Tried(len(ids), [(str(row.title or kind.label), *kind.endpoint_values(row)) for row in rows])


def _happened(session: Session, rule: AutomationRule, entity: Entity, at: datetime) -> ColumnElement[bool]:
    model: Any = entity.model
    if rule.event == CREATED:
        return model.created_at >= at - BACK  # type: ignore[no-any-return]
    if rule.event == DATE:
        field = day_fields(entity).get(str(rule.field))
        if field is None:
            return false()
        column: Any = field.column
        shift, today = timedelta(days=rule.days or 0), at.date()
        return column.between(today - BACK - shift, today - shift)  # type: ignore[no-any-return]
    return model.id.in_(_changed(session, rule, entity, at))  # type: ignore[no-any-return]


def _changed(session: Session, rule: AutomationRule, entity: Entity, at: datetime) -> list[int]:
    field = entity.fields.get(rule.field) if rule.field else None
    if rule.field and field is None:
        return []
    changes = session.execute(queries.changed_since(rule.kind, at - BACK, LOOKED_AT))
    touched = {
        record_id
        for record_id, before, after in changes
        if field is None or field.attribute in {**(before or {}), **(after or {})}
    }
    return sorted(touched, reverse=True)[:COUNTED]
