"""How much open time is left until the limit of a case, in words, from what its own row of a list has."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sqlalchemy import ScalarSelect, String, cast, select

from implementor.calendars.deadlines import business_time_between
from implementor.calendars.durations import write_duration
from implementor.calendars.models import SlaClock, SlaPolicyVersion
from implementor.calendars.opening_hours import A_DAY, OpeningHours, hours_from_json
from implementor.crm.cases.models import Case
from implementor.foundation.words import Phrase, say, say_n

MINUTE = timedelta(minutes=1)


def terms_of_limit() -> ScalarSelect[str]:
    """The terms by which the clock counts that is up first, as text: a column beside `due_at`."""
    return (
        select(cast(SlaPolicyVersion.terms, String))
        .join(SlaClock, SlaClock.version_id == SlaPolicyVersion.id)
        .where(
            SlaClock.record_kind == Case.__record_kind__,
            SlaClock.record_id == Case.id,
            SlaClock.due_at == Case.due_at,
            SlaClock.met_at.is_(None),
            SlaClock.cancelled_at.is_(None),
        )
        .order_by(SlaClock.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def told_until(due_at: datetime | None, terms: str | None) -> Phrase | None:
    """The open time until a limit, or since, at this moment; nothing where nothing counts."""
    return None if due_at is None or terms is None else time_left(due_at, _hours(terms), datetime.now(UTC))


def time_left(due_at: datetime, hours: OpeningHours, at: datetime) -> Phrase:
    """The same at any moment. A day is as long as the longest one that these hours are open."""
    if at <= due_at:
        return say("%(time)s left", time=_length(business_time_between(at, due_at, hours), hours))
    return say("over by %(time)s", time=_length(business_time_between(due_at, at, hours), hours))


def _length(time: timedelta, hours: OpeningHours) -> Phrase | str:
    minutes, a_day = time // MINUTE, _longest_day(hours)
    if minutes < 2 * a_day:
        return write_duration(minutes)
    return say_n("%(count)s open day", "%(count)s open days", minutes // a_day)


def _longest_day(hours: OpeningHours) -> int:
    return max(sum(end - start for start, end in spans) for spans in hours.week) or A_DAY


@lru_cache(maxsize=64)
def _hours(terms: str) -> OpeningHours:
    """The same few service levels stand in every row."""
    return hours_from_json(json.loads(terms)["hours"])
