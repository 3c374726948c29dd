"""The numbers of orders that come without one: each is given once, in every process and on both databases."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from implementor.crm.orders.models import OrderCounter

BEFORE_THE_FIRST = 1000
MARK = "O-"


def next_numbers(session: Session, count: int = 1) -> list[str]:
    """The next numbers as people say them; whoever asks meanwhile waits for the end of this transaction."""
    if not count:
        return []
    last = _count_on(session, count)
    if last is None:
        dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
        session.execute(dialect.insert(OrderCounter).values(id=1, last=BEFORE_THE_FIRST).on_conflict_do_nothing())
        last = _count_on(session, count)
    assert last is not None  # the row is there now
    return [f"{MARK}{number}" for number in range(last - count + 1, last + 1)]


def _count_on(session: Session, count: int) -> int | None:
    counted = update(OrderCounter).where(OrderCounter.id == 1).values(last=OrderCounter.last + count)
    found: int | None = session.scalar(
        counted.returning(OrderCounter.last), execution_options={"synchronize_session": False}
    )
    return found
