"""Who leaves names a successor for what nobody else holds: roles of projects, the sponsor of programmes, and more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import ROLE_LABELS, Actor, Role
from implementor.foundation.words import say
from implementor.governance.held_alone import Held, Holding, held_alone, holdings
from implementor.governance.queries.roles import only_held_by, programmes_named_for, programmes_sponsored_by
from implementor.history.services import name_action
from implementor.projects.models import Membership, Programme
from implementor.projects.people import add_member, remove_member
from implementor.projects.queries import people_by_id, roles_in_project, titles_of_projects


class NeedsSuccessor(Refusal):
    """Nobody would hold what somebody has to."""


def refuse_gap(session: Session, user_id: int) -> None:
    """Raise NeedsSuccessor where nobody else would hold what somebody has to."""
    found = held_alone(session, user_id)
    if found:
        labels = ", ".join(dict.fromkeys(str(held.label) for _holding, held in found))
        raise NeedsSuccessor(say("Nobody else holds: %(roles)s. Name a successor first.", roles=labels))


def succeed(session: Session, *, user_id: int, successor_id: int, by: Actor, at: datetime) -> int:
    """Give everything that only one person holds, and somebody has to, to another; returns how many these were.

    Raises InvalidInput for the same person, or nobody who can sign in.
    """
    if successor_id == user_id:
        raise InvalidInput({"successor_id": say("Choose somebody else.")})
    if session.execute(people_by_id([successor_id])).one_or_none() is None:
        raise InvalidInput({"successor_id": say("Choose a person who can sign in.")})
    found = held_alone(session, user_id)
    name_action(session, say("Named a successor"), verb="role.succeed")
    for holding, held in found:
        holding.hand_on(session, held, successor_id, by, at)
    session.flush()
    return len(found)


def declare_holdings() -> None:
    """Required roles of projects, and the sponsor of a programme."""
    holdings["role"] = Holding(_roles_of, titles_of_projects, _hand_on_role, say("a project you are not part of"))
    holdings["programme"] = Holding(
        _programmes_of, programmes_named_for, _hand_on_programme, say("a programme you are not part of")
    )


def _roles_of(session: Session, user_id: int) -> Iterator[Held]:
    for row in session.execute(only_held_by(user_id=user_id)):
        yield Held(ROLE_LABELS[Role(row.role)], row.membership_id, row.project_id)


def _hand_on_role(session: Session, held: Held, successor_id: int, by: Actor, at: datetime) -> None:
    membership = session.get_one(Membership, held.row_id)
    already = session.scalars(roles_in_project(user_id=successor_id, project_id=held.place_id)).all()
    if membership.role not in already:
        add_member(
            session, project_id=held.place_id, user_id=successor_id, role=Role(membership.role), by=by, at=at
        )  # fmt: skip
    remove_member(session, membership, by=by, at=at)


def _programmes_of(session: Session, user_id: int) -> Iterator[Held]:
    for programme_id in session.scalars(programmes_sponsored_by(user_id=user_id)):
        yield Held(say("Sponsor of a programme"), programme_id, programme_id)


def _hand_on_programme(session: Session, held: Held, successor_id: int, by: Actor, at: datetime) -> None:
    session.get_one(Programme, held.row_id).sponsor_id = successor_id
