"""Pressing twice does it once: a form's key is stored with its effect and its first answer is given again."""

from __future__ import annotations

import hashlib
import secrets

from flask import Flask, Response, abort, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from implementor.web.models import IdempotencyKey
from implementor.web.unit_of_work import SAFE_METHODS, now, session, start_writing

FIELD = "idempotency_key"
LONGEST = 64


def new_key() -> str:
    """A key for one form on one page."""
    key = secrets.token_urlsafe(16)
    g.setdefault("fresh_words", []).append(key)
    return key


def replay() -> ResponseReturnValue | None:
    """Take the key of this request, or repeat the answer that it had before.

    A second request with the same key waits for the first on both databases, because taking the key is a write.
    """
    if request.method in SAFE_METHODS or not g.get("writes", False):
        return None
    key = request.headers.get("Idempotency-Key") or request.form.get(FIELD)
    if not key:
        return None
    if len(key) > LONGEST:
        abort(400)
    scoped = f"{g.actor.user_id or 0}:{key}"
    if "Idempotency-Key" not in request.headers:
        # who goes back to a form and sends it with other words means another effect
        scoped = f"{scoped}:{_request_hash()}"
    if _take(scoped):
        g.idempotency_key = scoped
        return None
    return _first_answer(scoped)


def write_once() -> ResponseReturnValue | None:
    """Begin the writing part of a `@reads_first` view, or repeat the answer that this form had before."""
    start_writing()
    return replay()


def _take(key: str) -> bool:
    insert = sqlite.insert if session().get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(IdempotencyKey).values(key=key, user_id=g.actor.user_id, request_hash=_request_hash(), at=now())
    taken = session().execute(statement.on_conflict_do_nothing().returning(IdempotencyKey.key))
    return taken.scalar_one_or_none() is not None


def _first_answer(key: str) -> ResponseReturnValue:
    earlier = session().scalars(select(IdempotencyKey).where(IdempotencyKey.key == key)).one()
    if earlier.request_hash != _request_hash():
        abort(422)
    if earlier.location:
        return redirect(earlier.location, 303)
    return Response(status=earlier.status or 204)


def _request_hash() -> str:
    digest = hashlib.sha256(request.path.encode())
    for name in sorted(request.form):
        if name != "csrf_token":
            digest.update(f"\x00{name}={request.form.getlist(name)}".encode())
    return digest.hexdigest()


def remember(response: Response) -> Response:
    """Store the answer beside the key, in the same transaction as the effect."""
    key = g.pop("idempotency_key", None)
    if key and response.status_code < 400:
        session().execute(
            update(IdempotencyKey)
            .where(IdempotencyKey.key == key)
            .values(status=response.status_code, location=response.headers.get("Location"))
        )
    return response


def install(app: Flask) -> None:
    """Remember answers; must be installed after the unit of work, so that it runs before the commit."""
    app.after_request(remember)
