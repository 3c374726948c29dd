"""Objectives in figures: each with its metrics, where they stand today, and what is still missing to judge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from implementor.discovery import queries
from implementor.discovery.models import Objective
from implementor.foundation.choices import Choice
from implementor.metrics.catalogue import PERSPECTIVES, PRIORITIES
from implementor.metrics.figures import MetricFigure, figures_of
from implementor.metrics.models import Metric


@dataclass(frozen=True)
class ObjectiveFigures:
    """An objective with the figures it is judged by."""

    objective: Objective
    owner: str | None
    figures: Sequence[MetricFigure]

    @property
    def priority(self) -> Choice | None:
        return next((one for one in PRIORITIES if one.key == self.objective.priority), None)

    @property
    def is_judged(self) -> bool:
        """Whether it has a priority and a metric, and every one of its metrics baseline, target and both days."""
        complete = bool(self.figures) and all(one.metric.is_complete for one in self.figures)
        return complete and self.objective.priority is not None


def scoreboard(
    session: Session, *, project_id: int, on: date | None = None, given_only: bool = False
) -> list[ObjectiveFigures]:
    """The objectives of a project in figures, in three statements.

    They stand as on a day; without one they are held to their targets themselves.
    """
    rows = session.execute(queries.objectives_of_project(project_id=project_id, given_only=given_only)).all()
    if not rows:
        return []
    ids = [row.Objective.id for row in rows]
    linked: dict[int, list[Metric]] = defaultdict(list)
    for row in session.execute(queries.metrics_of_objectives(project_id=project_id, objective_ids=ids)):
        linked[row.objective_id].append(row.Metric)
    metrics = [metric for found in linked.values() for metric in found]
    found = figures_of(session, metrics, on=on)
    return [
        ObjectiveFigures(row.Objective, row.owner, [found[metric.id] for metric in linked[row.Objective.id]])
        for row in rows
    ]


def by_perspective(board: Sequence[ObjectiveFigures]) -> list[tuple[Choice | None, list[ObjectiveFigures]]]:
    """The objectives under their perspectives, in the usual order; those without one last."""
    found: list[tuple[Choice | None, list[ObjectiveFigures]]] = []
    for choice in (*PERSPECTIVES, None):
        of_it = [one for one in board if one.objective.perspective == (choice.key if choice else None)]
        if of_it:
            found.append((choice, of_it))
    return found
