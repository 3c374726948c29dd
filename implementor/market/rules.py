"""From lead to sale in figures: steps against the step before, by what leads share, and the critical points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from implementor.crm.leads.funnel import REACHED
from implementor.crm.leads.lifecycle import MQL

WON = "won"
WAY = (MQL, *REACHED)
"""The stages of a lead that is on its way, each reached by whoever came further too."""


@dataclass(frozen=True)
class Step:
    """How many came so far, and as a ratio of the step before (None for the first, or where nobody came there)."""

    key: str
    count: int
    of_last: float | None


@dataclass(frozen=True)
class Line:
    """What became of the leads that share a value, by stage; those of no value under None."""

    value: str | None
    steps: Sequence[Step]

    @property
    def qualified(self) -> int:
        """How many were qualified by marketing."""
        return self.steps[0].count


def steps_of(furthest: Mapping[str, int]) -> list[Step]:
    """The steps of the way; `furthest` says how many came exactly so far."""
    found: list[Step] = []
    for place, stage in enumerate(WAY):
        count = sum(furthest.get(each, 0) for each in WAY[place:])
        found.append(Step(stage, count, _ratio(count, found[-1].count) if found else None))
    return found


def lines_of(rows: Iterable[tuple[str | None, str, int]]) -> list[Line]:
    """Rows (value, stage, count) as lines, the most qualified first."""
    by_value: dict[str | None, dict[str, int]] = {}
    for value, stage, count in rows:
        kept = by_value.setdefault(value or None, {})
        kept[stage] = kept.get(stage, 0) + count
    lines = [Line(value, steps_of(furthest)) for value, furthest in by_value.items()]
    return sorted(lines, key=lambda line: (-line.qualified, line.value is None, line.value or ""))


def together(lines: Iterable[Line]) -> list[Step]:
    """The steps of all lines together."""
    sums = {stage: sum(line.steps[place].count for line in lines) for place, stage in enumerate(WAY)}
    return steps_of({stage: sums[stage] - (sums[WAY[place + 1]] if place + 1 < len(WAY) else 0)
                     for place, stage in enumerate(WAY)})  # fmt: skip


@dataclass(frozen=True)
class Stay:
    """A stage of sales in a time: how many moves led out of it, the days that took on average, how many were lost."""

    name: str
    moves: int
    days: float | None
    lost: int


def critical(stays: Sequence[Stay]) -> tuple[Stay | None, Stay | None]:
    """The stage that took longest, and the one that most sales were lost from; None without any."""
    slow = max((one for one in stays if one.days is not None), key=lambda one: one.days or 0, default=None)
    worst = max(stays, key=lambda one: one.lost, default=None)
    return slow, worst if worst is not None and worst.lost else None


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
