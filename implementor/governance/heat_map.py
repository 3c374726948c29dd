"""The map of risks: five rows of probability by five columns of impact, each cell with the risks that stand in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from implementor.governance.risk_rating import LEVELS, Band, band_of


@dataclass(frozen=True)
class MapCell:
    """One cell; `risks` are rows with id, number and title."""

    probability: int
    impact: int
    risks: Sequence[Any]

    @property
    def score(self) -> int:
        return self.probability * self.impact

    @property
    def band(self) -> Band:
        """The band of every risk in the cell."""
        return band_of(self.score)


@dataclass(frozen=True)
class RiskMap:
    """The whole map, the most probable row first; `counts` says how many risks are in each band."""

    rows: Sequence[Sequence[MapCell]]
    counts: dict[Band, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def drawn_map(rated: Sequence[Any]) -> RiskMap:
    """The map of rows that have probability and impact, both from 1 to 5."""
    placed: dict[tuple[int, int], list[Any]] = defaultdict(list)
    counts: dict[Band, int] = {"low": 0, "medium": 0, "high": 0}
    for row in rated:
        placed[row.probability, row.impact].append(row)
        counts[band_of(row.probability * row.impact)] += 1
    rows = [
        [MapCell(probability, impact, tuple(placed[probability, impact])) for impact in LEVELS]
        for probability in reversed(LEVELS)
    ]
    return RiskMap(rows, counts)


def moment_of(day: date, zone: str) -> datetime:
    """The last moment of a day where the reader is."""
    return datetime.combine(day, time.max, ZoneInfo(zone)).astimezone(UTC)
