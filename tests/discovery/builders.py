"""A project with objectives, wanted reports and agreements, for tests of direction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.discovery import agreement_services, charter_services, requirement_services, services
from implementor.discovery.models import Charter, Objective, ServiceAgreement
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor, Role
from implementor.metrics.models import Metric
from implementor.stories.models import Story
from implementor.stories.services import create_story
from tests.auth.builders import Person, reading, working
from tests.metrics.builders import Aim, aim
from tests.projects.builders import NOW


@dataclass
class Direction:
    """A project with its people, and what can be put into it."""

    aim: Aim

    @property
    def app(self) -> Flask:
        return self.aim.app

    def objective(self, statement: str = "Quotes go out the same day", **values: Any) -> int:
        """An objective; returns its id."""
        with working(self.app, self.aim.by()) as session:
            wanted = {"statement": statement, "priority": "high", **values}
            return services.create_objective(
                session, project_id=self.aim.project_id, values=wanted, by=self.aim.by(), at=NOW
            ).id  # fmt: skip

    def judge(self, objective_id: int, metric_id: int) -> None:
        """Judge an objective by a metric."""
        with working(self.app, self.aim.by()) as session:
            objective, metric = session.get_one(Objective, objective_id), session.get_one(Metric, metric_id)
            services.judge_by(session, objective, metric, by=self.aim.by(), at=NOW)

    def benefit(self, objective_id: int, **values: Any) -> None:
        """Say what an objective is worth."""
        with working(self.app, self.aim.by()) as session:
            objective = session.get_one(Objective, objective_id)
            wanted = {"title": "Less overtime", "rhythm": "year", **values}
            services.add_benefit(session, objective, wanted, by=self.aim.by(), at=NOW)

    def story(self, title: str = "Send the quote", *objective_ids: int) -> int:
        """A story that serves these objectives; returns its number."""
        by = self.aim.by()
        with working(self.app, by) as session:
            scope = Scope(self.aim.project_id, by)
            story = create_story(session, scope, {"title": title, "type": "function"}, by=by, at=NOW)
            session.flush()
            for objective_id in objective_ids:
                services.serve(session, story, objective_id, by=by, at=NOW)
            return story.number

    def report(self, *data: dict[str, Any], **values: Any) -> int:
        """A wanted report with the fields it needs; returns its id."""
        by = self.aim.by()
        with working(self.app, by) as session:
            wanted = {"title": "Lost deals by reason", "decision": "Where to train", **values}
            report = requirement_services.create_requirement(
                session, project_id=self.aim.project_id, values=wanted, by=by, at=NOW
            )
            for one in data:
                requirement_services.add_datum(session, report, one, by=by, at=NOW)
            return report.id

    def titles(self) -> list[str]:
        """What the stories are called, in the order of writing."""
        with reading(self.app) as session:
            return list(session.scalars(select(Story.title).order_by(Story.id)))

    def stored(self, model: Any, record_id: int) -> Any:
        """A record as it is kept."""
        with reading(self.app) as session:
            return session.get_one(model, record_id)


@dataclass
class Deal:
    """An agreement with those who may sign it."""

    there: Direction
    marketing: Person
    sales: Person
    agreement_id: int

    @property
    def url(self) -> str:
        return f"/projects/VEN/agreements/{self.agreement_id}"

    def stored(self, agreement_id: int | None = None) -> ServiceAgreement:
        """The agreement as it is kept."""
        found: ServiceAgreement = self.there.stored(ServiceAgreement, agreement_id or self.agreement_id)
        return found

    def sign(self, *people: Person, agreement_id: int | None = None) -> None:
        """Let these people sign."""
        for person in people:
            by = member(person)
            with working(self.there.app, by) as session:
                found = session.get_one(ServiceAgreement, agreement_id or self.agreement_id)
                agreement_services.sign(session, found, by=by, at=NOW)


def member(person: Person) -> Actor:
    """A person with the role of a team member."""
    return person.actor.with_roles([Role.MEMBER])


def direction(app: Flask, key: str = "VEN") -> Direction:
    """A project without objectives."""
    return Direction(aim(app, key))


def agreement(app: Flask, **values: Any) -> Deal:
    """An agreement that lacks nothing but the signatures of its two signers."""
    return agreement_in(direction(app), **values)


def agreement_in(there: Direction, **values: Any) -> Deal:
    """The same in a project that is there."""
    marketing, sales = there.aim.people["member"], there.aim.people["sponsor"]
    by = there.aim.by()
    metric_id = there.aim.metric(name="Leads called within a day")
    with working(there.app, by) as session:
        wanted = {
            "title": "Leads", "marketing_duties": "Forty leads a month", "sales_duties": "A call within a day",
            "data_clause": "Only with consent", "review_months": 3, "marketing_signer_id": marketing.id,
            "sales_signer_id": sales.id, **values,
        }  # fmt: skip
        made = agreement_services.create_agreement(
            session, project_id=there.aim.project_id, values=wanted, by=by, at=NOW
        )
        metric = session.get_one(Metric, metric_id)
        agreement_services.hold_to(session, made, metric, side="sales", by=by, at=NOW)
        return Deal(there, marketing, sales, made.id)


def charter_in(there: Direction, **values: Any) -> int:
    """A charter that lacks nothing but its signatures; returns its id."""
    by = there.aim.by()
    wanted = {
        "purpose": "One view of the customer", "scope_in": "Sales", "scope_out": "Payroll", "rules": "Answer in a day",
        "budget_amount": 12_000_000, "budget_currency": "USD", "starts_on": date(2026, 1, 5),
        "ends_on": date(2026, 12, 18), "authority": "The lead up to 5,000 USD", **values,
    }  # fmt: skip
    with working(there.app, by) as session:
        made = charter_services.begin_charter(session, project_id=there.aim.project_id, by=by, at=NOW)
        charter_services.change_charter(session, made, wanted, by=by, at=NOW)
        return made.id


def sign_charter(there: Direction, *signers: Actor, charter_id: int | None = None) -> int:
    """A charter signed by these; returns its id."""
    found = charter_id or charter_in(there)
    for by in signers:
        with working(there.app, by) as session:
            charter_services.sign(session, session.get_one(Charter, found), by=by, at=NOW)
    return found


FIELDS: tuple[dict[str, Any], ...] = (
    {"name": "Reason lost", "source": "Notebook of the seller", "quality": "poor"},
    {"name": "Amount", "source": "ERP", "quality": "missing"},
    {"name": "Customer", "source": "CRM", "quality": "good"},
)
"""Two fields that ask for a story, and one that is fine."""
