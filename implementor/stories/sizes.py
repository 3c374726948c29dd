"""Stories to compare with while estimating: for each size, a few of the project that were finished with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

EXAMPLES = 3
A_DAY = 86_400


@dataclass(frozen=True)
class Size:
    """One size: how many stories were finished with it, the median of days they took, and some to compare with.

    `days` is None where nobody recorded a beginning. Chosen ones come first, then those that took nearest to the
    median, the latest first among equals.
    """

    points: Decimal
    count: int
    days: Decimal | None
    examples: tuple[Any, ...]


def sizes_of(rows: Iterable[Any]) -> list[Size]:
    """Sizes from rows (points, begun_at, finished_at, is_chosen, number, …) of finished stories, the smallest first."""
    by_points: dict[Decimal, list[Any]] = {}
    for row in rows:
        by_points.setdefault(row.points, []).append(row)
    return [_size(points, found) for points, found in sorted(by_points.items())]


def _size(points: Decimal, rows: list[Any]) -> Size:
    known = [taken for row in rows if (taken := _taken(row)) is not None]
    middle = median(known) if known else None

    def order(row: Any) -> tuple[bool, float, float]:
        taken = _taken(row)
        apart = abs(taken - middle) if middle is not None and taken is not None else float("inf")
        return (not row.is_chosen, apart, -row.finished_at.timestamp() if row.finished_at else 0.0)

    most = max(EXAMPLES, sum(1 for row in rows if row.is_chosen))
    days = None if middle is None else (Decimal(middle) / A_DAY).quantize(Decimal("0.1"))
    return Size(points, len(rows), days, tuple(sorted(rows, key=order)[:most]))


def _taken(row: Any) -> float | None:
    """Seconds from the first beginning to the first validation."""
    if row.begun_at is None or row.finished_at is None or row.finished_at < row.begun_at:
        return None
    return float((row.finished_at - row.begun_at).total_seconds())
