"""The forecast of a project: its own past weeks, what each open wave has left, and when that will be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from math import ceil
from typing import Any

from sqlalchemy.orm import Session

from implementor.waves import throughput_queries as queries
from implementor.waves.awaiting import TAIL, Delivery, first_waiting, joint_chance, joint_day
from implementor.waves.forecast import (
    FEWEST,
    SHARES,
    Draws,
    Forecast,
    draws_between,
    draws_from,
    simulate,
)
from implementor.waves.throughput import Week, weekly
from implementor.waves.wave_backtest import WaveTrial, wave_trials

REMEMBERED = timedelta(weeks=260)
SEED = 1
RUNS_FOR = 50
"""Stories by which the runs of a forecast grow."""


@dataclass(frozen=True)
class Assumptions:
    """What a person says beside the past.

    `capacity` is the per cent of a usual week that people have; `low`, `likely` and `high` are stories a week, for who
    does not want to follow the past; `seed` is the start of the dice.
    """

    capacity: int = 100
    low: float | None = None
    likely: float | None = None
    high: float | None = None
    seed: int = SEED

    @property
    def estimates(self) -> tuple[float, float, float] | None:
        """The three numbers in their order, where all are given."""
        if self.low is None or self.likely is None or self.high is None:
            return None
        low, likely, high = sorted((self.low, self.likely, self.high))
        return low, likely, high


@dataclass(frozen=True)
class WaveForecast:
    """When a wave will be done: its own stories `left`, those of waves `ahead` that come first, and the odds.

    `dates` maps chances (per cent) to days, None where five years do not suffice; `chance` is that of the promised day,
    0 to 1, None where none is promised. `waits` is what it, or a wave before it, waits for from other projects.
    """

    wave: Any
    left: int
    ahead: int
    dates: dict[int, date | None]
    chance: float | None
    waits: Sequence[Delivery] = ()


@dataclass(frozen=True)
class ProjectForecast:
    """The past weeks, how scopes grew, and the open waves in their order. Without `runs` there is nothing to go by."""

    today: date
    weeks: Sequence[Week]
    growth: tuple[float, ...]
    assumptions: Assumptions
    runs: Forecast | None
    waves: Sequence[WaveForecast] = field(default_factory=list)

    @property
    def is_unsure(self) -> bool:
        """Whether the past is too short to be trusted."""
        return len(self.weeks) < FEWEST

    def day_for(self, quantity: float, share: int) -> date | None:
        """The day by which so many stories are done with that chance."""
        weeks = None if self.runs is None else self.runs.weeks_for(quantity, share)
        return None if weeks is None else self.today + timedelta(days=ceil(weeks * 7))

    def done_by(self, day: date, share: int) -> float:
        """How many stories are done by that day with that chance, between two whole weeks in equal parts."""
        if self.runs is None:
            return 0.0
        weeks = max((day - self.today).days / 7, 0.0)
        before, after = self.runs.done_by(int(weeks), share), self.runs.done_by(int(weeks) + 1, share)
        return before + (after - before) * (weeks - int(weeks))

    def of_wave(self, number: int) -> WaveForecast | None:
        """The forecast of one open wave."""
        return next((one for one in self.waves if one.wave.number == number), None)


def forecast_of(
    session: Session, *, project_id: int, at: datetime, zone: tzinfo, assumptions: Assumptions
) -> ProjectForecast:
    """The forecast as it stands at `at`; weeks and days are those of `zone`.

    Five statements, and four for each project that it waits for.
    """
    weeks = weeks_of(session, project_id=project_id, at=at, zone=zone)
    growth = growth_of(session, project_id=project_id)
    open_ones = [row for row in session.execute(queries.scopes_of(project_id=project_id)) if row.closed_at is None]
    draws = _draws(weeks, assumptions)
    made = ProjectForecast(at.astimezone(zone).date(), weeks, growth, assumptions, None)
    if draws is None:
        return made
    everything = sum(row.left for row in open_ones)
    awaited = _awaited(session, project_id=project_id, at=at, zone=zone)
    enough = _enough(everything * (TAIL if awaited else 1))
    runs = simulate(draws, enough, seed=assumptions.seed, growth=growth, capacity=assumptions.capacity / 100)
    made = replace(made, runs=runs)
    ahead, waves = 0, []
    needed_by = [(first_waiting([row.ends_on for row in open_ones], one.needed_on), one) for one in awaited]
    for place, row in enumerate(open_ones):
        waves.append(_of_wave(made, row, ahead, [one for first, one in needed_by if first <= place]))
        ahead += row.left
    return replace(made, waves=waves)


def _awaited(session: Session, *, project_id: int, at: datetime, zone: tzinfo) -> list[Delivery]:
    """What the project waits for, each by the forecast of who delivers it, where that says anything."""
    today = at.astimezone(zone).date()
    rows = session.execute(queries.awaited_by(project_id=project_id)).all()
    pasts = {one: _past_of(session, one, at, zone) for one in {row.supplier_id for row in rows}}
    return [_delivery(row, *pasts[row.supplier_id], today) for row in rows]


def _past_of(
    session: Session, project_id: int, at: datetime, zone: tzinfo
) -> tuple[list[Any], Draws | None, tuple[float, ...]]:
    """The open waves of a project, what a week of it may bring, and how its scopes grew."""
    scopes = session.execute(queries.scopes_of(project_id=project_id))
    draws = _draws(weeks_of(session, project_id=project_id, at=at, zone=zone), Assumptions())
    return [row for row in scopes if row.closed_at is None], draws, growth_of(session, project_id=project_id)


def _delivery(row: Any, waves: Sequence[Any], draws: Draws | None, growth: tuple[float, ...], today: date) -> Delivery:
    wanted = row.promised_on or row.needed_on
    made = Delivery(row.what, row.supplier_id, row.needed_on, row.promised_on, max(wanted, today))
    due = [place for place, wave in enumerate(waves, 1) if wave.ends_on is not None and wave.ends_on <= wanted]
    left = sum(wave.left for wave in waves[: max(due, default=0)])
    if draws is None or not left:
        return made
    return replace(made, left=left, runs=simulate(draws, _enough(left * TAIL), seed=SEED, growth=growth))


def _enough(quantity: float) -> float:
    """So many stories in steps, so that one more or less asks for runs that are known already."""
    return float(ceil(max(quantity, 1) / RUNS_FOR) * RUNS_FOR)


def weeks_of(session: Session, *, project_id: int, at: datetime, zone: tzinfo) -> list[Week]:
    """The whole weeks of a project's past, at most five years of them."""
    began = session.execute(queries.beginning_of(project_id=project_id)).scalar()
    if began is None or began > at:
        return []
    since = max(began, at - REMEMBERED)
    finishes = [row.at for row in session.execute(queries.finishes_of(project_id=project_id, since=since))]
    return weekly(finishes, began=since, at=at, zone=zone)


