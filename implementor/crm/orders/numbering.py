"""The numbers of orders that come without one: each is given once, in every process and on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from implementor.crm.orders.models import OrderCounter

BEFORE_THE_FIRST = 1000
MARK = "O-"


def next_numbers(session: Session, count: int = 1) -> list[str]:
    """The next numbers as people say them; whoever asks meanwhile waits for the end of this transaction."""
    return numbers_of(session, OrderCounter, MARK, count)


def numbers_of(session: Session, counter: Any, mark: str, count: int) -> list[str]:
    """The next numbers that a counter gives (a table of one row with its `last`), after a mark."""
    if not count:
        return []
    last = _count_on(session, counter, count)
    if last is None:
        dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
        session.execute(dialect.insert(counter).values(id=1, last=BEFORE_THE_FIRST).on_conflict_do_nothing())
        last = _count_on(session, counter, count)
    assert last is not None  # the row is there now
    return [f"{mark}{number}" for number in range(last - count + 1, last + 1)]


def _count_on(session: Session, counter: Any, count: int) -> int | None:
    counted = update(counter).where(counter.id == 1).values(last=counter.last + count)
    found: int | None = session.scalar(
        counted.returning(counter.last), execution_options={"synchronize_session": False}
    )
    return found
