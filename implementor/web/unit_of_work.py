"""One request, one transaction: answers below 400 commit, everything else leaves no trace but the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import flask
from flask import Flask, Response, g, request
from sqlalchemy.orm import Session

from implementor.foundation.local_days import local_day
from implementor.web.database import begin_write, db, writing_session

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LedgerEntry = Callable[[Session], None]


def session() -> Session:
    """The session of this request."""
    return db.session()


def now() -> datetime:
    """The moment of this request, the same everywhere in it."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment: datetime = g.now
    return moment


def today() -> date:
    """The day that this request is on where the reader is."""
    return local_day(now())


def enter_in_ledger(entry: LedgerEntry) -> None:
    """Write something after the request's own transaction, whether that commits or not."""
    g.setdefault("ledger", []).append(entry)


def open_transaction() -> None:
    """Begin as a writer for methods that change things; a view marked `@reads_first` begins later itself."""
    view = flask.current_app.view_functions.get(request.endpoint or "")
    if request.method not in SAFE_METHODS and not getattr(view, "reads_first", False):
        begin_write(session())
        g.writes = True


def start_writing() -> None:
    """End the reading part of a `@reads_first` view and begin its writing part."""
    session().rollback()
    begin_write(session())
    g.writes = True


def abandon() -> None:
    """Take back every change of this request; what was loaded stays readable for the page that says so."""
    session().expunge_all()
    session().rollback()
    flask.session.pop("_flashes", None)
    g.writes = False


def settle(response: Response) -> Response:
    """Commit or take back, then write the ledger."""
    if response.status_code < 400:
        session().commit()
    else:
        abandon()
    write_ledger()
    return response


def write_ledger() -> None:
    """Give the ledger's entries a short transaction of their own."""
    entries: list[LedgerEntry] = g.pop("ledger", [])
    if not entries:
        return
    with writing_session(flask.current_app) as ledger:
        for entry in entries:
            entry(ledger)
        ledger.commit()


def install(app: Flask) -> None:
    """Settle every request of the application."""
    app.after_request(settle)
