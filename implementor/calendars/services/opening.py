"""Business calendars: naming them, setting hours and closed days, putting them away and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.calendars import queries
from implementor.calendars.countries import country_codes, region_choices
from implementor.calendars.models import BusinessCalendar
from implementor.calendars.opening_hours import A_DAY, OpeningHours, Span
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line, folded
from implementor.foundation.timezones import time_zones
from implementor.foundation.words import Phrase, say

LONGEST_NAME = 120
MOST_CLOSED_DAYS = 1000


class CalendarIsInUse(Refusal):
    """Service levels still count by this calendar."""


@dataclass(frozen=True)
class CalendarWanted:
    """What a calendar is to be; `closed_days` are days with their names, in any order."""

    name: str
    time_zone: str
    week: tuple[tuple[Span, ...], ...]
    country: str | None = None
    region: str | None = None
    closed_days: Sequence[tuple[date, str]] = ()


def add_calendar(session: Session, wanted: CalendarWanted, *, by: Actor, at: datetime) -> BusinessCalendar:
    """Add a calendar. Raises InvalidInput."""
    calendar = BusinessCalendar(**_checked(session, wanted, None))
    session.add(calendar)
    session.flush()
    return calendar


def edit_calendar(
    session: Session, calendar: BusinessCalendar, wanted: CalendarWanted, *, by: Actor, at: datetime
) -> None:
    """Change a calendar; clocks that run keep the hours they began with. Raises InvalidInput."""
    for name, value in _checked(session, wanted, calendar.id).items():
        setattr(calendar, name, value)


def archive_calendar(session: Session, calendar: BusinessCalendar, *, by: Actor, at: datetime) -> None:
    """Put a calendar away that no service level in use counts by. Raises CalendarIsInUse."""
    names = session.scalars(queries.policies_on_calendar(calendar.id)).all()
    if names:
        raise CalendarIsInUse(
            say("%(calendar)s is used by %(policies)s. Give them another calendar first.",
                calendar=calendar.name, policies=", ".join(names))
        )  # fmt: skip
    calendar.archived_at, calendar.archived_by_id = at, by.user_id


def restore_calendar(session: Session, calendar: BusinessCalendar, *, by: Actor, at: datetime) -> None:
    """Take a calendar back into use. Raises InvalidInput when another one has its name now."""
    _refuse_second(session, calendar.name, calendar.id)
    calendar.archived_at = calendar.archived_by_id = None


def put_back(session: Session, calendar: BusinessCalendar, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Set earlier values again, for an undo; one name is still given once."""
    if values.get("archived_at", calendar.archived_at) is None:
        _refuse_second(session, values.get("name", calendar.name), calendar.id)
    for name, value in values.items():
        setattr(calendar, name, value)


def _checked(session: Session, wanted: CalendarWanted, calendar_id: int | None) -> dict[str, Any]:
    """The columns of a sound calendar."""
    country = wanted.country or None
    region = wanted.region or None
    errors: dict[str, Phrase] = {}
    if wanted.time_zone not in time_zones():
        errors["time_zone"] = say("Choose a time zone from the list.")
    if country is not None and country not in country_codes():
        errors["country"] = say("Choose a country from the list.")
    elif region is not None and region not in dict(region_choices(country or "")):
        errors["region"] = say("Choose a region of the country, or none.")
    if len(wanted.closed_days) > MOST_CLOSED_DAYS:
        errors["closed_days"] = say("At most %(most)s closed days.", most=MOST_CLOSED_DAYS)
    if errors:
        raise InvalidInput(errors)
    _check_week(wanted)
    name = _checked_name(session, wanted.name, calendar_id)
    closed = {day.isoformat(): clean_line(title)[:LONGEST_NAME] for day, title in wanted.closed_days}
    return {
        "name": name,
        "time_zone": wanted.time_zone,
        "week": [[list(span) for span in spans] for spans in wanted.week],
        "country": country,
        "region": region,
        "closed_days": [list(pair) for pair in sorted(closed.items())],
    }


def _check_week(wanted: CalendarWanted) -> None:
    """Refuse a week that is never open, for which nothing would ever be due."""
    sound = len(wanted.week) == 7 and all(0 <= start < end <= A_DAY for spans in wanted.week for start, end in spans)
    if not sound or not OpeningHours(wanted.time_zone, wanted.week).is_ever_open:
        raise InvalidInput({"monday": say("Write opening hours for at least one day of the week.")})


def _checked_name(session: Session, name: str, calendar_id: int | None) -> str:
    name = clean_line(name)
    if not name:
        raise InvalidInput({"name": say("Write a name for the calendar.")})
    if len(name) > LONGEST_NAME:
        raise InvalidInput({"name": say("A name may have %(longest)s characters.", longest=LONGEST_NAME)})
    _refuse_second(session, name, calendar_id)
    return name


def _refuse_second(session: Session, name: str, calendar_id: int | None) -> None:
    same = select(BusinessCalendar.id).where(
        BusinessCalendar.name_key == folded(name), BusinessCalendar.archived_at.is_(None)
    )
    if session.scalars(same).first() not in (None, calendar_id):
        raise InvalidInput({"name": say("There is a calendar of this name already.")})
