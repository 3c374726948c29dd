"""Load by profile over time: the effort of stories spread over the working days of their waves, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NOTHING = Decimal(0)
MOST_MONTHS = 24
A_DAY = timedelta(days=1)
TIGHT = Decimal("0.85")
"""The part of the hours that people have from which work hardly fits."""
NO_ROOM: Mapping[str, Mapping[date, Decimal]] = {}
FRIDAY = 4


@dataclass
class LoadCell:
    """One profile in one month: hours, those of projects that the reader does not see, and those that people have."""

    hours: Decimal = NOTHING
    hidden: Decimal = NOTHING
    stories: int = 0
    room: Decimal = NOTHING

    @property
    def is_over(self) -> bool:
        """Whether more is wanted, in whole hours, than people have."""
        return self.shown > self.shown_room

    @property
    def is_tight(self) -> bool:
        """Whether people have hardly more than is wanted."""
        return self.hours >= self.room * TIGHT

    @property
    def shown_room(self) -> Decimal:
        """Hours that people have, whole ones."""
        return self.room.quantize(Decimal(1), ROUND_HALF_UP)

    @property
    def shown(self) -> Decimal:
        """Hours to read: whole ones."""
        return self.hours.quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True)
class LoadRow:
    """A profile with its cells, one a month, and the share of each of the highest of the map (0 to 1)."""

    profile: str
    cells: Sequence[LoadCell]
    shares: Sequence[Decimal]

    @property
    def has_people(self) -> bool:
        """Whether anybody has time for it in these months."""
        return any(one.room for one in self.cells)

    @property
    def total(self) -> Decimal:
        """All its hours, whole ones."""
        return sum((one.hours for one in self.cells), NOTHING).quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True)
class MonthFit:
    """Points of waves against what they can carry, spread over a month; `capacity` None: nobody said."""

    points: Decimal = NOTHING
    capacity: Decimal | None = None

    @property
    def is_over(self) -> bool:
        """Whether more is planned than can be carried."""
        return self.capacity is not None and self.points > self.capacity


@dataclass(frozen=True)
class LoadMap:
    """The months (their first days), a row for each profile, and points against capacity for each month."""

    months: Sequence[date]
    rows: Sequence[LoadRow]
    fits: Sequence[MonthFit]
    hidden: Decimal = field(default=NOTHING)


def month_shares(starts_on: date, ends_on: date) -> dict[date, Decimal]:
    """First day of each month -> which part of the working days from start to end lies in it; parts add up to 1."""
    days: dict[date, int] = defaultdict(int)
    day = starts_on
    while day <= ends_on:
        if day.weekday() <= FRIDAY:
            days[day.replace(day=1)] += 1
        day += A_DAY
    if not days:
        return {starts_on.replace(day=1): Decimal(1)}
    whole = sum(days.values())
    return {month: Decimal(count) / whole for month, count in days.items()}


def ahead(starts_on: date, ends_on: date, today: date) -> tuple[date, date]:
    """The part of a wave that is still to come, in which the rest has to be done; that of a late wave is today."""
    return max(starts_on, today), max(ends_on, today)


def load_map(
    efforts: Iterable[Any], waves: Iterable[Any], *, first: date, room: Mapping[str, Mapping[date, Decimal]] = NO_ROOM
) -> LoadMap:
    """The map from the day `first` on, today.

    `efforts` are rows (profile, hours, stories, starts_on, ends_on, is_seen) of work that is not done, `waves` rows
    (points, capacity_points, starts_on, ends_on); both days are known and in order. `room` are the hours that people
    have by profile and month. Profiles are one whatever their capitals.
    """
    begin = first.replace(day=1)
    cells: dict[str, dict[date, LoadCell]] = defaultdict(lambda: defaultdict(LoadCell))
    names: dict[str, str] = {}
    for row in efforts:
        name = names.setdefault(row.profile.strip().casefold(), row.profile.strip())
        for month, share in month_shares(*ahead(row.starts_on, row.ends_on, first)).items():
            cell = cells[name][month]
            cell.hours += row.hours * share
            cell.hidden += NOTHING if row.is_seen else row.hours * share
            cell.stories += row.stories
    for profile, hours in room.items():
        name = names.setdefault(profile.strip().casefold(), profile.strip())
        for month, had in hours.items():
            cells[name][month].room += had
    fits = _fits(waves, begin)
    months = sorted({*fits, *(month for found in cells.values() for month in found)})[:MOST_MONTHS]
    most = max((cell.hours for found in cells.values() for cell in found.values()), default=NOTHING)
    rows = [_row(name, [cells[name][month] for month in months], most) for name in sorted(cells, key=str.casefold)]
    hidden = sum((cell.hidden for row in rows for cell in row.cells), NOTHING)
    return LoadMap(months, rows, [fits.get(month, MonthFit()) for month in months], hidden)


def _row(name: str, cells: Sequence[LoadCell], most: Decimal) -> LoadRow:
    return LoadRow(name, cells, [one.hours / most if most else NOTHING for one in cells])


def _fits(waves: Iterable[Any], begin: date) -> dict[date, MonthFit]:
    found: dict[date, MonthFit] = {}
    for wave in waves:
        for month, share in month_shares(wave.starts_on, wave.ends_on).items():
            if month < begin:
                continue
            known = found.get(month, MonthFit())
            capacity = known.capacity
            if wave.capacity_points is not None:
                capacity = (capacity or NOTHING) + wave.capacity_points * share
            found[month] = MonthFit(known.points + (wave.points or NOTHING) * share, capacity)
    return found
