"""How far a clock is: the open time it took, what is left of it, and when it is due and warned of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from implementor.calendars.deadlines import business_time_between, due
from implementor.calendars.models import BREACHED, CANCELLED, MET, PAUSED, RUNNING, SlaClock
from implementor.calendars.opening_hours import OpeningHours, hours_from_json
from implementor.foundation.fields import Choice
from implementor.foundation.words import say

SECOND = timedelta(seconds=1)
CLOCK_STATES = (
    Choice(RUNNING, say("Running"), "review"),
    Choice(PAUSED, say("Paused")),
    Choice(MET, say("Met"), "ok"),
    Choice(BREACHED, say("Breached"), "off"),
    Choice(CANCELLED, say("Cancelled")),
)


class Conditional(Protocol):
    """Something with conditions, such as a policy."""

    @property
    def conditions(self) -> Mapping[str, Any]: ...


Policy = TypeVar("Policy", bound=Conditional)


def first_that_fits(policies: Iterable[Policy], values: Mapping[str, Any]) -> Policy | None:
    """The first policy all of whose conditions hold for a record's values; None when none fits."""
    for policy in policies:
        if all(values.get(field) in accepted for field, accepted in policy.conditions.items() if accepted):
            return policy
    return None


def hours_of(clock: SlaClock) -> OpeningHours:
    """The opening hours a clock began with."""
    return hours_from_json(clock.terms_version.terms["hours"])


def elapsed_at(clock: SlaClock, at: datetime) -> timedelta:
    """The open time that counts at a moment, in whole seconds; time in which the clock was paused does not."""
    counted = timedelta(seconds=clock.elapsed_seconds)
    if clock.state == PAUSED or not clock.is_open:
        return counted
    return counted + business_time_between(clock.counting_since, at, hours_of(clock)) // SECOND * SECOND


def remaining_at(clock: SlaClock, at: datetime) -> timedelta:
    """The open time that is left, negative once it is more than all."""
    return timedelta(seconds=clock.target_seconds) - elapsed_at(clock, at)


def due_from(at: datetime, target: timedelta, elapsed: timedelta, hours: OpeningHours) -> datetime:
    """When a clock that counts from now is due; now, where its time is over already."""
    return due(at, target - elapsed, hours) if elapsed < target else at


def warning_from(at: datetime, target: timedelta, elapsed: timedelta, ratio: Decimal, hours: OpeningHours) -> datetime:
    """When somebody should hear that a clock will be due."""
    early = timedelta(seconds=int(int(target.total_seconds()) * ratio))
    return due_from(at, early, elapsed, hours)
