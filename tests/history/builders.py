"""People, areas and recorded work for tests of history and of what stands on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.auth.current import TOKEN
from implementor.auth.models import Area, InstallationRole, User
from implementor.auth.sessions import open_session
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.history.note import Note
from implementor.history.services import noting
from implementor.web.database import db, writing_session

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@contextmanager
def working(app: Flask, by: Actor = SYSTEM, at: datetime = NOON, **note: Any) -> Iterator[tuple[Session, Note]]:
    """A committed transaction whose changes are one action of this person."""
    with writing_session(app) as session:
        with noting(session, by=by, at=at, **note) as written:
            yield session, written
        session.commit()


@contextmanager
def reading(app: Flask) -> Iterator[Session]:
    """A session to look at what was stored."""
    with app.app_context(), Session(db.engine) as session:
        yield session


def person(app: Flask, name: str, *roles: Role) -> Actor:
    """Somebody with an account and roles of the installation."""
    with working(app) as (session, _note):
        user = User(name=name, email=f"{name.lower()}@example.com")
        session.add(user)
        session.flush()
        session.add_all([InstallationRole(user_id=user.id, role=role, granted_at=NOON) for role in roles])
        return Actor(user.id, name, user.email, frozenset({Role.SIGNED_IN, *roles}))


def area(app: Flask, name: str = "Sales", by: Actor = SYSTEM, **values: Any) -> int:
    """A department; returns its id."""
    with working(app, by) as (session, _note):
        made = Area(name=name, **values)
        session.add(made)
        session.flush()
        return made.id


def sign_in(browser: Any, who: Actor) -> None:
    """Let the test browser act as this person."""
    with writing_session(browser.app) as session:
        user = session.get_one(User, who.user_id)
        token = open_session(
            session, user, at=datetime.now(UTC), remembered=False, user_agent="test", block="127.0.0.1"
        )
        session.commit()
    with browser.client.session_transaction() as cookie:
        cookie[TOKEN] = token
