"""The clocks of a case: what its status, priority and answers do to them, and which of their limits is up first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars import queries as clock_queries
from implementor.calendars.models import SlaClock
from implementor.calendars.services.clocks import (
    cancel_clocks,
    meet_clock,
    pause_clocks,
    reprioritise_clocks,
    resume_clocks,
    start_clocks,
)
from implementor.crm.cases.facts import Standing
from implementor.crm.cases.models import DONE, WAITING, Case
from implementor.crm.cases.words import FIRST_RESPONSE, RESOLUTION
from implementor.foundation.records import RecordRef

CONDITIONS = ("category", "channel")
"""Fields that service levels may have conditions on."""


def record_of(case: Any) -> RecordRef:
    """The case as clocks know it."""
    return RecordRef(Case.__record_kind__, case.id)


def conditions_of(case: Any) -> dict[str, Any]:
    """What a service level may ask of a case, or of the columns of one."""
    return {name: getattr(case, name) for name in CONDITIONS}


def begin(session: Session, case: Case) -> None:
    """Promise what the service level says, from the moment the case was opened."""
    start_clocks(
        session, record_of(case), priority=case.priority, values=conditions_of(case), at=case.opened_at
    )  # fmt: skip


def follow(session: Session, case: Case, before: Standing, at: datetime) -> None:
    """Let the clocks do what follows from a change of priority and status, and keep the limit beside the case."""
    drive(session, case, before, at)
    refresh(session, case)


def drive(session: Session, case: Any, before: Standing, at: datetime) -> None:
    """Let the clocks of a case, or of its columns, do what follows from a change of priority and status."""
    record = record_of(case)
    if case.duplicate_of_id is not None and before.duplicate_of is None:
        cancel_clocks(session, record, at=at)
    if before.priority is not None and case.priority != before.priority:
        reprioritise_clocks(session, record, case.priority, at=at)
    if case.status != before.status:
        _follow_status(session, case, before.status or "", record, at)


def _follow_status(session: Session, case: Any, was: str, record: RecordRef, at: datetime) -> None:
    if case.status in DONE:
        if case.duplicate_of_id is not None:
            return  # its promises are called off
        answer(session, case, at)
        meet_clock(session, record, RESOLUTION, at=at)
        return
    if was in DONE:
        start_clocks(
            session, record, priority=case.priority, values=conditions_of(case), at=at, names=[RESOLUTION]
        )  # fmt: skip
    if case.status in WAITING:
        pause_clocks(session, record, at=at)
    elif was in WAITING:
        resume_clocks(session, record, at=at)


def answer(session: Session, case: Any, at: datetime) -> None:
    """The customer heard from us; the first time counts."""
    case.first_response_at = case.first_response_at or at
    meet_clock(session, record_of(case), FIRST_RESPONSE, at=at)


def rest(session: Session, case: Case, at: datetime) -> None:
    """The case is put away: nothing counts until it comes back."""
    pause_clocks(session, record_of(case), at=at)
    refresh(session, case)


def go_on(session: Session, case: Case, at: datetime) -> None:
    """The case came back: what is left of its promises counts again, unless it waits."""
    if case.status not in WAITING:
        resume_clocks(session, record_of(case), at=at)
    refresh(session, case)


def refresh(session: Session, case: Case) -> None:
    """Keep beside the case which limit is up first."""
    session.flush()
    case.due_at, case.warn_at = present_limit(session, case.id)


def present_limit(session: Session, case_id: int) -> tuple[datetime | None, datetime | None]:
    """Due and warning moment of what is up first for a case."""
    statement = clock_queries.open_clocks(record_kind=Case.__record_kind__, record_id=case_id)
    return first_limit(session.scalars(statement))


def first_limit(clocks: Iterable[SlaClock]) -> tuple[datetime | None, datetime | None]:
    """Due and warning moment of the open clock that is due first; none where nothing counts."""
    counting = [clock for clock in clocks if clock.is_open and clock.due_at is not None]
    if not counting:
        return None, None
    first = min(counting, key=lambda clock: (clock.due_at, clock.id))
    return first.due_at, first.warn_at
