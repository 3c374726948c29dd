"""A metric in a line, ready for any page: its values in the reader's words, its standing and a small picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from implementor.foundation.charts import Element, sparkline
from implementor.foundation.choices import Choice
from implementor.metrics.catalogue import state_choice
from implementor.metrics.models import Metric
from implementor.metrics.services import standings
from implementor.metrics.standing import Reading, Standing
from implementor.metrics.wording import finding, short_value, target_text

SPARKED = 24
"""Measurements that a small line shows."""
THE_END = date.max
"""A day when every line has arrived at its target: on it a metric is held to the target itself."""


@dataclass(frozen=True)
class MetricFigure:
    """A metric in a line: its standing, and its values in the reader's words."""

    metric: Metric
    standing: Standing
    readings: Sequence[Reading]

    @property
    def state(self) -> Choice:
        return state_choice(self.standing.state)

    @property
    def baseline(self) -> str:
        return short_value(self.metric, self.metric.baseline)

    @property
    def latest(self) -> str:
        return short_value(self.metric, self.standing.latest.value if self.standing.latest else None)

    @property
    def target(self) -> str:
        return target_text(self.metric, short=True)

    @property
    def finding(self) -> str:
        return str(finding(self.metric, self.standing))

    @property
    def spark(self) -> Element | None:
        """A small line of the last measurements with the target; None before there are two."""
        values = [one.value for one in self.readings[-SPARKED:]]
        return sparkline(values, aim=self.metric.target) if len(values) > 1 else None


def figures_of(session: Session, metrics: Iterable[Metric], *, on: date | None = None) -> dict[int, MetricFigure]:
    """Metrics of one project as lines, by id, in one statement; without a day they are held to their targets."""
    known = {metric.id: metric for metric in metrics}
    found = standings(session, known.values(), on=THE_END if on is None else on)
    return {key: MetricFigure(metric, *found[key]) for key, metric in known.items()}
