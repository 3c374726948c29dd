"""The scorecard: a project's metrics in lines, the goals of every CRM first, then by perspective; live and frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.discovery.scorecard_queries import metrics_of_scorecard
from implementor.foundation.choices import Choice
from implementor.foundation.words import Phrase, say
from implementor.metrics.catalogue import PERSPECTIVES, PRIORITIES
from implementor.metrics.figures import SPARKED, MetricFigure, figures_of
from implementor.metrics.models import Metric
from implementor.metrics.standing import Reading, standing

GOALS, OTHERS = say("The goals of every CRM"), say("Without perspective")
KEPT = (
    "id", "name", "unit", "currency", "direction", "baseline", "baseline_on", "target", "target_top", "due_on",
    "margin", "perspective", "priority",
)  # fmt: skip
"""What is frozen of a metric; numbers and days as text."""
NUMBERS, DAYS = ("baseline", "target", "target_top", "margin"), ("baseline_on", "due_on")
URGENCY = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True)
class Lines:
    """The metrics under one heading."""

    heading: Phrase
    figures: Sequence[MetricFigure]


def scorecard(session: Session, *, project_id: int, on: date) -> list[tuple[MetricFigure, bool]]:
    """Every metric in use as it stands on a day, with whether it judges a given goal, in two statements."""
    rows = session.execute(metrics_of_scorecard(project_id=project_id)).all()
    figures = figures_of(session, [row.Metric for row in rows], on=on)
    return [(figures[row.Metric.id], bool(row.is_goal)) for row in rows]


def under_headings(found: Iterable[tuple[MetricFigure, bool]]) -> list[Lines]:
    """The goals, then each perspective in its order, the most urgent first; headings without metrics are left out."""
    rows = sorted(found, key=lambda one: URGENCY.get(one[0].metric.priority or "", 3))
    parts = [Lines(GOALS, [figure for figure, is_goal in rows if is_goal])]
    for choice in (*PERSPECTIVES, None):
        key, heading = (choice.key, choice.label) if choice is not None else (None, OTHERS)
        parts.append(Lines(heading, [one for one, is_goal in rows if not is_goal and one.metric.perspective == key]))
    return [one for one in parts if one.figures]


def frozen(figure: MetricFigure, is_goal: bool) -> dict[str, Any]:
    """What is kept of a line, so that it is drawn the same whatever becomes of the metric."""
    kept: dict[str, Any] = {name: getattr(figure.metric, name) for name in KEPT}
    kept |= {name: None if kept[name] is None else str(kept[name]) for name in (*NUMBERS, *DAYS)}
    readings = [[one.day.isoformat(), str(one.value)] for one in figure.readings[-SPARKED:]]
    return {**kept, "is_goal": is_goal, "readings": readings}


def thawed(kept: Mapping[str, Any], *, on: date) -> tuple[MetricFigure, bool]:
    """A frozen line as it stood on the day of its edition."""
    values = {name: kept[name] for name in KEPT}
    values |= {name: None if kept[name] is None else Decimal(kept[name]) for name in NUMBERS}
    values |= {name: None if kept[name] is None else date.fromisoformat(kept[name]) for name in DAYS}
    metric = Metric(**values)
    readings = [Reading(date.fromisoformat(day), Decimal(value)) for day, value in kept["readings"]]
    return MetricFigure(metric, standing(metric.goal, readings, on=on), readings), bool(kept["is_goal"])


def priority_of(figure: MetricFigure) -> Choice | None:
    """The word and tone of a metric's priority."""
    return next((one for one in PRIORITIES if one.key == figure.metric.priority), None)
