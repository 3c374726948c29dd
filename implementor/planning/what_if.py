"""What a scenario makes of a plan: other rooms, other ends of waves, other places of stories. Pure rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from implementor.calendars.working_days import FURTHEST, WorkCalendar
from implementor.planning.greedy import greedy_plan
from implementor.planning.posing import PROFILE, Posed
from implementor.planning.problem import OUT as KEPT_OUT
from implementor.planning.problem import PINNED, POINTS, Plan, Problem, Room
from implementor.planning.scenario_models import CAPACITY, END, OUT, PEOPLE, PERSON, STORY

ONE = Decimal(1)


@dataclass(frozen=True)
class Altered:
    """A plan under a scenario. `ends` and `paces` are by place of the wave: its last day, and its room against usual.

    `ignored` are changes that mean nothing any more: their wave has started or their story is over.
    """

    problem: Problem
    plan: Plan
    ends: Mapping[int, date | None]
    paces: Mapping[int, Decimal]
    ignored: Sequence[Any] = ()


def altered(posed: Posed, changes: Sequence[Any], *, fills: bool) -> Altered:
    """The plan with these changes (rows of `ScenarioChange`); with `fills` free room holds the best stories."""
    places = {wave.id: place for place, wave in enumerate(posed.waves)}
    known = [one for one in changes if _means_something(one, posed, places)]
    ends: dict[int, date | None] = {place: wave.ends_on for place, wave in enumerate(posed.waves)}
    ends |= {places[one.wave_id]: one.on_date for one in known if one.kind == END}
    rooms, paces = [], {}
    for place, room in enumerate(posed.problem.rooms):
        own = [one for one in known if one.wave_id == room.wave_id]
        holds = _holds(posed, place, own, ends[place])
        rooms.append(Room(room.wave_id, holds))
        paces[place] = _pace(room.holds, holds, own)
    moves = {one.story_id: places.get(one.wave_id) for one in known if one.kind in (STORY, OUT)}
    problem = Problem(tuple(_pinned(one, moves) for one in posed.problem.candidates), tuple(rooms))
    kept = {**posed.present, **moves}
    plan = greedy_plan(problem) if fills else {number: place for number, place in kept.items() if place is not None}
    return Altered(problem, plan, ends, paces, [one for one in changes if one not in known])


def _means_something(change: Any, posed: Posed, places: Mapping[int, int]) -> bool:
    if change.kind in (STORY, OUT) and change.story_id not in posed.rows:
        return False
    return change.kind == OUT or change.wave_id in places


def _pinned(one: Any, moves: Mapping[int, int | None]) -> Any:
    if one.id not in moves:
        return one
    place = moves[one.id]
    return replace(one, standing=KEPT_OUT, only=None) if place is None else replace(one, standing=PINNED, only=place)


def _holds(posed: Posed, place: int, changes: Sequence[Any], end: date | None) -> dict[str, int]:
    """Room under changes: people first, then the days, then the per cent of everything."""
    wave = posed.waves[place]
    holds = {key: Decimal(held) for key, held in posed.problem.rooms[place].holds.items()}
    for change in changes:
        if change.kind in (PERSON, PEOPLE):
            for key, more in _of_people(posed.capacities[place], change).items():
                if key in holds:
                    holds[key] += more * 100
    factor = _share_of_days(posed.calendar, wave.starts_on, wave.ends_on, end)
    for change in changes:
        if change.kind == CAPACITY:
            factor *= change.amount / 100
    return {key: max(int((held * factor).to_integral_value()), 0) for key, held in holds.items()}


def _of_people(capacity: Any, change: Any) -> dict[str, Decimal]:
    """Points and hours that people bring more, or less."""
    if change.kind == PERSON:
        share = change.amount / 100 - 1
        found = [one for one in capacity.people if one.key == change.person_key]
        return _sums([(one.profile, (one.points or 0) * share, one.hours * share) for one in found])
    heads = [one for one in capacity.people if one.days > 0]
    if not heads:
        return {}
    points = sum((one.points or Decimal(0) for one in heads), Decimal(0)) / len(heads)
    hours = sum((one.hours for one in heads), Decimal(0)) / len(heads)
    return _sums([(change.profile or "", points * change.amount, hours * change.amount)])


def _sums(lines: Sequence[tuple[str, Decimal, Decimal]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for profile, points, hours in lines:
        total[POINTS] = total.get(POINTS, Decimal(0)) + points
        key = PROFILE + profile.strip().casefold()
        total[key] = total.get(key, Decimal(0)) + hours
    return total


def _share_of_days(calendar: WorkCalendar, start: date | None, end: date | None, other: date | None) -> Decimal:
    """The days that the project works until a moved end against those until the stated one, holidays left out."""
    if start is None or end is None or other is None or end == other:
        return ONE
    worked, stated = (len(calendar.working_days(start, min(day, start + FURTHEST))) for day in (other, end))
    return Decimal(worked) / max(stated, 1)


def _pace(before: Mapping[str, int], after: Mapping[str, int], changes: Sequence[Any]) -> Decimal:
    """How fast a wave is worked on against usual: by its points for each day, the moved end being no help by itself."""
    if POINTS in before and before[POINTS] and not any(one.kind == END for one in changes):
        return Decimal(after[POINTS]) / before[POINTS]
    factor = ONE
    for change in changes:
        if change.kind == CAPACITY:
            factor *= change.amount / 100
    return factor
