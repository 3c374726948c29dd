"""What a charter takes from elsewhere: objectives in figures and roles, live until somebody signs it, then frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from implementor.discovery.scoreboard import ObjectiveFigures
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import Phrase
from implementor.metrics.models import Metric
from implementor.metrics.wording import shown_value, target_text

OF_METRIC = ("name", "unit", "currency", "direction", "baseline", "target", "target_top", "due_on")


@dataclass(frozen=True)
class Aim:
    """An objective with its metrics as a charter prints them; `figures` are rows (name, baseline, target, due day)."""

    statement: str
    figures: Sequence[tuple[str, str, str, date | None]]


@dataclass(frozen=True)
class RoleOfCharter:
    """A role and the ids of those who hold it."""

    label: Phrase
    people: Sequence[int]


def parts_now(board: Sequence[ObjectiveFigures], held: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """Objectives and roles as a charter keeps them; `held` are ids of people by role."""
    return {
        "objectives": [
            {"statement": one.objective.statement, "metrics": [_kept(figure.metric) for figure in one.figures]}
            for one in board
        ],
        "roles": [{"role": role, "people": list(people)} for role, people in held.items() if people],
    }


def aims_of(parts: Mapping[str, Any]) -> list[Aim]:
    """The objectives of a charter in the reader's words."""
    return [Aim(one["statement"], [_figure(kept) for kept in one["metrics"]]) for one in parts["objectives"]]


def roles_of(parts: Mapping[str, Any]) -> list[RoleOfCharter]:
    """The roles of a charter, in the order of the domain."""
    return [RoleOfCharter(ROLE_LABELS[Role(one["role"])], one["people"]) for one in parts["roles"]]


def people_of(parts: Mapping[str, Any]) -> set[int]:
    """The ids of everybody whom a charter names in a role."""
    return {person for one in parts["roles"] for person in one["people"]}


def _kept(metric: Metric) -> dict[str, Any]:
    values = {name: getattr(metric, name) for name in OF_METRIC}
    return {
        name: str(value) if isinstance(value, (Decimal, date)) else value
        for name, value in values.items()
        if value is not None
    }


def _figure(kept: Mapping[str, Any]) -> tuple[str, str, str, date | None]:
    numbers = {name: Decimal(kept[name]) for name in ("baseline", "target", "target_top") if name in kept}
    metric = Metric(**{**kept, **numbers, "due_on": None})
    due = date.fromisoformat(kept["due_on"]) if "due_on" in kept else None
    return metric.name, shown_value(metric, metric.baseline), target_text(metric), due
