"""Where people are signed in: one row per browser, found by the hash of a token that only the browser holds."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from implementor.auth.models import User, UserSession

IDLE = timedelta(hours=8)
LONGEST = timedelta(hours=24)
REMEMBERED = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=1)
MOST_SESSIONS = 20
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def new_token() -> str:
    """256 bits that nobody can guess, as text for a cookie or an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token. It has 256 bits of chance, so a plain digest cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def open_session(
    session: Session,
    user: User,
    *,
    at: datetime,
    remembered: bool,
    user_agent: str,
    block: str,
    methods: str = "password",
) -> str:
    """Sign somebody in and return the token; the sessions seen longest ago end where there would be too many."""
    token = new_token()
    session.add(
        UserSession(
            token_hash=hash_of(token),
            user_id=user.id,
            created_at=at,
            last_seen_at=at,
            expires_at=at + (REMEMBERED if remembered else LONGEST),
            authenticated_at=at,
            methods=methods,
            is_remembered=remembered,
            user_agent=user_agent[:300],
            address_block=block,
        )
    )
    session.flush()
    surplus = select(UserSession.id).where(UserSession.user_id == user.id, UserSession.revoked_at.is_(None))
    surplus = surplus.order_by(UserSession.last_seen_at.desc(), UserSession.id.desc()).offset(MOST_SESSIONS)
    too_many = session.scalars(surplus).all()
    if too_many:
        end_sessions(session, UserSession.id.in_(too_many), at=at)
    return token


def is_over(row: Any, at: datetime) -> bool:
    """Whether a session (a row with the columns of one) must not be used any more."""
    idle = REMEMBERED if row.is_remembered else IDLE
    return row.revoked_at is not None or at >= row.expires_at or at >= row.last_seen_at + idle


def must_note_seen(row: Any, at: datetime) -> bool:
    """Whether it is time to write again when the session was last used."""
    return bool(at >= row.last_seen_at + SEEN_EVERY)


def note_seen(session: Session, session_id: int, *, at: datetime) -> None:
    """Keep when a session was last used."""
    session.execute(
        update(UserSession)
        .where(UserSession.id == session_id, UserSession.last_seen_at < at)
        .values(last_seen_at=at)
        .execution_options(synchronize_session=False)
    )


def end_sessions(session: Session, *which: Any, at: datetime) -> int:
    """Revoke the sessions that match the conditions; returns how many were open."""
    ended: CursorResult[Any] = session.execute(  # type: ignore[assignment]  # updates answer with a cursor
        update(UserSession)
        .where(UserSession.revoked_at.is_(None), *which)
        .values(revoked_at=at)
        .execution_options(synchronize_session=False)
    )
    return ended.rowcount


def end_all(session: Session, user_id: int, *, at: datetime, but: int | None = None) -> int:
    """Sign a person out everywhere, apart from one session where `but` names it."""
    conditions = [UserSession.user_id == user_id]
    if but is not None:
        conditions.append(UserSession.id != but)
    return end_sessions(session, *conditions, at=at)


def device_name(user_agent: str) -> str:
    """A browser and its system in words, such as "Firefox, Linux"; empty where neither is known."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system)))
