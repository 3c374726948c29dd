"""Who talked with customers how often: interactions counted by person, team or week, and by channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

By = Literal["person", "team", "week"]
BY: tuple[By, ...] = ("person", "team", "week")
"""The report may be parted by fields of interactions too, those of one's own among them."""
MOST_WEEKS = 53


@dataclass(frozen=True)
class Counted:
    """How many interactions a person had on a channel in a week; `week` counts from 0, the first of the period."""

    owner_id: int | None
    channel: str
    week: int
    count: int


@dataclass(frozen=True)
class Figures:
    """One row of the report: who or when, the count of each channel, and the filter that opens the records.

    `narrowed` is a further part of that filter, where the report is parted by a field.
    """

    key: str
    label: str
    owners: tuple[int | None, ...]
    first: date
    last: date
    counts: Mapping[str, int]
    narrowed: Mapping[str, str] = field(default_factory=dict)

    def of(self, channel: str) -> int:
        """The count of one channel."""
        return self.counts.get(channel, 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included; its weeks begin on Mondays, the first and last may be shorter."""

    first: date
    last: date

    @property
    def weeks(self) -> list[tuple[date, date]]:
        """The first and last day of each week of the period."""
        found, first = [], self.first
        while first <= self.last:
            sunday = first + timedelta(days=6 - first.weekday())
            found.append((first, min(sunday, self.last)))
            first = sunday + timedelta(days=1)
        return found


def by_person(counted: Iterable[Counted], names: Mapping[int, str], period: Period, nobody: str) -> list[Figures]:
    """One row for each person who did anything, the busiest first."""
    found = _grouped((one.owner_id, one) for one in counted)
    rows = [
        Figures(str(owner or "none"), names.get(owner or 0, nobody), (owner,), period.first, period.last, counts)
        for owner, counts in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.total, row.label))


def by_team(
    counted: Iterable[Counted], teams: Sequence[tuple[int, str, tuple[int, ...]]], period: Period
) -> list[Figures]:
    """One row for each team (id, name, ids of its people); who is in two teams counts in both."""
    members = [(team_id, set(people)) for team_id, _name, people in teams]
    found = _grouped((team_id, one) for one in counted for team_id, people in members if one.owner_id in people)
    return [
        Figures(str(team_id), name, people, period.first, period.last, found.get(team_id, {}))
        for team_id, name, people in teams
    ]


def by_week(counted: Iterable[Counted], owners: tuple[int | None, ...], period: Period) -> list[Figures]:
    """One row for each week of the period, the first first; `owners` are whose interactions were counted."""
    found = _grouped((one.week, one) for one in counted)
    return [
        Figures(first.isoformat(), first.isoformat(), owners, first, last, found.get(number, {}))
        for number, (first, last) in enumerate(period.weeks)
    ]


def by_value(
    rows: Iterable[tuple[Any, str, int]], names: Mapping[Any, str], name: str, period: Period, nothing: str
) -> list[Figures]:
    """One row for each value of the field `name`, of rows (value, channel, count), the most frequent first."""
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for value, channel, count in rows:
        found[value][channel] = count
    told = {value: nothing if value is None else str(names.get(value, value)) for value in found}
    figures = [
        Figures(str(value), told[value], (), period.first, period.last, counts, {name: _asked(value)})
        for value, counts in found.items()
    ]
    return sorted(figures, key=lambda row: (-row.total, row.label))


def _asked(value: Any) -> str:
    """A value as the address of a list asks for it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "y" if value else "n"
    return value.isoformat() if isinstance(value, date) else str(value)


def _grouped(pairs: Iterable[tuple[Any, Counted]]) -> dict[Any, dict[str, int]]:
    found: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, one in pairs:
        found[key][one.channel] += one.count
    return found
