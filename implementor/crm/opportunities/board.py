"""The columns of a pipeline's board: its stages with their cards, how many stand there, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from implementor.crm.opportunities.worth import Rates, Sum, sum_of
from implementor.foundation.pipelines import Pipeline, Stage

ON_A_COLUMN = 50
MOST_ON_A_COLUMN = 400
CLOSED_DAYS = 30
"""Won and lost ones stay on the board for so many days."""


@dataclass(frozen=True)
class Column:
    """One stage with its newest cards; `count` and `worth` are of all that stand there."""

    stage: Stage
    cards: Sequence[Any]
    count: int
    worth: Sum

    @property
    def hidden(self) -> int:
        """How many cards are not shown."""
        return self.count - len(self.cards)


def columns_of(
    pipeline: Pipeline, totals: Iterable[Any], cards: Iterable[Any], rates: Rates, base: str
) -> list[Column]:
    """The columns to draw: stages in use, and retired ones in which something stands."""
    counted: dict[int, list[Any]] = {}
    for row in totals:
        counted.setdefault(row.stage_id, []).append(row)
    by_stage: dict[int, list[Any]] = {}
    for card in cards:
        by_stage.setdefault(card.stage_id, []).append(card)
    return [
        Column(
            stage,
            by_stage.get(stage.id or 0, []),
            sum(row.records for row in counted.get(stage.id or 0, [])),
            sum_of(((row.currency, row.amount) for row in counted.get(stage.id or 0, [])), base, rates),
        )
        for stage in pipeline.stages
        if stage.is_active or stage.id in counted
    ]
