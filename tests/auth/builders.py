"""People with passwords and roles, sessions and links, for tests of auth and of what stands on it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from implementor.auth.events import AccountLinkIssued
from implementor.auth.models import User, UserSession
from implementor.auth.passwords import hashed
from implementor.auth.services import people
from implementor.configuration.snapshots import now_live
from implementor.foundation.events import listens_to
from implementor.foundation.live import living
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.history.services import noting
from implementor.web.database import db, writing_session
from tests.machinery.pages import Browser, Page

PASSWORD = "velvet anchor mosaic thirty"
OTHER_PASSWORD = "granite lantern ocean nine"
KEPT = hashed(PASSWORD)
issued: list[AccountLinkIssued] = []


@listens_to(AccountLinkIssued)
def _keep(_session: Session, event: AccountLinkIssued) -> None:
    issued.append(event)


@dataclass(frozen=True)
class Person:
    """Somebody with an account, as a test refers to them."""

    id: int
    name: str
    email: str

    @property
    def actor(self) -> Actor:
        """This person at work, without roles."""
        return Actor(self.id, self.name, self.email, frozenset({Role.SIGNED_IN}))


@contextmanager
def working(app: Flask, by: Actor = SYSTEM) -> Iterator[Session]:
    """A committed transaction of this person."""
    with writing_session(app) as session, living(now_live(session)), noting(session, by=by, at=datetime.now(UTC)):
        yield session
        session.commit()


@contextmanager
def reading(app: Flask) -> Iterator[Session]:
    """A session to look at what is stored."""
    with app.app_context(), Session(db.engine) as session, living(now_live(session)):
        yield session


def add_person(app: Flask, name: str, *roles: Role, has_password: bool = True, **values: Any) -> Person:
    """Somebody whose address begins with their first name."""
    with working(app) as session:
        return _added(session, name, roles, has_password, values)


def add_people(app: Flask, wanted: Iterable[tuple[str, str, Iterable[Role]]]) -> list[Person]:
    """Several at once, by name, address and roles: what many tests begin with costs one transaction."""
    with working(app) as session:
        return [_added(session, name, roles, True, {"email": email}) for name, email, roles in wanted]


def add_named(app: Flask, names: Mapping[str, str]) -> dict[str, Person]:
    """Several at once without roles, by what a test calls them and by name, with the addresses of `add_person`."""
    with working(app) as session:
        return {who: _added(session, name, (), True, {}) for who, name in names.items()}


def _added(session: Session, name: str, roles: Iterable[Role], has_password: bool, values: dict[str, Any]) -> Person:
    values.setdefault("email", f"{name.split()[0].lower()}@example.com")
    user = people.add_user(session, name=name, by=SYSTEM, at=datetime.now(UTC), roles=roles, **values)
    if has_password:
        user.password_hash = KEPT
    session.flush()
    return Person(user.id, user.name, user.email)


def sign_in(browser: Browser, person: Person, password: str = PASSWORD, to: str = "/account") -> Page:
    """Open a page as a stranger does, sign in, and arrive there."""
    return browser.get(to).form("sign_in").submit(email=person.email, password=password)


def account(app: Flask, person: Person) -> User:
    """The stored account."""
    with reading(app) as session:
        return session.scalars(select(User).where(User.id == person.id)).one()


def sessions_of(app: Flask, person: Person) -> list[UserSession]:
    """Every session the person ever had, oldest first."""
    with reading(app) as session:
        return list(
            session.scalars(select(UserSession).where(UserSession.user_id == person.id).order_by(UserSession.id))
        )


def shift_sessions(app: Flask, **values: Any) -> None:
    """Set columns of all sessions, as if time had passed."""
    with writing_session(app) as session:
        session.execute(update(UserSession).values(**values))
        session.commit()
