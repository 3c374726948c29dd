"""The benefit map: from each objective over its benefits and metrics to the stories, with the gaps in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

SHOWN_STORIES = 6
ROW, GAP, HEAD = 46, 14, 30
WIDTH, BOX, SPACE = 1040, 222, 50
"""Four columns of boxes of this width with this much space between, in units of the drawing."""


@dataclass(frozen=True)
class Band:
    """One objective with everything that hangs on it. Benefits are (record, metric name), stories rows."""

    objective: Any
    benefits: Sequence[Any] = ()
    metrics: Sequence[Any] = ()
    stories: Sequence[Any] = ()

    @property
    def gaps(self) -> list[str]:
        """What is missing: `no_metric`, `no_baseline`, `no_story`, `no_benefit`."""
        missing = [
            ("no_benefit", not self.benefits),
            ("no_metric", not self.metrics),
            ("no_baseline", any(not metric.is_complete for metric in self.metrics)),
            ("no_story", not self.stories),
        ]
        return [gap for gap, is_missing in missing if is_missing]


@dataclass(frozen=True)
class Node:
    """A box of the drawing; `column` 0 to 3, `y` its upper edge."""

    key: tuple[str, int]
    column: int
    y: float

    @property
    def x(self) -> float:
        return self.column * (BOX + SPACE)

    @property
    def middle(self) -> float:
        return self.y + ROW / 2


@dataclass
class Layout:
    """Where everything is drawn: boxes by key, and lines between pairs of them."""

    height: float = HEAD
    nodes: dict[tuple[str, int, int], Node] = field(default_factory=dict)
    lines: list[tuple[Node, Node]] = field(default_factory=list)


def bands(
    objectives: Iterable[Any], benefits: Iterable[Any], metrics: Iterable[Any], stories: Iterable[Any]
) -> list[Band]:
    """What hangs on each objective; the rows are those of the queries of this package."""
    of: dict[str, dict[int, list[Any]]] = {name: defaultdict(list) for name in ("benefit", "metric", "story")}
    for row in benefits:
        of["benefit"][row.Benefit.objective_id].append(row.Benefit)
    for row in metrics:
        of["metric"][row.objective_id].append(row.Metric)
    for row in stories:
        of["story"][row.objective_id].append(row)
    return [Band(one, of["benefit"][one.id], of["metric"][one.id], of["story"][one.id]) for one in objectives]


def layout(found: Sequence[Band]) -> Layout:
    """Boxes in four columns, each objective in a band of its own, so that no line crosses another objective's."""
    drawn = Layout()
    for place, band in enumerate(found):
        stories = band.stories[:SHOWN_STORIES]
        more = [("more", 0)] if len(band.stories) > SHOWN_STORIES else []
        columns: list[list[tuple[str, int]]] = [
            [("objective", band.objective.id)],
            [("benefit", one.id) for one in band.benefits] or [("no_benefit", 0)],
            [("metric", one.id) for one in band.metrics] or [("no_metric", 0)],
            [*(("story", one.id) for one in stories), *more] or [("no_story", 0)],
        ]
        height = max(len(column) for column in columns) * (ROW + GAP)
        for number, column in enumerate(columns):
            _place(drawn, place, number, column, height)
        _join(drawn, place, band, columns)
        drawn.height += height + GAP
    return drawn


def _place(drawn: Layout, place: int, number: int, column: Sequence[tuple[str, int]], height: float) -> None:
    top = drawn.height + (height - len(column) * (ROW + GAP)) / 2
    for row, key in enumerate(column):
        drawn.nodes[*key, place] = Node(key, number, top + row * (ROW + GAP))


def _join(drawn: Layout, place: int, band: Band, columns: Sequence[Sequence[tuple[str, int]]]) -> None:
    def node(key: tuple[str, int]) -> Node:
        return drawn.nodes[*key, place]

    drawn.lines += [(node(columns[0][0]), node(benefit)) for benefit in columns[1]]
    known = {("metric", one.id) for one in band.metrics}
    proofs = {("benefit", one.id): ("metric", one.metric_id) for one in band.benefits}
    proved = set()
    for benefit in columns[1]:
        proof = proofs.get(benefit)
        if proof in known:
            proved.add(proof)
            drawn.lines.append((node(benefit), node(proof)))
    for benefit, metric in product(columns[1], columns[2]):
        if metric not in proved and proofs.get(benefit) not in known:
            drawn.lines.append((node(benefit), node(metric)))
    for metric in columns[2]:
        if metric not in proved and not any(line[1] is node(metric) for line in drawn.lines):
            drawn.lines.append((node(columns[0][0]), node(metric)))
    drawn.lines += [(node(metric), node(story)) for metric, story in product(columns[2], columns[3])]
