"""Figures of a run: medians and percentiles, the table people read, the file programs read."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEAD = (
    "case",
    "db",
    "size",
    "p50 ms",
    "p95 ms",
    "8 at once/s",
    "SQL",
    "bytes",
    "limit ms",
    "ratio",
    "wire",
    "raw SQL",
    "draw",
)


@dataclass(frozen=True)
class Figure:
    """One measured case. Times in milliseconds; `limit_ms` is wire + raw SQL + bare template (or a raw commit)."""

    name: str
    db: str
    size: str
    p50_ms: float
    p95_ms: float
    rps_8: float
    statements: int
    bytes: int
    limit_ms: float
    ratio: float
    wire_ms: float
    sql_ms: float
    draw_ms: float


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return percentile(values, 50)


def percentile(values: Sequence[float], rank: float) -> float:
    """The smallest value that at least `rank` per cent of the values do not exceed."""
    ordered = sorted(values)
    place = -(-len(ordered) * rank // 100)  # rounded up
    return ordered[max(0, int(place) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of even columns."""
    rows = [HEAD, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) if place < 3 else cell.rjust(width)
                  for place, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )  # fmt: skip


def _cells(one: Figure) -> tuple[str, ...]:
    times = (one.wire_ms, one.sql_ms, one.draw_ms)
    return (
        one.name, one.db, one.size, f"{one.p50_ms:.1f}", f"{one.p95_ms:.1f}", f"{one.rps_8:.0f}", str(one.statements),
        f"{one.bytes:,}", f"{one.limit_ms:.2f}", f"{one.ratio:.1f}", *(f"{time:.2f}" for time in times),
    )  # fmt: skip


def growth(figures: Sequence[Figure]) -> list[str]:
    """How much slower each case is on the large data than on the small, where both were measured."""
    small = {(one.name, one.db): one.p50_ms for one in figures if one.size == "small"}
    large = [one for one in figures if one.size == "large" and (one.name, one.db) in small]
    return [f"{one.name} on {one.db}: large / small = {one.p50_ms / small[one.name, one.db]:.2f}" for one in large]


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures as a list of objects."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=1) + "\n", encoding="utf-8")
