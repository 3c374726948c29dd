"""Clocks of records that lived elsewhere: rows for bulk inserts of imports and the demo world, which tell nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from implementor.calendars.clock_times import SECOND, due_from, warning_from
from implementor.calendars.deadlines import business_time_between
from implementor.calendars.models import BREACHED, CANCELLED, MET, PAUSED, RUNNING, SlaPolicyVersion
from implementor.calendars.opening_hours import OpeningHours, hours_from_json
from implementor.foundation.records import RecordRef

Pause = tuple[datetime, datetime | None]
"""From and to; none where a pause still lasts."""


def past_clock(
    record: RecordRef,
    name: str,
    version: SlaPolicyVersion,
    *,
    priority: str,
    started_at: datetime,
    pauses: Sequence[Pause] = (),
    met_at: datetime | None = None,
    cancelled_at: datetime | None = None,
) -> dict[str, Any] | None:
    """The columns of a `SlaClock` that went through all this, as the services would have left it.

    `pauses` are in order and do not overlap. None where the terms promise nothing of that name.
    """
    minutes = version.terms["targets"].get(priority, {}).get(name)
    if minutes is None:
        return None
    hours = hours_from_json(version.terms["hours"])
    course = _Course(hours, timedelta(minutes=minutes), Decimal(version.terms["warn_ratio"]), started_at)
    course.wait(pauses)
    if met_at is not None or cancelled_at is not None:
        course.end(min(each for each in (met_at, cancelled_at) if each is not None), is_met=met_at is not None)
    return {
        "record_kind": record.kind,
        "record_id": record.id,
        "name": name,
        "version_id": version.id,
        "priority": priority,
        "target_seconds": minutes * 60,
        "is_explicit": False,
        "started_at": started_at,
        "warned_at": None,
        "met_at": met_at,
        "cancelled_at": cancelled_at,
        **course.columns(),
    }


class _Course:
    """What happens to one clock, one thing after the other."""

    def __init__(self, hours: OpeningHours, target: timedelta, ratio: Decimal, at: datetime) -> None:
        self.hours, self.target, self.ratio = hours, target, ratio
        self.elapsed = timedelta(0)
        self.state = RUNNING
        self.paused_at: datetime | None = None
        self.breached_at: datetime | None = None
        self.due_at: datetime | None = None
        self.warn_at: datetime | None = None
        self._aim(at)

    def wait(self, pauses: Sequence[Pause]) -> None:
        """Stop and go on, as long as there is something left to stop."""
        for begins, ends in pauses:
            self._notice_breach(begins)
            if self.state == BREACHED:
                return
            self._count(begins)
            if ends is None:
                self.state, self.paused_at, self.due_at, self.warn_at = PAUSED, begins, None, None
                return
            self._aim(ends)

    def end(self, at: datetime, *, is_met: bool) -> None:
        """Be met or called off."""
        self._notice_breach(at)
        if self.state != PAUSED:
            self._count(at)
        if self.breached_at is None:
            self.state = MET if is_met else CANCELLED
            if not is_met:
                self.due_at = self.warn_at = None

    def columns(self) -> dict[str, Any]:
        """What of it is stored."""
        return {
            "state": self.state,
            "counting_since": self.since,
            "elapsed_seconds": self.elapsed // SECOND,
            "due_at": self.due_at,
            "warn_at": self.warn_at,
            "paused_at": self.paused_at,
            "breached_at": self.breached_at,
        }

    def _aim(self, at: datetime) -> None:
        self.since = at
        self.due_at = due_from(at, self.target, self.elapsed, self.hours)
        self.warn_at = warning_from(at, self.target, self.elapsed, self.ratio, self.hours)

    def _count(self, at: datetime) -> None:
        self.elapsed += business_time_between(self.since, at, self.hours) // SECOND * SECOND

    def _notice_breach(self, at: datetime) -> None:
        if self.state == RUNNING and self.due_at is not None and at > self.due_at:
            self.state, self.breached_at = BREACHED, self.due_at
