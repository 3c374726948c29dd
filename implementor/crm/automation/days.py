"""The worker's look at rules that wait for a day: each record's day comes once, however often somebody looks."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import AutomationRule
from implementor.automation.services.rules import day_fields
from implementor.configuration.snapshots import now_live
from implementor.crm.automation.running import Cause, run_rule
from implementor.foundation import live
from implementor.foundation.conditions import conditions_from
from implementor.foundation.fields import Entity, Field, entities
from implementor.foundation.live import living
from implementor.foundation.matching import rows_where
from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.web.database import db, writing_session

LOOK_EVERY = 900.0  # seconds
STILL = timedelta(days=3)
"""A day that a worker was away for is made up for so long."""
AT_ONCE = 200
log = logging.getLogger("implementor.automation")


def watch_days(app: Flask, at: datetime | None = None) -> int:
    """Run what waits for today, a transaction for each batch; returns how many records that were."""
    moment, total = at or datetime.now(UTC), 0
    with app.app_context(), Session(db.engine) as session:
        waiting = [rule.id for rule in session.scalars(queries.rules_of_days())]
    for rule_id in waiting:
        after: int | None = 0
        while after is not None:
            with writing_session(app) as session, living(now_live(session)):
                with noting(session, by=SYSTEM, at=moment, source="job"):
                    done, after = _run_batch(session, rule_id, moment, after)
                session.commit()
            total += done
    if total:
        log.info("ran rules for the day of %s records", total)
    return total


def _run_batch(session: Session, rule_id: int, at: datetime, after: int) -> tuple[int, int | None]:
    """Run a rule for one batch of records; returns how many, and the id to go on after (None at the end)."""
    rule = session.scalars(queries.rule_by_id(rule_id).with_for_update()).one()
    entity = entities.get(rule.kind)
    field = day_fields(entity).get(str(rule.field)) if entity is not None else None
    if entity is None or field is None or not rule.is_at_work or live.present().is_off(rule.kind):
        return 0, None
    first, last = due_days(rule, at.date())
    if first > last:
        return 0, None
    records = session.scalars(_due(entity, field, rule, first, last, after)).all()
    causes = {record.id: _cause(rule, field, record, at) for record in records}
    known = set(session.scalars(queries.keys_known(rule.id, [one.key for one in causes.values()])))
    new = [record for record in records if causes[record.id].key not in known]
    for record in new:
        if rule.is_at_work:
            run_rule(session, rule, record, causes[record.id])
    return len(new), records[-1].id if len(records) == AT_ONCE else None


def due_days(rule: AutomationRule, today: date) -> tuple[date, date]:
    """The first and last day in the field of records whose turn has come; none before the rule was as it is."""
    shift = timedelta(days=rule.days or 0)
    since = max(today - STILL, rule.updated_at.date())
    return since - shift, today - shift


def _due(entity: Entity, field: Field, rule: AutomationRule, first: date, last: date, after: int) -> Any:
    model: Any = entity.model
    found = queries.records_on_days(model, field, first, last).where(model.id > after)
    merged = getattr(model, "merged_into_id", None)
    if merged is not None:
        found = found.where(merged.is_(None))
    return found.where(rows_where(entity, conditions_from(rule.conditions))).order_by(model.id).limit(AT_ONCE)


def _cause(rule: AutomationRule, field: Field, record: Any, at: datetime) -> Cause:
    return Cause(rule.kind, record.id, f"d{getattr(record, field.attribute)}", at, "job")
