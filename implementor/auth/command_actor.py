"""Who a command acts for: the person named by `--as`, else the system, which approves nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.auth.acting import acting_as
from implementor.auth.events import CommandBegan
from implementor.auth.services.people import find_active
from implementor.foundation.errors import Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.foundation.words import say


def resolve(session: Session, email: str | None) -> Actor:
    """The actor of a command. Raises Refusal where nobody of that address may sign in."""
    if not email:
        return SYSTEM
    user = find_active(session, email)
    if user is None:
        raise Refusal(say("Nobody with the address %(email)s may sign in.", email=email))
    return acting_as(session, user)


def begin(session: Session, by: Actor, *, at: datetime) -> None:
    """Begin a command's work, so that history can note whose changes follow."""
    publish(session, CommandBegan(by, at))
