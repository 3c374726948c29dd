"""The chain over all changes: each seal depends on the one before, so that no sealed change can be altered unseen."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, func, insert, select
from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase, say
from implementor.history.models import Action, Change, Seal

BEGINNING = "0" * 64
AT_ONCE = 5000
LATE = 100_000
"""Changes are numbered before they are committed; a long transaction may be this many numbers late."""
LOCK = 4_827_113  # any number, the same in every worker

COVERED = (
    Change.id,
    Change.action_id,
    Change.project_id,
    Change.record_kind,
    Change.record_id,
    Change.verb,
    Change.version,
    Change.at,
    Action.actor_id,
    Action.source,
)


@dataclass(frozen=True)
class Fault:
    """The first place where the chain does not hold."""

    number: int
    change_id: int | None
    reason: Phrase


@dataclass(frozen=True)
class Verdict:
    """How many seals hold, the last digest (which proves nothing was cut off when it was noted elsewhere), a fault."""

    sealed: int
    head: str
    fault: Fault | None


def key_from(secret_key: str) -> bytes:
    """The key of the chain, apart from the other uses of the installation's key."""
    return hashlib.sha256(b"implementor history seal\0" + secret_key.encode()).digest()


def seal_changes(session: Session, *, key: bytes, at: datetime) -> int:
    """Seal what is new, up to 5,000 changes; returns how many. One worker at a time goes on with the chain."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    last = session.execute(select(Seal.number, Seal.digest).order_by(Seal.number.desc()).limit(1)).one_or_none()
    number, digest = (last.number, last.digest) if last is not None else (0, BEGINNING)
    seals = []
    for row in session.execute(_unsealed()):
        number, salt = number + 1, secrets.token_hex(16)
        payload = payload_digest(salt, row.before, row.after)
        digest = chained(key, digest, number, row[: len(COVERED)], payload)
        seals.append(
            {
                "number": number,
                "change_id": row.id,
                "salt": salt,
                "payload_digest": payload,
                "digest": digest,
                "sealed_at": at,
            }
        )
    if seals:
        session.connection().execute(insert(Seal), seals)
    return len(seals)


def _unsealed() -> Select[*tuple[Any, ...]]:
    newest = select(func.coalesce(func.max(Seal.change_id), 0)).scalar_subquery()
    return (
        select(*COVERED, Change.before, Change.after)
        .join(Action, Action.id == Change.action_id)
        .where(Change.id > newest - LATE, ~exists().where(Seal.change_id == Change.id))
        .order_by(Change.id)
        .limit(AT_ONCE)
    )


def verify_chain(session: Session, *, key: bytes) -> Verdict:
    """Check every seal against its change; stops at the first that does not hold."""
    statement = (
        select(
            Seal.number,
            Seal.change_id,
            Seal.salt,
            Seal.payload_digest,
            Seal.digest,
            Change.before,
            Change.after,
            *COVERED,
        )
        .outerjoin(Change, Change.id == Seal.change_id)
        .outerjoin(Action, Action.id == Change.action_id)
        .order_by(Seal.number)
        .execution_options(yield_per=1000)
    )
    expected, digest = 1, BEGINNING
    with session.execute(statement) as rows:
        for row in rows:
            reason = _broken(row, expected, digest, key)
            if reason is not None:
                return Verdict(expected - 1, digest, Fault(expected, row.change_id, reason))
            expected, digest = expected + 1, row.digest
    return Verdict(expected - 1, digest, None)


def _broken(row: Row[Any], expected: int, previous: str, key: bytes) -> Phrase | None:
    """Why a seal does not hold, or None when it does."""
    covered: Sequence[Any] = row[-len(COVERED) :]
    if row.number != expected:
        return say("a seal is missing")
    if covered[0] is None:
        return say("the change is missing")
    if row.salt is None:
        # erased for data protection: then nothing of the values may be there
        if row.before is not None or row.after is not None:
            return say("values were put in after an erasure")
    elif payload_digest(row.salt, row.before, row.after) != row.payload_digest:
        return say("the values were altered")
    if not hmac.compare_digest(chained(key, previous, row.number, covered, row.payload_digest), row.digest):
        return say("the change or its seal was altered")
    return None


def payload_digest(salt: str, before: Any, after: Any) -> str:
    """Digest of the values alone."""
    return hashlib.sha256(salt.encode() + b"\0" + _canonical([before, after])).hexdigest()


def chained(key: bytes, previous: str, number: int, covered: Sequence[Any], payload: str) -> str:
    """The seal over one change and the seal before it."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in covered]
    return hmac.new(key, _canonical([previous, number, *plain, payload]), hashlib.sha256).hexdigest()


def _canonical(value: Any) -> bytes:
    """One spelling for equal values on both databases."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
