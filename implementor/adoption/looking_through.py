"""Looking through the history for what people wrote since a day."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from implementor.adoption import work_queries
from implementor.adoption.counting import Key, Work, Written, counted, moment_of
from implementor.adoption.days import Day
from implementor.adoption.services import first_change_of, formula_in_force, terms_of
from implementor.crm.records.kinds import crm_kinds

READ_AT_ONCE = 5000


def work_since(session: Session, since: Day) -> dict[Key, Work]:
    """What everybody wrote since a day, by person, day and kind of record."""
    terms = terms_of(formula_in_force(session, at=since.begins))
    return counted(_written(session, first_change_of(session, since)), since.zone, terms.prompt_days)


def _written(session: Session, begin: int) -> Iterator[Written]:
    """What was written from a change on."""
    asked = work_queries.changes_from(begin, list(crm_kinds)).execution_options(yield_per=READ_AT_ONCE)
    for row in session.execute(asked):
        about = moment_of(row.after)
        yield Written(row.action_id, row.actor_id, row.record_count, row.record_kind, row.verb, row.at, about)
