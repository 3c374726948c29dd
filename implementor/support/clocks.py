"""What a request is promised: a first answer and being settled, counted in open hours by a service level."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.calendars.clocked_kinds import Clocked, ClockName, clocked_kind
from implementor.calendars.services.clocks import (
    cancel_clocks,
    meet_clock,
    pause_clocks,
    reprioritise_clocks,
    resume_clocks,
    start_clocks,
)
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.support.catalogue import PRIORITIES, SUPPORT_REQUEST
from implementor.support.models import SupportRequest

FIRST, SETTLED = "first_answer", "settled"
CONDITIONS = ("kind",)
"""Fields that service levels may have conditions on."""


def declare_clocks() -> None:
    """Make the promises known; times of new service levels in minutes of open time."""
    clocked_kind(Clocked(
        "support_request", SUPPORT_REQUEST.label_plural, tuple(reversed(PRIORITIES)),
        (
            ClockName(FIRST, say("First answer"), {"urgent": 60, "high": 240, "normal": 480, "low": 960}),
            ClockName(SETTLED, say("Time to settle"), {"urgent": 480, "high": 960, "normal": 2400, "low": 4800}),
        ),
        tuple(SUPPORT_REQUEST.fields[name] for name in CONDITIONS),
    ))  # fmt: skip


def record_of(found: SupportRequest) -> RecordRef:
    """The request as clocks know it."""
    return RecordRef("support_request", found.id)


def begin(session: Session, found: SupportRequest, at: datetime, *names: str) -> None:
    """Promise what the service level says, from now; some of it alone where names are given."""
    values = {name: getattr(found, name) for name in CONDITIONS}
    start_clocks(session, record_of(found), priority=found.priority, values=values, at=at, names=names or None)


def answered(session: Session, found: SupportRequest, at: datetime) -> None:
    """Its sender heard from us; the first time counts."""
    meet_clock(session, record_of(found), FIRST, at=at)


def settled(session: Session, found: SupportRequest, at: datetime) -> None:
    """Nothing more is to be done for it."""
    answered(session, found, at)
    meet_clock(session, record_of(found), SETTLED, at=at)


def passed_on(session: Session, found: SupportRequest, at: datetime) -> None:
    """A story goes on with it, whose wave promises the rest."""
    answered(session, found, at)
    cancel_clocks(session, record_of(found), at=at)


def follow_priority(session: Session, found: SupportRequest, before: str, at: datetime) -> None:
    """Aim at the times of another priority."""
    if found.priority != before:
        reprioritise_clocks(session, record_of(found), found.priority, at=at)


def rest(session: Session, record: RecordRef, at: datetime) -> None:
    """While a request is put away, its clocks stand still."""
    pause_clocks(session, record, at=at)


def go_on(session: Session, record: RecordRef, at: datetime) -> None:
    """What was left of its promises is left."""
    resume_clocks(session, record, at=at)
