"""Slowing down whoever guesses: attempts are counted per account, per block of addresses and over everybody.

Nobody is locked out for good: windows end by themselves, and a browser in which the person has signed in before is
counted apart, so that strangers who guess cannot keep the owner out. The numbers are those of PyPI.
The counters are rows, so they hold for all processes and survive a restart; an attempt is counted before the secret is
looked at, in a transaction of its own, so neither a refused answer nor many attempts at once can get past them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from implementor.auth.models import Throttle
from implementor.foundation.text import folded

FORGOTTEN_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class Limit:
    """So many attempts in a window of time under one key."""

    key: str
    attempts: int
    window: timedelta


def sign_in_limits(email: str, block: str, known_device: str | None) -> list[Limit]:
    """Limits of typing a password; a device known for this account counts for itself, not for account and everybody."""
    five_minutes = timedelta(minutes=5)
    address = Limit(f"sign_in:address:{block}", 10, five_minutes)
    if known_device:
        return [address, Limit(f"sign_in:device:{known_device}:{anonymous(email)}", 10, five_minutes)]
    account = Limit(f"sign_in:account:{anonymous(email)}", 10, five_minutes)
    return [address, account, Limit("sign_in:everybody", 1000, five_minutes)]


def reset_limits(email: str, block: str) -> list[Limit]:
    """Limits of asking for a mail with a link."""
    return [
        Limit(f"reset:account:{anonymous(email)}", 5, timedelta(days=1)),
        Limit(f"reset:address:{block}", 20, timedelta(hours=1)),
        Limit("reset:everybody", 1000, timedelta(hours=1)),
    ]


def link_limits(block: str) -> list[Limit]:
    """Limits of trying links of invitations and resets."""
    return [
        Limit(f"link:address:{block}", 20, timedelta(minutes=5)),
        Limit("link:everybody", 1000, timedelta(minutes=5)),
    ]


def password_limits(user_id: int) -> list[Limit]:
    """Limits of typing the present password of an account that is signed in."""
    return [Limit(f"password:account:{user_id}", 10, timedelta(minutes=5))]


def take_attempt(session: Session, limits: Iterable[Limit], *, at: datetime) -> int | None:
    """Count one attempt; where a limit is reached, the seconds to wait (at least 1) instead of None."""
    _forget(session, at)
    waits = []
    for limit in sorted(limits, key=lambda one: one.key):  # one order for all, so that no two wait for each other
        count, started_at = _count(session, limit, at)
        if count > limit.attempts:
            waits.append(max(1, int((started_at + limit.window - at).total_seconds()) + 1))
    return max(waits, default=None)


def forgive(session: Session, limits: Iterable[Limit]) -> None:
    """Take one attempt back, because it turned out to be the right one."""
    keys = [limit.key for limit in limits]
    session.execute(
        update(Throttle)
        .where(Throttle.key.in_(keys), Throttle.count > 0)
        .values(count=Throttle.count - 1)
        .execution_options(synchronize_session=False)
    )


def _count(session: Session, limit: Limit, at: datetime) -> tuple[int, datetime]:
    """Add one to the key's window, or begin a new one; a clock that went back begins a new one too."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    is_old = (Throttle.window_started_at <= at - limit.window) | (Throttle.window_started_at > at)
    statement = insert(Throttle).values(key=limit.key, window_started_at=at, count=1)
    counted = statement.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((is_old, 1), else_=Throttle.count + 1),
            "window_started_at": case((is_old, at), else_=Throttle.window_started_at),
        },
    ).returning(Throttle.count, Throttle.window_started_at)
    count, started_at = session.execute(counted).one()
    return count, started_at


def _forget(session: Session, at: datetime) -> None:
    """Drop counters nobody needs any more, leaving those that somebody else is just counting."""
    old = select(Throttle.key).where(Throttle.window_started_at < at - FORGOTTEN_AFTER)
    forgotten = delete(Throttle).where(Throttle.key.in_(old.with_for_update(skip_locked=True)))
    session.execute(forgotten.execution_options(synchronize_session=False))


def anonymous(email: str) -> str:
    """An account's key without the address itself; unknown addresses are counted like known ones."""
    return hashlib.sha256(folded(email.strip()).encode()).hexdigest()[:32]
