"""Rules of when and then: added, changed, put in order, withdrawn, stopped when they break and started again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import AutomationRule
from implementor.automation.services.steps import Step, checked_steps
from implementor.automation.words import CHANGED, CREATED, DATE, EVENTS
from implementor.configuration.models import BY_HAND
from implementor.configuration.services.checking import Identity, checked_labels, identified, step_rank
from implementor.configuration.services.checking import Step as Direction
from implementor.configuration.services.conditions import checked_conditions
from implementor.configuration.services.kinds import shapeable
from implementor.foundation.conditions import Condition, conditions_from
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.matching import askable
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.words import say
from implementor.history.services import name_action

MOST_RULES = 50
MOST_DAYS = 365
MOST_FAILURES = 5
"""So many runs that break one after the other stop a rule."""


class NothingStopped(Refusal):
    """The rule is at work already."""


@dataclass(frozen=True)
class RuleWish:
    """A rule as somebody wants it: its name in both languages, when it begins, of which records, and what is done."""

    label_en: str
    label_es: str
    event: str
    steps: tuple[Step, ...]
    field: str | None = None
    days: int | None = None
    conditions: tuple[Condition, ...] = ()
    in_bulk: bool = False


def add_rule(
    session: Session, kind: str, wish: RuleWish, *, by: Actor, at: datetime, identity: Identity | None = None
) -> AutomationRule:
    """Add a rule behind the others of its kind. Raises InvalidInput."""
    entity, others = shapeable(kind), rules_of(session, kind)
    if len(others) >= MOST_RULES:
        raise InvalidInput({"event": say("A kind of record has at most %(most)s rules.", most=MOST_RULES)})
    values = _checked(session, entity, wish, others, None)
    rank = rank_between(others[-1].rank if others else None, None)
    rule = AutomationRule(kind=kind, rank=rank, **values, **identified(identity))
    name_action(session, say("Added the rule %(rule)s for %(what)s", rule=rule.label, what=entity.label_plural))
    session.add(rule)
    session.flush()
    return rule


def change_rule(session: Session, rule: AutomationRule, wish: RuleWish, *, by: Actor, at: datetime) -> None:
    """Change a rule; one that was stopped is started by it. Raises InvalidInput."""
    entity = shapeable(rule.kind)
    others = [one for one in rules_of(session, rule.kind) if one.id != rule.id]
    values = _checked(session, entity, wish, others, rule)
    name_action(session, say("Changed the rule %(rule)s for %(what)s", rule=rule.label, what=entity.label_plural))
    for name, value in values.items():
        setattr(rule, name, value)
    rule.source, rule.stopped_at, rule.failures = BY_HAND, None, 0
    session.flush()


def move_rule(session: Session, rule: AutomationRule, *, step: Direction, by: Actor, at: datetime) -> None:
    """Let a rule come one place earlier or later."""
    rank = step_rank(rules_of(session, rule.kind), rule, step)
    if rank is not None:
        name_action(session, say("Moved the rule %(rule)s", rule=rule.label))
        rule.rank = rank
        session.flush()


def withdraw_rule(session: Session, rule: AutomationRule, *, by: Actor, at: datetime) -> None:
    """Let a rule do nothing any more; what it did stays."""
    if rule.archived_at is None:
        name_action(session, say("Withdrew the rule %(rule)s", rule=rule.label))
        rule.archived_at, rule.archived_by_id = at, by.user_id
        session.flush()


def restore_rule(session: Session, rule: AutomationRule, *, by: Actor, at: datetime) -> None:
    """Let a rule work again. Raises InvalidInput where another one took its name."""
    others = [one for one in rules_of(session, rule.kind) if one.id != rule.id]
    checked_labels({"label_en": rule.label_en, "label_es": rule.label_es}, others)
    name_action(session, say("Restored the rule %(rule)s", rule=rule.label))
    rule.archived_at = rule.archived_by_id = rule.stopped_at = None
    rule.failures = 0
    session.flush()


def start_rule(session: Session, rule: AutomationRule, *, by: Actor, at: datetime) -> None:
    """Let a rule work again that was stopped. Raises NothingStopped."""
    if rule.stopped_at is None:
        raise NothingStopped(say("The rule %(rule)s is at work.", rule=rule.label))
    name_action(session, say("Started the rule %(rule)s again", rule=rule.label))
    rule.stopped_at, rule.failures = None, 0
    session.flush()


def note_outcome(session: Session, rule: AutomationRule, *, is_broken: bool, at: datetime) -> bool:
    """Count a run that broke, or begin to count anew; whether the rule is stopped by it.

    Written past the record, so that counting is no change of the configuration.
    """
    failures = rule.failures + 1 if is_broken else 0
    if failures != rule.failures:
        counted = update(AutomationRule).where(AutomationRule.id == rule.id).values(failures=failures)
        session.execute(counted, execution_options={"synchronize_session": False})
        session.refresh(rule, ["failures"])
    if failures < MOST_FAILURES or rule.stopped_at is not None:
        return False
    name_action(session, say("The rule %(rule)s was stopped because it broke", rule=rule.label))
    rule.stopped_at = at
    session.flush()
    return True


def rules_of(session: Session, kind: str) -> list[AutomationRule]:
    """The rules of a kind that are in use, in order."""
    return list(session.scalars(queries.rules(kind)))


def heard_fields(entity: Entity) -> dict[str, Field]:
    """The fields whose change a rule can wait for: those that the record holds and history tells of."""
    return {
        name: one
        for name, one in askable(entity).items()
        if getattr(one.column, "info", {}).get("history", True) is not False
    }


def day_fields(entity: Entity) -> dict[str, Field]:
    """The fields whose day a rule can wait for."""
    return {name: one for name, one in askable(entity).items() if one.kind is Kind.DATE}


def _checked(
    session: Session, entity: Entity, wish: RuleWish, others: list[AutomationRule], present: AutomationRule | None
) -> dict[str, Any]:
    """The columns of a rule; what the present one holds may stay."""
    labels = checked_labels({"label_en": wish.label_en, "label_es": wish.label_es}, others)
    held = conditions_from(present.conditions) if present is not None else ()
    when = _when(entity, wish, present)
    conditions = [one.as_json() for one in checked_conditions(entity, wish.conditions, held)]
    steps = checked_steps(session, entity, wish.steps, present.steps if present is not None else ())
    return {**labels, **when, "conditions": conditions, "steps": steps, "in_bulk": wish.in_bulk}


def _when(entity: Entity, wish: RuleWish, present: AutomationRule | None) -> dict[str, Any]:
    if wish.event not in EVENTS:
        raise InvalidInput({"event": say("Choose when it begins.")})
    field, days = wish.field or None, wish.days
    offered = {CREATED: {}, CHANGED: heard_fields(entity), DATE: day_fields(entity)}[wish.event]
    is_kept = present is not None and (present.event, present.field) == (wish.event, field)
    if wish.event == CREATED:
        field = None
    elif (field is not None or wish.event == DATE) and field not in offered and not is_kept:
        raise InvalidInput({"field": say("Choose a field of the list that fits when it begins.")})
    if wish.event == DATE and (days is None or not -MOST_DAYS <= days <= MOST_DAYS):
        reason = say("Give days, up to %(most)s: below zero for days before, such as -7.", most=MOST_DAYS)
        raise InvalidInput({"days": reason})
    return {"event": wish.event, "field": field, "days": days if wish.event == DATE else None}
