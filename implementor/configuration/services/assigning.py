"""Who gets a record by the rules: the first that holds of it and finds somebody who can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Team, TeamMember, User
from implementor.configuration.assignable import assignable
from implementor.configuration.models import AssignmentRule, AssignmentTurn
from implementor.foundation import live
from implementor.foundation.assigning import least_busy, next_in_turn
from implementor.foundation.fields import Entity
from implementor.foundation.matching import holds
from implementor.foundation.shapes import Assignment, Way


@dataclass(frozen=True)
class Given:
    """Who gets a record, and by which rule."""

    user_id: int
    name: str
    rule: Assignment


def owner_for(session: Session, entity: Entity, record: Any, *, at: datetime) -> Given | None:
    """Who gets the record as it stands; None where no rule holds of it or none finds anybody."""
    if entity.kind not in assignable:
        return None
    for rule in live.present().shape(entity.kind).assignments:
        if holds(entity, rule.conditions, record):
            found = _person(session, entity.kind, rule, at)
            if found is not None:
                return Given(found.id, found.name, rule)
    return None


def _person(session: Session, kind: str, rule: Assignment, at: datetime) -> User | None:
    if rule.way is Way.PERSON:
        person = session.get(User, rule.user_id)
        return person if person is not None and not person.is_disabled else None
    people = {one.id: one for one in session.scalars(_members(rule.team_id))}
    chosen = _next(session, rule, list(people), at) if rule.way is Way.IN_TURN else _idle(session, kind, list(people))
    return people.get(chosen) if chosen is not None else None


def _members(team_id: int | None) -> Any:
    """The people of a team who can sign in, by id."""
    return (
        select(User)
        .join(TeamMember, TeamMember.user_id == User.id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.team_id == team_id, TeamMember.left_at.is_(None), User.disabled_at.is_(None))
        .where(Team.archived_at.is_(None))
        .order_by(User.id)
    )


def _next(session: Session, rule: Assignment, people: list[int], at: datetime) -> int | None:
    """Who follows the last one; whoever else asks meanwhile waits for the end of the transaction."""
    session.execute(select(AssignmentRule.id).where(AssignmentRule.id == rule.id).with_for_update())
    turn = session.get(AssignmentTurn, rule.id, populate_existing=True)
    chosen = next_in_turn(people, turn.user_id if turn is not None else None)
    if chosen is None:
        return None
    if turn is None:
        session.add(AssignmentTurn(rule_id=rule.id, user_id=chosen, at=at))
    else:
        turn.user_id, turn.at = chosen, at
    session.flush()
    return chosen


def _idle(session: Session, kind: str, people: list[int]) -> int | None:
    counts: dict[int, int] = {}
    for user_id, count in session.execute(assignable[kind].open_counts(people)) if people else ():
        counts[user_id] = count
    return least_busy(people, counts)
