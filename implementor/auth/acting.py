"""The actor that a person is where nobody is signed in: commands and rules that work within what somebody sees."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.auth import queries
from implementor.auth.models import User
from implementor.foundation.permissions import Actor, Role


def acting_as(session: Session, user: User) -> Actor:
    """The person with the roles that they hold everywhere, in one statement; roles of projects are not among them."""
    roles = (Role(role) for _, role in session.execute(queries.roles_of([user.id])))
    return Actor(
        user_id=user.id, name=user.name, email=user.email, roles=frozenset({Role.ANYONE, Role.SIGNED_IN, *roles}),
        language=user.language, time_zone=user.time_zone,
    )  # fmt: skip
