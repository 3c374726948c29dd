"""Reading what a wave can carry: its people, their other waves, days nobody works, and the pace of finished waves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.working_days import FURTHEST, WorkCalendar
from implementor.waves import capacity_queries as queries
from implementor.waves.capacity import (
    Elsewhere,
    Held,
    TimeToCome,
    WaveCapacity,
    capacity_from,
    days_of,
    pace_of,
    time_to_come,
)
from implementor.waves.models import CapacityShare, Wave


@dataclass(frozen=True)
class Span:
    """A wave as far as days count."""

    id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Ground:
    """What the capacity of the waves of a project stands on; `past` are (points validated, days) of
    finished ones, `worked` the working days of each."""

    calendar: WorkCalendar
    rate: Decimal | None
    held: dict[int, list[Held]]
    past: Sequence[tuple[Decimal, Decimal]]
    worked: Sequence[int] = ()


def capacity_of(session: Session, wave: Wave, *, today: date) -> WaveCapacity:
    """What a wave can carry from its first to its last day, in six statements however many people there are.

    A wave that is over is measured by those that were closed besides it.
    """
    return capacities_of(session, [wave], today=today)[wave.id]


def capacities_of(session: Session, waves: Sequence[Wave], *, today: date) -> dict[int, WaveCapacity]:
    """The same of several waves of one project, by id, in the same six statements."""
    return capacities_on(ground_of(session, waves), waves)


def capacities_on(ground: Ground, waves: Sequence[Wave]) -> dict[int, WaveCapacity]:
    """The same by what was read of these waves before."""
    pace = pace_of(ground.past, ground.rate)
    return {
        wave.id: capacity_from(
            ground.held.get(wave.id, []), working_days(ground.calendar, wave), stated=wave.capacity_points, pace=pace
        )
        for wave in waves
    }


def time_of(session: Session, waves: Sequence[Wave]) -> TimeToCome | None:
    """The time people have in these waves to come against that of the last finished ones; six statements, or none."""
    if not waves:
        return None
    ground = ground_of(session, waves)
    coming = [
        (sum((days_of(one, worked).available for one in ground.held.get(wave.id, [])), Decimal(0)), len(worked))
        for wave in waves
        if (worked := working_days(ground.calendar, wave))
    ]
    return time_to_come(coming, [(days, worked) for (_, days), worked in zip(ground.past, ground.worked, strict=True)])


def working_days(calendar: WorkCalendar, wave: Wave) -> list[date] | None:
    """The days worked in a wave; None of one without both dates, or so long that a date is mistyped."""
    if wave.starts_on is None or wave.ends_on is None or wave.ends_on - wave.starts_on > FURTHEST:
        return None
    return calendar.working_days(wave.starts_on, wave.ends_on)


def calendar_of(session: Session, *, project_id: int) -> tuple[WorkCalendar, Decimal | None]:
    """The days a project works on, closed days of the company left out, and the rate it states; two statements."""
    place = session.execute(queries.place_of(project_id=project_id)).one()
    closed = session.execute(queries.closed_days_in(project_id=project_id))
    days = frozenset(date.fromisoformat(day) for row in closed for day, _name in row.closed_days)
    return WorkCalendar(place.country, place.region, days), place.points_per_day


def ground_of(session: Session, waves: Sequence[Wave]) -> Ground:
    """Read all of it for waves of one project; six statements."""
    project_id = waves[0].project_id
    calendar, rate = calendar_of(session, project_id=project_id)
    past = session.execute(queries.past_waves(project_id=project_id, but=[wave.id for wave in waves])).all()
    shares = session.execute(
        queries.shares_of(wave_ids=[*(wave.id for wave in waves), *(row.id for row in past)])
    ).all()
    ran: list[Any] = [*waves, *past]
    spans = [Span(one.id, one.starts_on, one.ends_on) for one in ran if one.starts_on and one.ends_on]
    held = _held(session, shares, spans, calendar)
    measured, worked_days = [], []
    for row in past:
        worked = calendar.working_days(row.starts_on, row.ends_on) if row.ends_on - row.starts_on <= FURTHEST else []
        days = sum((days_of(one, worked).available for one in held.get(row.id, [])), Decimal(0))
        measured.append((Decimal(row.points), days))
        worked_days.append(len(worked))
    return Ground(calendar, rate, held, measured, worked_days)


def _held(
    session: Session, shares: Sequence[Any], spans: Sequence[Span], calendar: WorkCalendar
) -> dict[int, list[Held]]:
    first = min((one.starts_on for one in spans), default=date.max)
    last = max((one.ends_on for one in spans), default=date.min)
    ids = {share.user_id for share, _ in shares if share.user_id is not None}
    off: dict[int, set[date]] = defaultdict(set)
    for row in session.scalars(queries.days_off_of(user_ids=ids, first=first, last=last)):
        off[row.user_id].update(_worked(calendar, max(row.starts_on, first), min(row.ends_on, last)))
    others: dict[int, list[tuple[int, Elsewhere]]] = defaultdict(list)
    for other in session.execute(queries.elsewhere_of(user_ids=ids, first=first, last=last)):
        others[other.user_id].append((other.wave_id, elsewhere_from(other)))
    held: dict[int, list[Held]] = defaultdict(list)
    for share, name in shares:
        one = held_of(share, name)
        if share.user_id is not None:
            besides = [where for wave_id, where in others[share.user_id] if wave_id != share.wave_id]
            one = replace(one, off=off[share.user_id], elsewhere=besides)
        held[share.wave_id].append(one)
    return held


def held_of(share: CapacityShare, name: str | None) -> Held:
    """A stored share as it is counted."""
    key = f"p{share.id}" if share.user_id is None else f"u{share.user_id}"
    label = name or share.label or ""
    profile = share.profile or (share.label or "")
    return Held(key, share.user_id, label, profile, share.share, share.hours_per_day, share.people)


def elsewhere_from(row: Any) -> Elsewhere:
    """A row of `elsewhere_of` as it is counted."""
    # who built a wave that went live early is free from then on
    ends_on = row.ends_on if row.closed_at is None else min(row.ends_on, row.closed_at.date())
    return Elsewhere(row.project_id, row.project_key, row.number, row.name, row.share, row.starts_on, ends_on)


def _worked(calendar: WorkCalendar, first: date, last: date) -> Iterable[date]:
    return calendar.working_days(first, last) if last - first <= FURTHEST else ()
