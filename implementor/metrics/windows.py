"""Stretches of days that metrics look at, and days said from the day of measuring on."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, true

from implementor.foundation.measures import TimeOf
from implementor.metrics.definitions import ALL, ROLLING, SINCE, Window

Days = tuple[date | None, date | None]
"""The first and the last day; None for no bound."""
TODAY = re.compile(r"today(?:([+-])(\d{1,4}))?")


def days_of(window: Window, on: date) -> Days:
    """The days a window is of when it is measured on a day; a period of the calendar is whole, whatever the day."""
    match window.kind:
        case kind if kind == ALL:
            return None, None
        case kind if kind == ROLLING:
            return on - timedelta(days=(window.days or 1) - 1), on
        case kind if kind == SINCE:
            return window.since, on
    months = {"month": 1, "quarter": 3, "year": 12}[window.kind.removeprefix("last_")]
    first = began(on, months)
    if window.kind.startswith("last_"):
        first = began(first - timedelta(days=1), months)
    return first, began(first + timedelta(days=31 * months), months) - timedelta(days=1)


def began(day: date, months: int) -> date:
    """The first day of the calendar's month, quarter or year that holds a day."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def within_days(of: TimeOf, days: Days, zone: ZoneInfo) -> ColumnElement[bool]:
    """The records whose time lies in these days; moments by the days of the zone."""
    first, last = days
    parts: list[ColumnElement[bool]] = []
    if first is not None:
        parts.append(of.column >= (first if of.is_day else midnight(first, zone)))
    if last is not None:
        parts.append(of.column <= last if of.is_day else of.column < midnight(last + timedelta(days=1), zone))
    if not parts:
        return true()
    return and_(*parts)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day begins in a zone, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def said_from(text: str, on: date) -> str:
    """A filter's text with `today`, `today-30` and `today+7` as the days they are."""

    def day(found: re.Match[str]) -> str:
        away = int(found[2] or 0)
        return (on + timedelta(days=-away if found[1] == "-" else away)).isoformat()

    return TODAY.sub(day, text) if re.fullmatch(r"[\d.+today-]*", text) else text
