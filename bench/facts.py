"""Writing the daily facts of use in a job, for the bench: two thousand people who wrote for four weeks."""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, delete, event, func, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bench.databases import Stock
from bench.figures import Figure
from bench.use import add_people
from implementor.adoption.models import FactDay
from implementor.adoption.schedule import ask_now
from implementor.auth.models import User
from implementor.configuration.snapshots import refresh
from implementor.crm.contacts.models import Contact
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.bulk import reserved_ids
from implementor.foundation.permissions import SYSTEM
from implementor.history.models import Action, Change
from implementor.history.services import noting
from implementor.jobs.running import run_inline
from implementor.web.database import writing_session

NAME, WRITES, DAYS, AT_ONCE = "facts", 12, 28, 5_000
KINDS = ("contact", "opportunity", "interaction")
"""What they write, in turn: `WRITES` records a day each."""


def facts_figures(stock: Stock) -> Iterator[Figure]:
    """How long the job takes on a new day and again an hour later, after it has read the past for the first time."""
    at = datetime.now(UTC)
    with writing_session(stock.app) as session, noting(session, by=SYSTEM, at=at):
        refresh(session)
        _fill(session, at)
        session.commit()
    _timed(stock)
    with writing_session(stock.app) as session:
        session.execute(delete(FactDay).where(FactDay.day == select(func.max(FactDay.day)).scalar_subquery()))
        session.commit()
    for name in (NAME, f"{NAME}_again"):
        taken, statements = _timed(stock)
        yield Figure(name, stock.kind, stock.size, taken, taken, 1000 / taken, statements, 0, taken, 1.0, 0.0, 0.0, 0.0)


def _timed(stock: Stock) -> tuple[float, int]:
    """(milliseconds, statements) of one run of the job."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    at = datetime.now(UTC)
    with writing_session(stock.app) as session, noting(session, by=SYSTEM, at=at):
        job = ask_now(session, by=SYSTEM, at=at)
        session.flush()
        job_id = job.id
        session.commit()
    event.listen(Engine, "before_cursor_execute", note)
    began = time.perf_counter()
    done = run_inline(stock.app, job_id)
    taken = (time.perf_counter() - began) * 1000
    event.remove(Engine, "before_cursor_execute", note)
    if not (done.result or {}).get("counted"):
        raise SystemExit(f"No facts were written, but {done.result}.")
    return taken, len(seen)


def _fill(session: Session, at: datetime) -> None:
    """People who own the customers and sales and wrote in the browser; those of an earlier measuring are used again."""
    known = session.scalars(select(User.id).where(User.email.like("p%.%@bench.example"))).all()
    people = known or [one.id for _team, members in add_people(session, None, at) for one in members]
    if known:
        return
    for model in (Contact, Opportunity):
        owners = update(model).values(owner_id=people[0] + model.id % len(people))
        session.execute(owners.execution_options(synchronize_session=False))
    _write(session, people, at)


def _write(session: Session, people: Sequence[int], at: datetime) -> None:
    """An action with a change for each record that somebody wrote, in the order of time."""
    count = len(people) * WRITES * DAYS
    actions, changes = (reserved_ids(session, model.__tablename__, count) for model in (Action, Change))
    rows = zip(actions, changes, _writes(people, at), strict=True)
    tables: tuple[Table, Table] = Action.__table__, Change.__table__  # type: ignore[assignment]  # they are tables
    while some := list(islice(rows, AT_ONCE)):
        session.execute(insert(tables[0]), [
            {"id": action, "actor_id": who, "actor_name": "Person", "at": when, "verb": f"{kind}.change",
             "record_count": 1, "source": "web", "request_id": f"bench-{action}"}
            for action, _change, (who, when, kind, _record) in some
        ])  # fmt: skip
        session.execute(insert(tables[1]), [
            {"id": change, "action_id": action, "record_kind": kind, "record_id": record, "verb": "created",
             "version": 1, "after": {"at": when.isoformat()}, "at": when}
            for action, change, (_who, when, kind, record) in some
        ])  # fmt: skip


def _writes(people: Sequence[int], at: datetime) -> Iterator[tuple[int, datetime, str, int]]:
    """(person, moment, kind, record), a record an hour for each."""
    for back in range(DAYS, 0, -1):
        for turn in range(WRITES):
            when = at - timedelta(days=back) + timedelta(minutes=50 * turn)
            for place, person in enumerate(people):
                yield person, when, KINDS[turn % len(KINDS)], 1 + place * WRITES + turn
