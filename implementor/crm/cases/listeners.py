"""What cases hear from below: the customer was answered, and the terms of clocks changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.calendars.events import ClocksRebased
from implementor.crm.cases import limits, queries
from implementor.crm.cases.models import Case
from implementor.crm.interactions.events import Answered
from implementor.foundation.events import listens_to


@listens_to(Answered)
def keep_promise_to_answer(session: Session, event: Answered) -> None:
    """The first thing that goes out about a case is its first response."""
    if event.about.kind != Case.__record_kind__:
        return
    for case in session.scalars(queries.cases_by_id([event.about.id])):
        limits.answer(session, case, max(event.at, case.opened_at))
        limits.refresh(session, case)


@listens_to(ClocksRebased)
def follow_other_terms(session: Session, event: ClocksRebased) -> None:
    """The limits that stand beside cases follow their clocks."""
    if event.record_kind != Case.__record_kind__:
        return
    for case in session.scalars(queries.cases_by_id(list(event.record_ids))):
        limits.refresh(session, case)
