"""A project with people of several roles and a metric, for tests of metrics and of what is judged by them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import Actor, Role
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.metrics import services
from implementor.metrics.models import Measurement, Metric
from tests.auth.builders import Person, add_named, reading, working
from tests.machinery.pages import Browser
from tests.projects.builders import NOW, add_project, browser_of

PEOPLE = {"lead": Role.PROJECT_LEAD, "sponsor": Role.SPONSOR, "member": Role.MEMBER, "viewer": Role.VIEWER}
CYCLE: dict[str, Any] = {
    "name": "Sales cycle", "unit": "days", "direction": "down", "baseline": Decimal(50), "target": Decimal(40),
    "baseline_on": date(2026, 1, 1), "due_on": date(2026, 4, 11), "margin": Decimal("0.1"),
}  # fmt: skip
"""From 50 to 40 days in 100 days: a tenth of a day each."""


@dataclass
class Aim:
    """A project with its people."""

    app: Flask
    project_id: int
    people: dict[str, Person]

    def by(self, who: str = "lead") -> Actor:
        """One of the people with their role in the project."""
        return self.people[who].actor.with_roles([PEOPLE[who]])

    def browser(self, who: str = "lead") -> Browser:
        """A browser in which this person is signed in."""
        return browser_of(self.app, self.people[who])

    def metric(self, **values: Any) -> int:
        """A metric; returns its id."""
        with working(self.app, self.by()) as session:
            wanted = {**CYCLE, **values}
            return services.create_metric(
                session, project_id=self.project_id, values=wanted, by=self.by(), at=NOW
            ).id  # fmt: skip

    def measure(self, metric_id: int, *measured: tuple[date, str]) -> None:
        """Write measurements down."""
        with working(self.app, self.by()) as session:
            for day, value in measured:
                metric = session.get_one(Metric, metric_id)
                services.measure(
                    session, metric, on=day, value=Decimal(value), evidence="CRM report", by=self.by(), at=NOW
                )

    def stored(self, metric_id: int) -> Metric:
        """The metric as it is kept."""
        with reading(self.app) as session:
            return session.get_one(Metric, metric_id)

    def measurements(self) -> list[Measurement]:
        """Every measurement in the order of writing."""
        with reading(self.app) as session:
            return list(session.scalars(select(Measurement).order_by(Measurement.id)))

    def undo(self) -> None:
        """Take the last action back."""
        with working(self.app, self.by()) as session:
            last = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
            undo_action(session, last, by=self.by(), at=NOW)


def aim(app: Flask, key: str = "VEN") -> Aim:
    """A project with a lead, a sponsor, a member and a viewer."""
    people = add_named(app, {who: f"{who.title()}{key.title()} Paz" for who in PEOPLE})
    project_id = add_project(app, key, people=[(PEOPLE[who], person) for who, person in people.items()])
    return Aim(app, project_id, people)
