"""Rules about who gets records without an owner: which kinds have them, and checking each before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.auth.models import Team, User
from implementor.configuration import queries
from implementor.configuration.assignable import assignable
from implementor.configuration.models import AssignmentRule
from implementor.configuration.services.checking import Identity, checked_labels
from implementor.configuration.services.conditions import checked_conditions
from implementor.configuration.services.kinds import shapeable
from implementor.configuration.services.ordered_rules import OrderedRules
from implementor.foundation.conditions import Condition, conditions_from
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import Actor
from implementor.foundation.shapes import Way
from implementor.foundation.words import say

ASSIGNMENTS = OrderedRules(AssignmentRule, queries.assignment_rules, crowded="way")


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
    entity, others = assigned(kind), ASSIGNMENTS.room(session, kind)
    return ASSIGNMENTS.add(session, entity, _checked(session, entity, wish, others), others, identity)


def change_assignment(session: Session, rule: AssignmentRule, wish: AssignmentWish, *, by: Actor, at: datetime) -> None:
    """Change a rule. Raises InvalidInput."""
    entity, others = assigned(rule.kind), ASSIGNMENTS.beside(session, rule)
    ASSIGNMENTS.change(session, entity, rule, _checked(session, entity, wish, others, rule))


def assigned(kind: str) -> Entity:
    """The catalogue of a kind that rules give to people. Raises NotFound."""
    if kind not in assignable:
        raise NotFound(kind)
    return shapeable(kind)


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
