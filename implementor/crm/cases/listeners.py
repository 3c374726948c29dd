"""What cases hear from below: the customer was answered, the terms of clocks changed, limits come up or pass, and
cases are put away and brought back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.calendars.events import ClocksRebased, SlaBreached, SlaNear
from implementor.crm.cases import limits, queries, telling
from implementor.crm.cases.models import Case
from implementor.crm.interactions.events import Answered
from implementor.foundation.events import listens_to
from implementor.lists.events import BroughtBack, PutAway


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


@listens_to(SlaNear)
def tell_of_near_limit(session: Session, event: SlaNear) -> None:
    """Who answers for the case hears that a promise is nearly due."""
    if event.record.kind == Case.__record_kind__:
        telling.tell_of_limit(session, event, telling.NEAR)


@listens_to(SlaBreached)
def tell_of_broken_promise(session: Session, event: SlaBreached) -> None:
    """And that one was not kept."""
    if event.record.kind == Case.__record_kind__:
        telling.tell_of_limit(session, event, telling.LATE)


@listens_to(PutAway)
def rest_with_case(session: Session, event: PutAway) -> None:
    """While a case is put away, its clocks stand still: nothing is late that nobody works on."""
    if event.record.kind == Case.__record_kind__:
        for case in session.scalars(queries.cases_by_id([event.record.id])):
            limits.rest(session, case, event.at)


@listens_to(BroughtBack)
def go_on_with_case(session: Session, event: BroughtBack) -> None:
    """What was left of its promises is left, unless the case waits."""
    if event.record.kind == Case.__record_kind__:
        for case in session.scalars(queries.cases_by_id([event.record.id])):
            limits.go_on(session, case, event.at)
