"""A roadmap as a thing of its own: lines with bars and marks on days, what waits for what, and the window looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

MONTH, QUARTER, YEAR, ALL = "month", "quarter", "year", "all"
ZOOMS = {MONTH: 45, QUARTER: 120, YEAR: 400, ALL: 0}
"""Days in sight of each zoom, the nearest first; all of them for the last."""
BEFORE_TODAY = 4
"""The part of a window that lies before today: a quarter of it."""
MARGIN = timedelta(days=7)
GATE, MILESTONE, FORECAST = "gate", "milestone", "forecast"
WAVE, STAGE, PROJECT, MARKS = "wave", "stage", "project", "marks"


@dataclass(frozen=True)
class Mark:
    """Something on a day: a gate, a milestone as promised, or where it is forecast now."""

    kind: str
    on: date
    label: str
    url: str
    is_done: bool = False
    is_late: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the roadmap. Without days it has no bar and is told in words; `state` is that of what it shows."""

    key: str
    kind: str
    project: str
    label: str
    url: str
    first: date | None = None
    last: date | None = None
    state: str = ""
    marks: tuple[Mark, ...] = ()
    count: int = 0
    """Of a line that stands for several: how many."""

    @property
    def days(self) -> list[date]:
        """Every day that it touches."""
        return [one for one in (self.first, self.last) if one is not None] + [mark.on for mark in self.marks]


@dataclass(frozen=True)
class Wait:
    """The line `later` waits for `earlier`, for `count` reasons; violated where that ends only after this begins."""

    earlier: str
    later: str
    count: int
    is_violated: bool


@dataclass(frozen=True)
class Window:
    """The days in sight, both included."""

    first: date
    last: date

    def moved(self, step: int) -> Window:
        """Half of its length later, or earlier."""
        by = timedelta(days=max(1, (self.last - self.first).days // 2) * step)
        return Window(self.first + by, self.last + by)

    def shows(self, first: date | None, last: date | None) -> bool:
        """Whether any of these days is in sight."""
        return first is not None and last is not None and first <= self.last and last >= self.first


def is_violated(ends_on: date | None, starts_on: date | None, *, is_over: bool = False) -> bool:
    """Whether what is waited for ends only after its dependant begins; without both days nobody can say so."""
    return not is_over and ends_on is not None and starts_on is not None and ends_on >= starts_on


def window_of(lines: Iterable[Line], zoom: str, today: date, start: date | None = None) -> Window:
    """The days in sight: around today or from `start` on, or everything that there is and today."""
    length = ZOOMS[zoom]
    if length:
        first = start or today - timedelta(days=length // BEFORE_TODAY)
        return Window(first, first + timedelta(days=length))
    days = [day for line in lines for day in line.days] + [today]
    return Window(min(days) - MARGIN, max(days) + MARGIN)


def month_starts(window: Window, most: int = 12) -> list[date]:
    """First days of months in sight, thinned to so many at even distances."""
    found, day = [], date(window.first.year, window.first.month, 1)
    while day <= window.last:
        if day >= window.first:
            found.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    step = -(-len(found) // most) if found else 1
    return found[::step]


def collapsed(lines: Sequence[Line]) -> list[Line]:
    """Each project as one line from its first to its last day, with its gates and milestones and how many waves."""
    of_project: dict[str, list[Line]] = {}
    for line in lines:
        if line.kind == PROJECT:
            of_project[line.project] = [line]
        elif line.project in of_project:
            of_project[line.project].append(line)
    return [_whole(found) for found in of_project.values()]


def _whole(lines: Sequence[Line]) -> Line:
    days = [day for line in lines for day in line.days]
    return replace(
        lines[0], first=min(days, default=None), last=max(days, default=None),
        marks=tuple(mark for line in lines for mark in line.marks), count=sum(line.kind == WAVE for line in lines),
    )  # fmt: skip
