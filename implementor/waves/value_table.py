"""What the stories of a wave promised in value beside what was reached, in lines for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.choices import Choice
from implementor.metrics.figures import MetricFigure, figures_of
from implementor.stories.models import Criterion, TargetWaiver
from implementor.stories.value import Promise
from implementor.stories.value_queries import value_promised
from implementor.stories.value_services import promise_of
from implementor.stories.value_words import promise_choice


@dataclass(frozen=True)
class Promised:
    """A value criterion of a story of the wave; `story` is a row with id, number, title and status."""

    story: Any
    criterion: Criterion
    figure: MetricFigure
    promise: Promise
    waiver: TargetWaiver | None
    waived_by: str | None

    @property
    def choice(self) -> Choice:
        """How the promise stands, in a word with its tone."""
        return promise_choice(self.promise)


def value_table(session: Session, stories: Sequence[Any], *, project_id: int, on: date) -> list[Promised]:
    """A line for each promise, in the order of the stories (rows with id, number, title, status), in two statements."""
    known: Mapping[int, Any] = {row.id: row for row in stories}
    rows = session.execute(value_promised(project_id=project_id, story_ids=list(known))).all()
    figures = figures_of(session, [row.Metric for row in rows])
    place = {story_id: number for number, story_id in enumerate(known)}
    return [
        Promised(
            known[row.story_id], row.Criterion, figures[row.Metric.id], promise_of(row, on=on), row.TargetWaiver,
            row.waived_by,
        )
        for row in sorted(rows, key=lambda row: place[row.story_id])
    ]  # fmt: skip


def reached_count(table: Sequence[Promised]) -> int:
    """How many promises were kept."""
    return sum(one.promise.is_reached for one in table)
