"""Where every project of a reader stands on a day: health, next gate, milestones; read only as far as asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from implementor.finance.standing import MoneyStanding, money_of_projects
from implementor.foundation.permissions import Actor
from implementor.portfolio import queries
from implementor.portfolio.next_gate import NextGate, next_gate
from implementor.projects.models import ENDED
from implementor.stages.gate_models import SIGNED
from implementor.stages.method_store import methods_of
from implementor.status.figures import health_of_projects
from implementor.status.health import Health


@dataclass(frozen=True)
class GateRow:
    """A gate that was touched, as `next_gate` reads it."""

    is_open: bool
    review_on: date | None


@dataclass(frozen=True)
class Slip:
    """A milestone that was promised: the day, what is forecast now (None: nothing else), and how many days later."""

    title: str
    promised_on: date
    expected_on: date
    days: int


def slips(rows: Iterable[Any], on: date) -> list[Slip]:
    """Milestones not reached yet, the latest first; one whose promised day is over slips a day every day."""
    found = []
    for row in rows:
        expected = max(row.forecast_on or row.promised_on, on) if row.promised_on < on else row.forecast_on
        expected = expected or row.promised_on
        found.append(Slip(row.title, row.promised_on, expected, (expected - row.promised_on).days))
    return sorted(found, key=lambda one: (-one.days, one.promised_on))


WITHIN, OVER, NO_BUDGET = "within", "over", "none"


def money_state(money: MoneyStanding) -> str:
    """Whether a forecast is within the limit of its budget; a project without amounts, or without rates, has none."""
    if money.is_empty or not money.budget or money.forecast is None:
        return NO_BUDGET
    return OVER if money.is_over_limit else WITHIN


def without_money(health: Health) -> Health:
    """The same without the dimension of money."""
    return replace(health, dimensions=tuple(one for one in health.dimensions if one.key != "money"))


class Standings:
    """The projects that somebody may see, as they stand; the number of statements does not depend on how many."""

    def __init__(self, session: Session, actor: Actor, on: date) -> None:
        self.session, self.actor, self.on = session, actor, on

    @cached_property
    def projects(self) -> Sequence[Any]:
        """Rows of `queries.projects_seen`."""
        return self.session.execute(queries.projects_seen(self.actor)).all()

    @cached_property
    def health(self) -> dict[int, Health]:
        """The computed health of each project, by what the reader may see: money only where they see the budget."""
        ids = [row.id for row in self.projects]
        found = health_of_projects(self.session, ids, on=self.on, money=self.money)
        return {one: health if one in self.sees_money else without_money(health) for one, health in found.items()}

    @cached_property
    def sees_money(self) -> frozenset[int]:
        """Ids of the projects whose money the reader may see."""
        return frozenset(self.session.scalars(queries.money_seen_by(self.actor)))

    @cached_property
    def money(self) -> dict[int, MoneyStanding]:
        """How the money of those projects stands."""
        return money_of_projects(self.session, self.sees_money, on=self.on)

    @cached_property
    def gates(self) -> dict[int, NextGate]:
        """The next gate of each project that has one."""
        known: dict[int, dict[str, GateRow]] = defaultdict(dict)
        for row in self.session.execute(queries.gates_seen(self.actor)):
            known[row.project_id][row.name] = GateRow(row.state == SIGNED, row.review_on)
        waves = by_project(self.session.execute(queries.waves_seen(self.actor)))
        methods = methods_of(self.session, {(row.method_key, row.method_version) for row in self.projects})
        found = {}
        for row in self.projects:
            method = methods.get((row.method_key, row.method_version))
            gate = next_gate(method, known[row.id], waves[row.id], row.ends_on) if method is not None else None
            if gate is not None and row.status not in ENDED:
                found[row.id] = gate
        return found

    @cached_property
    def slips(self) -> dict[int, list[Slip]]:
        """The milestones of each project that were promised and not reached, the latest first."""
        rows = by_project(self.session.execute(queries.milestones_seen(self.actor)))
        return {project_id: slips(found, self.on) for project_id, found in rows.items()}

    def with_money(self, state: str) -> list[int]:
        """Ids of the projects whose money is in a state (`money_state`)."""
        return [project_id for project_id, one in self.money.items() if money_state(one) == state]

    def in_colour(self, colour: str) -> list[int]:
        """Ids of the projects whose health has a colour."""
        return [project_id for project_id, one in self.health.items() if one.colour == colour]


def by_project(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows with a `project_id`, by project."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return found
