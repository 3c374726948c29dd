"""Rules of when and then: what each may be, stopped when they break and started again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, update
from sqlalchemy.orm import Session

from implementor.automation import queries
from implementor.automation.models import AutomationRule
from implementor.automation.services.steps import Step, checked_steps
from implementor.automation.words import CHANGED, CREATED, DATE, EVENTS
from implementor.configuration.services.checking import Identity, checked_labels
from implementor.configuration.services.conditions import checked_conditions
from implementor.configuration.services.kinds import shapeable
from implementor.configuration.services.ordered_rules import OrderedRules
from implementor.foundation.conditions import Condition, conditions_from
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.matching import askable
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action

RULES = OrderedRules(AutomationRule, queries.rules, crowded="event")
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
    entity, others = shapeable(kind), RULES.room(session, kind)
    return RULES.add(session, entity, _checked(session, entity, wish, others, None), others, identity)


def change_rule(session: Session, rule: AutomationRule, wish: RuleWish, *, by: Actor, at: datetime) -> None:
    """Change a rule; one that was stopped is started by it. Raises InvalidInput."""
    entity = shapeable(rule.kind)
    values = _checked(session, entity, wish, RULES.beside(session, rule), rule)
    RULES.change(session, entity, rule, {**values, "stopped_at": None, "failures": 0})


def restore_rule(session: Session, rule: AutomationRule, *, by: Actor, at: datetime) -> None:
    """Let a rule work again, also one that was stopped. Raises InvalidInput where another one took its name."""
    RULES.restore(session, rule, by=by, at=at, stopped_at=None, failures=0)


def start_rule(session: Session, rule: AutomationRule, *, by: Actor, at: datetime) -> None:
    """Let a rule work again that was stopped. Raises NothingStopped."""
    if rule.stopped_at is None:
        raise NothingStopped(say("The rule %(rule)s is at work.", rule=rule.label))
    name_action(session, say("Started the rule %(rule)s again", rule=rule.label))
    rule.stopped_at, rule.failures = None, 0
    session.flush()


def note_outcome(session: Session, rule: AutomationRule, *, is_broken: bool, at: datetime) -> bool:
    """Count a run that broke, or begin to count anew; whether the rule is stopped by it.

    Written past the record, so that counting is no change of the configuration; the database counts, so that two that
    break at once are two.
    """
    if not is_broken and not rule.failures:
        return False
    failures: Any = AutomationRule.failures + 1 if is_broken else 0
    counted = update(AutomationRule).where(AutomationRule.id == rule.id).values(failures=failures)
    session.execute(counted, execution_options={"synchronize_session": False})
    session.refresh(rule)
    if rule.failures < MOST_FAILURES or rule.stopped_at is not None:
        return False
    name_action(session, say("The rule %(rule)s was stopped because it broke", rule=rule.label))
    rule.stopped_at = at
    session.flush()
    return True


def heard_fields(entity: Entity) -> dict[str, Field]:
    """The fields whose change a rule can wait for: those that the record holds and history tells of, and its state."""
    told = {
        name: one
        for name, one in askable(entity).items()
        if getattr(one.column, "info", {}).get("history", True) is not False
    }
    return {**{name: one for name, one in entity.fields.items() if name in settled_states(entity)}, **told}


def settled_states(entity: Entity) -> set[str]:
    """The states that follow from what happened to a record and that history tells of by that, as those of quotes."""
    stored = inspect(entity.model).column_attrs
    choices = (name for name, one in entity.declared.items() if one.kind is Kind.CHOICE and name in stored)
    return {name for name in choices if stored[name].columns[0].info.get("history", True) is False}


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
