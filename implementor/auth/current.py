"""Who is behind a request: a thin shell of Flask-Login around our own sessions, in one module so that it can go.

Flask-Login's own cookies and protections are off: they cannot be revoked. It gives extensions their `current_user`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from flask import Flask, Request
from flask import session as browser_session
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from implementor.auth import queries, sessions
from implementor.auth.models import DENSITIES, THEMES, UserSession
from implementor.foundation.asking import ask
from implementor.foundation.permissions import NOBODY, Actor, Role
from implementor.web.guard import gates
from implementor.web.unit_of_work import enter_in_ledger, now, session

TOKEN = "token"  # noqa: S105  # the name of the place, not a secret


@dataclass(frozen=True)
class Carried:
    """A value that an upper package wants at the beginning of every request: a scalar, brought by a statement that is
    asked anyway, and who takes it."""

    column: Any
    take: Callable[[Session, Any], None]


carried: dict[str, Carried] = {}
"""By name; packages add theirs in contributions."""


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login publishes no types
    """Somebody who is signed in, with the session they use."""

    actor: Actor
    session_id: int
    authenticated_at: datetime
    """When they last proved who they are; a later step may ask for it to be recent."""
    is_remembered: bool


def signed_in() -> SignedIn | None:
    """Who is signed in in this request."""
    person: SignedIn | None = current_user._get_current_object()
    return person if isinstance(person, SignedIn) else None


def present_actor() -> Actor:
    """The actor of this request; people who are not signed in keep the look they chose in this browser."""
    person = signed_in()
    if person is not None:
        return person.actor
    theme, density = browser_session.get("theme"), browser_session.get("density")
    return replace(
        NOBODY,
        theme=theme if theme in THEMES else "system",
        density=density if density in DENSITIES else "comfortable",
    )


def load_person(_request: Request) -> SignedIn | None:
    """The person of the token in the signed cookie, by one statement; None where the session is over."""
    token = browser_session.get(TOKEN)
    if not isinstance(token, str):
        return None
    rows = ask(session(), _sign_in(*carried), {"token_hash": sessions.hash_of(token)}).all()
    if not rows or rows[0].disabled_at is not None or sessions.is_over(rows[0], now()):
        browser_session.pop(TOKEN)
        if rows and rows[0].revoked_at is None:
            _end_for_good(rows[0].id)
        return None
    row = rows[0]
    if sessions.must_note_seen(row, now()):
        _note_seen(row.id)
    for name, one in carried.items():
        one.take(session(), getattr(row, name))
    return SignedIn(
        actor_of(row, [each.role for each in rows if each.role]), row.id, row.authenticated_at, row.is_remembered
    )


@cache
def _sign_in(*names: str) -> Any:
    """The statement that begins every request, put together once."""
    return queries.sign_in_of(bindparam("token_hash"), *(carried[name].column.label(name) for name in names))


def actor_of(row: Any, roles: list[str]) -> Actor:
    """The actor of a row with `user_id` and a person's columns."""
    return Actor(
        user_id=row.user_id, name=row.name, email=row.email,
        roles=frozenset({Role.ANYONE, Role.SIGNED_IN, *(Role(role) for role in roles)}),
        language=row.language, time_zone=row.time_zone, theme=row.theme, density=row.density,
        single_keys=row.single_keys,
    )  # fmt: skip


def _note_seen(session_id: int) -> None:
    at = now()
    enter_in_ledger(lambda ledger: sessions.note_seen(ledger, session_id, at=at))


def _end_for_good(session_id: int) -> None:
    """Revoke what ran out, so that a clock set back cannot bring it to life again."""
    at = now()

    def revoke(ledger: Any) -> None:
        sessions.end_sessions(ledger, UserSession.id == session_id, at=at)

    enter_in_ledger(revoke)


def install(app: Flask) -> None:
    """Tell the guard who acts."""
    app.config["REMEMBER_COOKIE_NAME"] = "implementor-unused"
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(load_person)
    manager.init_app(app, add_context_processor=False)
    gates(app).actor_loader = present_actor
