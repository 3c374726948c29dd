"""Before a transaction is committed: the rules that hold of what happened in it, and of what they themselves do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import AutomationRule
from implementor.automation.services.rules import settled_states
from implementor.automation.words import CHANGED, CREATED
from implementor.crm.automation.happening import PENDING, Happening, taken
from implementor.crm.automation.running import Cause, cut_off, run_rule
from implementor.foundation import live
from implementor.foundation.conditions import conditions_from
from implementor.foundation.fields import Entity, entities
from implementor.foundation.live import living
from implementor.foundation.matching import holds

DEPTH = 5
"""How often what rules did may make further rules begin."""
BUSY = "automation_busy"


def follow_rules(session: Session) -> None:
    """Let rules act on what this transaction did, in it; called when it is about to be committed."""
    if BUSY in session.info or session.get_nested_transaction() is not None:
        return
    if session.new or session.dirty or session.deleted:
        session.flush()
    if not session.info.get(PENDING):
        return
    with _busy(session):
        _follow(session)


def _follow(session: Session) -> None:
    ran: set[tuple[int, str, int]] = set()
    for depth in range(DEPTH + 1):
        happenings = taken(session)
        rules = _rules(session, {one.kind for one in happenings}) if happenings else {}
        if not rules:
            return
        for happened in happenings:
            with living(happened.configuration):
                _follow_one(session, rules.get(happened.kind, ()), happened, ran, depth)
    session.info.pop(PENDING, None)


def _rules(session: Session, kinds: Iterable[str]) -> dict[str, list[AutomationRule]]:
    found: defaultdict[str, list[AutomationRule]] = defaultdict(list)
    for rule in session.scalars(queries.rules_at_work(kinds)):
        found[rule.kind].append(rule)
    return found


def _follow_one(
    session: Session, rules: Iterable[AutomationRule], happened: Happening, ran: set[tuple[int, str, int]], depth: int
) -> None:
    kind, entity = happened.kind, entities[happened.kind]
    old_enough = (rule for rule in rules if rule.created_at <= happened.at)
    heard = [rule for rule in old_enough if rule.in_bulk or not happened.is_bulk]
    if not heard or live.present().is_off(kind):
        return
    event = f"a{happened.action_id or happened.at.timestamp()}"
    cause = Cause(kind, happened.record_id, event, happened.at, happened.source)
    for rule in heard:
        record = record_in_use(session, entity, happened.record_id)
        if record is None or not rule.is_at_work or not _begins(rule, entity, happened, record):
            continue
        place = (rule.id, kind, happened.record_id)
        if depth == DEPTH or place in ran:
            cut_off(session, rule, cause, is_deep=place not in ran)
        else:
            ran.add(place)
            run_rule(session, rule, record, cause)


def record_in_use(session: Session, entity: Entity, record_id: int) -> Any:
    """The record as it is now; None where it was put away or merged into another one."""
    record: Any = session.get(entity.model, record_id)
    gone = record is None or record.archived_at is not None or getattr(record, "merged_into_id", None) is not None
    return None if gone else record


def _begins(rule: AutomationRule, entity: Entity, happened: Happening, record: Any) -> bool:
    """Whether what happened makes a rule begin."""
    is_new = happened.is_new or (happened.action_id is None and record.created_at == happened.at)
    if rule.event == CREATED:
        began = is_new
    else:
        began = rule.event == CHANGED and not is_new and _is_touched(rule, entity, happened)
    return began and holds(entity, conditions_from(rule.conditions), record)


def _is_touched(rule: AutomationRule, entity: Entity, happened: Happening) -> bool:
    if rule.field is None:
        return True
    field = entity.fields.get(rule.field)
    if field is None:
        return False
    attribute = field.name if field.name in settled_states(entity) else field.attribute
    return attribute in happened.fields


@contextmanager
def _busy(session: Session) -> Iterator[None]:
    session.info[BUSY] = True
    try:
        yield
    finally:
        del session.info[BUSY]
