"""Rules about who gets records without an owner: added, changed, put in order, withdrawn, restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.auth.models import Team, User
from implementor.configuration import queries
from implementor.configuration.assignable import assignable
from implementor.configuration.models import BY_HAND, AssignmentRule
from implementor.configuration.services.checking import Identity, Step, checked_labels, identified, step_rank
from implementor.configuration.services.conditions import checked_conditions
from implementor.configuration.services.kinds import shapeable
from implementor.foundation.conditions import Condition, conditions_from
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.shapes import Way
from implementor.foundation.words import say
from implementor.history.services import name_action

MOST_RULES = 50


@dataclass(frozen=True)
class AssignmentWish:
    """A rule as somebody wants it: its name in both languages, when it counts, and who gets the record."""

    label_en: str
    label_es: str
    way: str
    conditions: tuple[Condition, ...] = ()
    user_id: int | None = None
    team_id: int | None = None


def add_assignment(
    session: Session, kind: str, wish: AssignmentWish, *, by: Actor, at: datetime, identity: Identity | None = None
) -> AssignmentRule:
    """Add a rule behind the others of its kind. Raises InvalidInput."""
    entity, others = assigned(kind), assignments_of(session, kind)
    if len(others) >= MOST_RULES:
        raise InvalidInput({"way": say("A kind of record has at most %(most)s rules.", most=MOST_RULES)})
    values = _checked(session, entity, wish, others)
    rank = rank_between(others[-1].rank if others else None, None)
    rule = AssignmentRule(kind=kind, rank=rank, **values, **identified(identity))
    name_action(session, say("Added the rule %(rule)s for %(what)s", rule=rule.label, what=entity.label_plural))
    session.add(rule)
    session.flush()
    return rule


def change_assignment(session: Session, rule: AssignmentRule, wish: AssignmentWish, *, by: Actor, at: datetime) -> None:
    """Change a rule. Raises InvalidInput."""
    entity = assigned(rule.kind)
    others = [one for one in assignments_of(session, rule.kind) if one.id != rule.id]
    values = _checked(session, entity, wish, others, rule)
    name_action(session, say("Changed the rule %(rule)s for %(what)s", rule=rule.label, what=entity.label_plural))
    for name, value in values.items():
        setattr(rule, name, value)
    rule.source = BY_HAND
    session.flush()


def move_assignment(session: Session, rule: AssignmentRule, *, step: Step, by: Actor, at: datetime) -> None:
    """Ask a rule one place earlier or later."""
    rank = step_rank(assignments_of(session, rule.kind), rule, step)
    if rank is not None:
        name_action(session, say("Moved the rule %(rule)s", rule=rule.label))
        rule.rank = rank
        session.flush()


def withdraw_assignment(session: Session, rule: AssignmentRule, *, by: Actor, at: datetime) -> None:
    """Let a rule give nothing any more; who got records keeps them."""
    if rule.archived_at is None:
        name_action(session, say("Withdrew the rule %(rule)s", rule=rule.label))
        rule.archived_at, rule.archived_by_id = at, by.user_id
        session.flush()


def restore_assignment(session: Session, rule: AssignmentRule, *, by: Actor, at: datetime) -> None:
    """Let a rule give records again. Raises InvalidInput where another one took its name."""
    others = [one for one in assignments_of(session, rule.kind) if one.id != rule.id]
    checked_labels({"label_en": rule.label_en, "label_es": rule.label_es}, others)
    name_action(session, say("Restored the rule %(rule)s", rule=rule.label))
    rule.archived_at = rule.archived_by_id = None
    session.flush()


def assigned(kind: str) -> Entity:
    """The catalogue of a kind that rules give to people. Raises NotFound."""
    if kind not in assignable:
        raise NotFound(kind)
    return shapeable(kind)


def assignments_of(session: Session, kind: str) -> list[AssignmentRule]:
    """The rules of a kind that are in use, in order."""
    return list(session.scalars(queries.assignment_rules(kind)))


def _checked(
    session: Session,
    entity: Entity,
    wish: AssignmentWish,
    others: list[AssignmentRule],
    present: AssignmentRule | None = None,
) -> dict[str, Any]:
    """The columns of a rule; what the present one holds may stay."""
    if wish.way not in {one.value for one in Way}:
        raise InvalidInput({"way": say("Choose who gets the records.")})
    to_person = wish.way == Way.PERSON
    who: dict[str, int | None] = {"user_id": None, "team_id": None}
    if to_person:
        person = session.get(User, wish.user_id) if wish.user_id is not None else None
        if person is None or (person.is_disabled and (present is None or present.user_id != person.id)):
            raise InvalidInput({"user_id": say("Choose a person who can sign in.")})
        who["user_id"] = person.id
    else:
        team = session.get(Team, wish.team_id) if wish.team_id is not None else None
        if team is None or (team.is_archived and (present is None or present.team_id != team.id)):
            raise InvalidInput({"team_id": say("Choose a team.")})
        who["team_id"] = team.id
    held = conditions_from(present.conditions) if present is not None else ()
    labels = checked_labels({"label_en": wish.label_en, "label_es": wish.label_es}, others)
    conditions = [one.as_json() for one in checked_conditions(entity, wish.conditions, held)]
    return {**labels, "conditions": conditions, "way": wish.way, **who}