def waves_tried(session: Session, *, project_id: int, at: datetime, zone: tzinfo) -> list[WaveTrial]:
    """Each wave that is over with what would have been stated at its start, the latest first, in three statements."""
    began = session.execute(queries.beginning_of(project_id=project_id)).scalar()
    if began is None or began > at:
        return []
    since = max(began, at - REMEMBERED)
    waves = session.execute(queries.finished_waves_of(project_id=project_id, since=since)).all()
    finishes = [row.at for row in session.execute(queries.finishes_of(project_id=project_id, since=since))]
    return wave_trials(waves, finishes, began=since, zone=zone)


def growth_of(session: Session, *, project_id: int) -> tuple[float, ...]:
    """What the scopes of closed waves became of what they had promised; (1.0,) before any was closed."""
    rows = session.execute(queries.growths_of(project_id=project_id)).all()
    return tuple((row.promised + row.added) / row.promised for row in rows if row.promised) or (1.0,)


def _draws(weeks: Sequence[Week], assumptions: Assumptions) -> Draws | None:
    if assumptions.estimates is not None:
        return draws_between(*assumptions.estimates)
    if len(weeks) < FEWEST or not any(week.finished for week in weeks):
        return None
    return draws_from([week.finished for week in weeks])


def _of_wave(made: ProjectForecast, row: Any, ahead: int, waits: Sequence[Delivery]) -> WaveForecast:
    runs = made.runs
    assert runs is not None
    quantity = row.left + ahead if row.left else 0
    counted = waits if row.left else ()
    chance = None
    if row.ends_on is not None:
        # the promised day itself is still to be used
        chance = joint_chance(runs, quantity, ((row.ends_on - made.today).days + 1) / 7, row.ends_on, counted)
    dates = {share: made.day_for(quantity, share) for share in SHARES}
    if counted:
        dates = {share: joint_day(runs, quantity, share, counted, today=made.today, own=dates[share])
                 for share in SHARES}  # fmt: skip
    return WaveForecast(row, row.left, ahead, dates, chance, counted)
