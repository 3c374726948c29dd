"""A kind of record with promises that exists for one test, and what stands on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import literal
from sqlalchemy.orm import Session

from implementor.calendars.clocked_kinds import Clocked, ClockName, clocked, clocked_kind
from implementor.calendars.models import BusinessCalendar, SlaClock, SlaPolicy
from implementor.calendars.opening_hours import Span
from implementor.calendars.services.clocks import start_clocks
from implementor.calendars.services.opening import CalendarWanted, add_calendar
from implementor.calendars.services.policies import PolicyWanted, add_policy
from implementor.foundation.fields import Choice, Field, Kind
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from tests.auth.builders import working

ERRAND = "errand"
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
OFFICE: tuple[tuple[Span, ...], ...] = (*(((540, 1080),),) * 5, (), ())
"""Nine to six, Monday to Friday."""
TARGETS = {"high": {"first": 60, "settled": 240}, "low": {"first": 240}}


@contextmanager
def errands() -> Iterator[Clocked]:
    """A kind that is forgotten afterwards: what a test declares, no other test may see."""
    channel = Field(
        "channel", Kind.CHOICE, say("Channel"), literal(""),
        choices=(Choice("phone", say("Phone")), Choice("chat", say("Chat"))),
    )  # fmt: skip
    declared = Clocked(
        ERRAND,
        say("Errands"),
        (Choice("high", say("High")), Choice("low", say("Low"))),
        (ClockName("first", say("First response"), {"high": 60}), ClockName("settled", say("Settled"))),
        (channel,),
    )
    try:
        yield clocked_kind(declared)
    finally:
        clocked.pop(ERRAND, None)


def make_calendar(session: Session, name: str = "Office", **values: Any) -> BusinessCalendar:
    wanted = CalendarWanted(name, **{"time_zone": "Europe/Madrid", "week": OFFICE, **values})
    return add_calendar(session, wanted, by=SYSTEM, at=AT)


def make_policy(session: Session, calendar: BusinessCalendar, name: str = "Standard", **values: Any) -> SlaPolicy:
    wanted = PolicyWanted(name, calendar.id, **{"targets": TARGETS, "warn_ratio": Decimal("0.5"), **values})
    return add_policy(session, ERRAND, wanted, by=SYSTEM, at=AT)


def record(number: int = 1) -> RecordRef:
    return RecordRef(ERRAND, number)


def begin(
    session: Session, at: datetime, number: int = 1, priority: str = "high", **values: Any
) -> dict[str, SlaClock]:
    """The clocks of a new errand by name."""
    explicit = values.pop("explicit", None)
    clocks = start_clocks(session, record(number), priority=priority, values=values, at=at, explicit=explicit)
    return {clock.name: clock for clock in clocks}


def standard(app: Flask) -> int:
    """Office hours and one service level by them; its id."""
    with working(app) as session:
        return make_policy(session, make_calendar(session)).id


def hours(count: float) -> timedelta:
    return timedelta(hours=count)
