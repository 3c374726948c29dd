"""The numbers of cases: each is given once, in every process and on both databases."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from implementor.crm.cases.models import CaseCounter

BEFORE_THE_FIRST = 1000
MARK = "C-"


def next_numbers(session: Session, count: int = 1) -> range:
    """The next numbers; whoever asks meanwhile waits for the end of this transaction."""
    last = _count_on(session, count)
    if last is None:
        dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
        session.execute(dialect.insert(CaseCounter).values(id=1, last=BEFORE_THE_FIRST).on_conflict_do_nothing())
        last = _count_on(session, count)
    assert last is not None  # the row is there now
    return range(last - count + 1, last + 1)


def _count_on(session: Session, count: int) -> int | None:
    counted = update(CaseCounter).where(CaseCounter.id == 1).values(last=CaseCounter.last + count)
    found: int | None = session.scalar(
        counted.returning(CaseCounter.last), execution_options={"synchronize_session": False}
    )
    return found


def code_of(number: int) -> str:
    """A number as people say it."""
    return f"{MARK}{number}"
