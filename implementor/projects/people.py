"""Giving people roles in a project and taking them, so that who had which role when stays known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS, Actor, Role
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.projects.models import Membership
from implementor.projects.permissions import PEOPLE
from implementor.projects.place import sees_every_project
from implementor.projects.queries import people_by_id, roles_in_project


class AlreadyInThatRole(Refusal):
    """The person holds this role here."""


class LastOwnRole(Refusal):
    """Nobody locks themselves out of the project they run."""


def role_named(name: str) -> Role:
    """The project role of that name. Raises InvalidInput for anything else."""
    if name not in {str(role) for role in PROJECT_ROLES}:
        raise InvalidInput({"role": say("Choose one of the eight roles of a project.")})
    return Role(name)


def add_member(session: Session, *, project_id: int, user_id: int, role: Role, by: Actor, at: datetime) -> Membership:
    """Give a person a role. Raises AlreadyInThatRole, or InvalidInput for nobody who can sign in."""
    person = session.execute(people_by_id([user_id])).one_or_none()
    if person is None:
        raise InvalidInput({"user_id": say("Choose a person who can sign in.")})
    _refuse_repetition(session, project_id, user_id, role, person.name)
    membership = Membership(project_id=project_id, user_id=user_id, role=str(role))
    session.add(membership)
    name_action(
        session,
        say("Added %(person)s as %(role)s", person=person.name, role=ROLE_LABELS[role]),
        verb="membership.add",
        project_id=project_id,
    )
    session.flush()
    return membership


def change_role(session: Session, membership: Membership, *, role: Role, by: Actor, at: datetime) -> None:
    """Let a member act in another role from now on."""
    if membership.role == str(role):
        return
    _refuse_repetition(session, membership.project_id, membership.user_id, role, membership.user.name)
    _refuse_locking_out(session, membership, role, by)
    membership.role = str(role)
    name_action(
        session,
        say("Made %(person)s %(role)s", person=membership.user.name, role=ROLE_LABELS[role]),
        verb="membership.change",
        project_id=membership.project_id,
    )
    session.flush()


def remove_member(session: Session, membership: Membership, *, by: Actor, at: datetime) -> None:
    """Take a role from a person; without any role left the project is closed to them from now on."""
    _refuse_locking_out(session, membership, None, by)
    membership.removed_at, membership.removed_by_id = at, by.user_id
    name_action(
        session,
        say("Removed %(person)s as %(role)s", person=membership.user.name, role=label_of(membership)),
        verb="membership.remove",
        project_id=membership.project_id,
    )
    session.flush()


def label_of(membership: Membership) -> Phrase:
    """The role of a membership in words."""
    return ROLE_LABELS[Role(membership.role)]


def _refuse_repetition(session: Session, project_id: int, user_id: int, role: Role, name: str) -> None:
    held = session.scalars(roles_in_project(user_id=user_id, project_id=project_id)).all()
    if str(role) in held:
        raise AlreadyInThatRole(say("%(person)s is already here as %(role)s.", person=name, role=ROLE_LABELS[role]))


def _refuse_locking_out(session: Session, membership: Membership, to: Role | None, by: Actor) -> None:
    """A project lead may hand over, but by making somebody else lead who then takes the role from them."""
    if by.user_id != membership.user_id or sees_every_project(by):
        return
    held = session.scalars(roles_in_project(user_id=by.user_id, project_id=membership.project_id)).all()
    left = {Role(role) for role in held if role != membership.role} | ({to} if to else set())
    if left.isdisjoint(PEOPLE.roles):
        raise LastOwnRole(
            say("You would lose the right to undo this. Make somebody else project lead and let them change your role.")
        )
