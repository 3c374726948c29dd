"""A project whose data lead brings the accounts and deals of an old CRM over, for tests of migration runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor, Role
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.releases import queries, services
from implementor.releases.figures import measure_named
from implementor.releases.models import MigrationFigure, MigrationRun
from tests.auth.builders import Person, add_named, reading, working
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in
from tests.machinery.pages import Browser
from tests.projects.builders import NOW, add_project, browser_of

SYSTEM = "old-crm"
"""What imports of a file of that name keep its keys under."""
ACCOUNTS = (
    "Account ID,Name,Employees,Revenue,Currency\n1,Acero,10,100.50 EUR\n2,Duero,20,200.25 EUR\n3,Ebro,30,-7 USD\n"
)
PEOPLE = {"data_lead": Role.DATA_LEAD, "lead": Role.PROJECT_LEAD, "sponsor": Role.SPONSOR, "member": Role.MEMBER}


@dataclass
class Migration:
    """A migration run with those who work on it."""

    here: Company
    project_id: int
    people: dict[str, Person]
    run_id: int

    @property
    def app(self) -> Flask:
        return self.here.app

    @property
    def url(self) -> str:
        return f"/projects/VEN/migrations/{self.run_id}"

    def by(self, who: str = "data_lead") -> Actor:
        """One of the people with their role in the project."""
        return self.people[who].actor.with_roles([PEOPLE[who]])

    def browser(self, who: str = "data_lead") -> Browser:
        """A browser in which this person is signed in."""
        return browser_of(self.app, self.people[who])

    def run(self, session: Any) -> MigrationRun:
        """The run in a session."""
        found: MigrationRun = session.scalars(
            queries.run_in_scope(Scope(self.project_id, self.by()), self.run_id)
        ).one()
        return found

    def expect(self, expected: int | None, name: str = "", currency: str = "", kind: str = "account") -> int:
        """A further figure of the run; returns its id."""
        measure = measure_named(kind, name)
        assert measure is not None
        with working(self.app, self.by()) as session:
            run = self.run(session)
            return services.expect(session, run, measure, system="", currency=currency, expected=expected).id

    def explain(self, figure_id: int, expected: int | None, explanation: str) -> None:
        """Say of a figure what it should be, and why it is not."""
        with working(self.app, self.by()) as session:
            run = self.run(session)
            figure = session.get_one(MigrationFigure, figure_id)
            services.change_figure(
                session, run, figure, expected=expected, explanation=explanation, by=self.by(), at=NOW
            )

    def count(self, who: str = "data_lead") -> Sequence[MigrationFigure]:
        """Count what is here; the figures as they are kept."""
        with working(self.app, self.by(who)) as session:
            run = self.run(session)
            figures = session.scalars(queries.figures_of_run(run_id=run.id)).all()
            found = services.found_now(session, figures)
            services.keep_counts(session, run, figures, found, by=self.by(who), at=NOW)
        return self.figures()

    def sign(self, at: datetime = NOW) -> None:
        """Vouch for the figures."""
        with working(self.app, self.by()) as session:
            services.sign(session, self.run(session), by=self.by(), at=at)

    def reopen(self, reason: str = "A table was missing.") -> None:
        """Withdraw the signature."""
        with working(self.app, self.by()) as session:
            services.reopen(session, self.run(session), reason=reason, by=self.by(), at=NOW)

    def undo(self) -> None:
        """Take the last action back, as far as that can be done."""
        with working(self.app, self.by()) as session:
            last = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
            undo_action(session, last, by=self.by(), at=NOW)

    def figures(self) -> Sequence[MigrationFigure]:
        """The figures as they are stored."""
        with reading(self.app) as session:
            return session.scalars(queries.figures_of_run(run_id=self.run_id)).all()

    def found(self) -> dict[tuple[str, str], int | None]:
        """What was found of accounts, by measure and currency."""
        return {(one.measure, one.currency): one.found for one in self.figures()}


def migration(app: Flask, folder: Path | None = None, text: str = ACCOUNTS) -> Migration:
    """A project with a run, and the accounts of a file where a folder for it is given."""
    here = company(app)
    people = add_named(app, {who: f"{who.replace('_', ' ').title()} Paz" for who in PEOPLE})
    project_id = add_project(app, people=[(PEOPLE[who], person) for who, person in people.items()])
    with working(app, people["data_lead"].actor) as session:
        values = {"name": "First load", "system": SYSTEM}
        by = people["data_lead"].actor
        run_id = services.create_run(session, project_id=project_id, values=values, by=by, at=NOW).id
    if folder is not None:
        brought_in(here, "account", folder, text, "old-crm.csv")
    return Migration(here, project_id, people, run_id)
