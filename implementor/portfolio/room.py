"""Hours that people have for a profile by month: their shares in waves to come, without days off and holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.working_days import WorkCalendar
from implementor.foundation.permissions import Actor
from implementor.portfolio.load import NOTHING
from implementor.portfolio.load_queries import calendars_of_projects, shares_ahead
from implementor.waves.capacity import Elsewhere, Held, days_of
from implementor.waves.capacity_queries import days_off_of, elsewhere_of
from implementor.waves.capacity_reading import elsewhere_from, held_of

HORIZON = timedelta(days=731)
"""How far ahead hours are counted; the map shows two years."""
Room = dict[str, dict[date, Decimal]]


@dataclass(frozen=True)
class Crewed:
    """A share with the working days of its wave that are still to come."""

    held: Held
    days: Sequence[date]


def room_by_month(crews: Iterable[Crewed]) -> Room:
    """Hours by profile as first written, whatever its capitals, and first day of the month; no profile is in none."""
    names: dict[str, str] = {}
    found: Room = {}
    for crew in crews:
        written = crew.held.profile.strip()
        if not written:
            continue
        hours = found.setdefault(names.setdefault(written.casefold(), written), defaultdict(lambda: NOTHING))
        for month, days in _by_month(crew.days).items():
            hours[month] += days_of(crew.held, days).available * crew.held.hours_per_day
    return found


def room_ahead(session: Session, actor: Actor, *, today: date) -> Room:
    """The same of the waves that load the programmes of the reader, from today on; four statements, or one."""
    shares = session.execute(shares_ahead(actor, today=today)).all()
    if not shares:
        return {}
    last = min(max(row.ends_on for row in shares), today + HORIZON)
    people = {row.CapacityShare.user_id for row in shares} - {None}
    calendars = _calendars(session, {row.project_id for row in shares})
    off: dict[int, set[date]] = defaultdict(set)
    for away in session.scalars(days_off_of(user_ids=people, first=today, last=last)):
        off[away.user_id].update(_each_day(max(away.starts_on, today), min(away.ends_on, last)))
    others: dict[int, list[tuple[int, Elsewhere]]] = defaultdict(list)
    for row in session.execute(elsewhere_of(user_ids=people, first=today, last=last)):
        others[row.user_id].append((row.wave_id, elsewhere_from(row)))
    worked: dict[tuple[int, date, date], list[date]] = {}
    crews = []
    for row in shares:
        span = (row.project_id, max(row.starts_on, today), min(row.ends_on, last))
        if span not in worked:
            worked[span] = calendars[row.project_id].working_days(*span[1:])
        crews.append(Crewed(_held(row.CapacityShare, off, others), worked[span]))
    return room_by_month(crews)


def _held(share: Any, off: Mapping[int, set[date]], others: Mapping[int, list[tuple[int, Elsewhere]]]) -> Held:
    held = held_of(share, None)
    if share.user_id is None:
        return held
    besides = [where for wave_id, where in others.get(share.user_id, ()) if wave_id != share.wave_id]
    return replace(held, off=off.get(share.user_id, frozenset()), elsewhere=besides)


def _calendars(session: Session, project_ids: set[int]) -> dict[int, WorkCalendar]:
    places: dict[int, tuple[str, str | None]] = {}
    closed: dict[int, set[date]] = defaultdict(set)
    for row in session.execute(calendars_of_projects(project_ids)):
        places[row.id] = (row.country, row.region)
        closed[row.id].update(date.fromisoformat(day) for day, _name in row.closed_days or ())
    return {of: WorkCalendar(*place, frozenset(closed[of])) for of, place in places.items()}


def _by_month(days: Sequence[date]) -> dict[date, list[date]]:
    found: dict[date, list[date]] = defaultdict(list)
    for day in days:
        found[day.replace(day=1)].append(day)
    return found


def _each_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))
