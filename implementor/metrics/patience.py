"""Asking the database for no longer than a page may wait: what takes longer is left to a worker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import func, literal
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.words import say

SECONDS = 1.5
STEPS = 20_000
"""Instructions of SQLite between two looks at the clock."""
Answer = TypeVar("Answer")


class TakesTooLong(Refusal):
    """The database did not answer in time."""


def soon(session: Session, ask: Callable[[], Answer], seconds: float = SECONDS) -> Answer:
    """What `ask` reads, if the database gives it in time. Raises TakesTooLong; the session goes on afterwards."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    try:
        with session.begin_nested(), _sqlite(session, seconds) if is_sqlite else _postgresql(session, seconds):
            return ask()
    except OperationalError as fault:
        if "interrupted" in str(fault.orig) or "statement timeout" in str(fault.orig):
            raise TakesTooLong(
                say("There are too many records to count them while you wait. Let it be measured in the background.")
            ) from fault
        raise


@contextmanager
def _sqlite(session: Session, seconds: float) -> Iterator[None]:
    driver: Any = session.connection().connection.driver_connection
    until = time.monotonic() + seconds
    driver.set_progress_handler(lambda: int(time.monotonic() > until), STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


@contextmanager
def _postgresql(session: Session, seconds: float) -> Iterator[None]:
    """Within a savepoint, which takes the limit back with it when time is up."""
    _limit(session, round(seconds * 1000))
    yield
    _limit(session, 0)


def _limit(session: Session, milliseconds: int) -> None:
    session.execute(func.set_config("statement_timeout", str(milliseconds), literal(True)).select())
