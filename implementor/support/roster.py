"""The roster of support: which promised hours nobody covers, and who is reachable now or next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.opening_hours import OpeningHours
from implementor.calendars.queries import calendars, policies
from implementor.foundation.words import Phrase, say
from implementor.support import queries

Span = tuple[datetime, datetime]
DAYS_AHEAD = 7
A_DAY = timedelta(days=1)


def faults_of_shift(_session: Session, shift: Any) -> dict[str, Phrase]:
    """Hours end after they begin."""
    if shift.starts_at and shift.ends_at and shift.ends_at <= shift.starts_at:
        return {"ends_at": say("The end comes after the beginning.")}
    return {}


def promised_hours(session: Session) -> OpeningHours | None:
    """The hours of the service level that is tried first for requests, else of the only calendar; None without."""
    levels = session.scalars(policies(record_kind="support_request")).all()
    if levels:
        return levels[0].calendar.hours
    known = session.scalars(calendars()).all()
    return known[0].hours if len(known) == 1 else None


def open_spans(hours: OpeningHours, since: datetime, until: datetime) -> list[Span]:
    """The promised hours between two moments, cut at both, in order."""
    zone = hours.time_zone
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    found: list[Span] = []
    while day <= last:
        midnight = datetime.combine(day, time(), zone)
        for first, end in hours.spans_on(day):
            span = [(midnight + timedelta(minutes=one)).astimezone(UTC) for one in (first, end)]
            found.append((max(span[0], since), min(span[1], until)))
        day += A_DAY
    return [span for span in sorted(found) if span[0] < span[1]]


def gaps(promised: Iterable[Span], covered: Iterable[Span]) -> list[Span]:
    """What of the promised time nobody covers, in order."""
    kept, found = sorted(covered), list[Span]()
    for first, last in promised:
        for begins, ends in kept:
            if begins >= last:
                break
            if begins > first:
                found.append((first, begins))
            first = max(first, ends)
        if first < last:
            found.append((first, last))
    return found


def roster_of(session: Session, project_id: int, at: datetime) -> dict[str, Any]:
    """The hours of the next seven days, the gaps in what was promised, and whether anything was promised.

    Hours that are for one audience alone cover nothing for the others.
    """
    until = at + DAYS_AHEAD * A_DAY
    rows = session.execute(queries.shifts_between(project_id=project_id, since=at, until=until)).all()
    hours = promised_hours(session)
    promised = open_spans(hours, at, until) if hours else []
    covered = [(row.starts_at, row.ends_at) for row in rows if row.audience is None]
    return {"shifts": rows, "gaps": gaps(promised, covered), "is_promised": hours is not None, "days": DAYS_AHEAD}


def reachable(session: Session, project_id: int, at: datetime) -> tuple[Sequence[Any], Any]:
    """Who is reachable now, and the next hours after now if there are any within seven days."""
    until = at + DAYS_AHEAD * A_DAY
    rows = session.execute(queries.shifts_between(project_id=project_id, since=at, until=until)).all()
    return [row for row in rows if row.starts_at <= at], next((row for row in rows if row.starts_at > at), None)
