"""How much change an audience bears week by week: the degrees of its impacts, spread around each release.

Load of a week = sum over waves of degree x ramp. The ramp is 1 in the week of the release and falls evenly to nothing
on both sides: over `weeks_before` before it and `weeks_after` after it (field notes 5.3: three before, six after).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

WEEK = timedelta(days=7)
USUAL_BEFORE, USUAL_AFTER, USUAL_LIMIT_POINTS = 3, 6, 30


@dataclass(frozen=True)
class Ramp:
    """How load is counted: weeks on both sides of a release, and the load that is too much, in tenths of a degree."""

    weeks_before: int = USUAL_BEFORE
    weeks_after: int = USUAL_AFTER
    limit_points: int = USUAL_LIMIT_POINTS

    @property
    def limit(self) -> float:
        """The load above which an audience is overloaded."""
        return self.limit_points / 10

    def share(self, weeks: int) -> Fraction:
        """What part of a degree is borne so many weeks after the release (negative before it), from 0 to 1."""
        side = self.weeks_after if weeks >= 0 else self.weeks_before
        return max(Fraction(0), 1 - Fraction(abs(weeks), side + 1))


@dataclass(frozen=True)
class Release:
    """What a wave brings an audience on its last day: the sum of the aspects of its impacts (ten times the degree)."""

    wave_id: int
    on: date
    points: int


@dataclass(frozen=True)
class Blackout:
    """Days, both included, on which an audience (None: everybody) bears no change."""

    name: str
    starts_on: date
    ends_on: date
    audience_id: int | None

    def is_in(self, week: date, audience_id: int) -> bool:
        """Whether it touches the week that begins on this Monday, for this audience."""
        return self.audience_id in (None, audience_id) and self.starts_on < week + WEEK and self.ends_on >= week


@dataclass(frozen=True)
class LoadedWeek:
    """One week of an audience, from its Monday on. `tenths` is the load times ten."""

    week: date
    tenths: Fraction
    is_over: bool
    blackouts: tuple[str, ...] = ()

    @property
    def load(self) -> float:
        """The load, rounded to a tenth."""
        return round(float(self.tenths) / 10, 1)

    @property
    def is_clash(self) -> bool:
        """Whether change is borne in days that were to be free of it."""
        return bool(self.blackouts) and self.tenths > 0


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def weeks_of(releases: Iterable[Release], ramp: Ramp) -> list[date]:
    """Every week in which something is borne, without gaps."""
    found = [monday_of(one.on) for one in releases]
    if not found:
        return []
    first, last = min(found) - ramp.weeks_before * WEEK, max(found) + ramp.weeks_after * WEEK
    return [first + number * WEEK for number in range((last - first).days // 7 + 1)]


def loads_of(
    audience_id: int, releases: Sequence[Release], ramp: Ramp, weeks: Sequence[date], blackouts: Sequence[Blackout] = ()
) -> list[LoadedWeek]:
    """The load of one audience in each of these weeks."""
    tenths: Mapping[date, Fraction] = _summed(releases, ramp)
    return [
        LoadedWeek(
            week,
            tenths.get(week, Fraction(0)),
            tenths.get(week, Fraction(0)) > ramp.limit_points,
            tuple(one.name for one in blackouts if one.is_in(week, audience_id)),
        )
        for week in weeks
    ]


def _summed(releases: Iterable[Release], ramp: Ramp) -> Mapping[date, Fraction]:
    found: dict[date, Fraction] = defaultdict(Fraction)
    for one in releases:
        for weeks in range(-ramp.weeks_before, ramp.weeks_after + 1):
            found[monday_of(one.on) + weeks * WEEK] += one.points * ramp.share(weeks)
    return found
