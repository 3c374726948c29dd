"""A company with people of the CRM: two sellers of one team, their manager, somebody elsewhere, a stranger."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Team, TeamMember
from implementor.configuration.snapshots import now_live
from implementor.foundation.fields import Scope
from implementor.foundation.live import living
from implementor.foundation.permissions import Actor, Role
from implementor.history.models import Action
from implementor.history.services import noting, undo_action
from implementor.lists.sheets import sheet_of
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_people, reading
from tests.machinery.pages import Browser
from tests.projects.builders import browser_of

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROLES = {
    "seller": Role.CRM_USER,
    "mate": Role.CRM_USER,
    "manager": Role.CRM_MANAGER,
    "elsewhere": Role.CRM_USER,
    "crm_admin": Role.CRM_ADMIN,
    "stranger": Role.VIEWER,
}
"""`seller`, `mate` and `manager` are in one team; `elsewhere` is a seller in another; `stranger` has no CRM role."""


@dataclass
class Company:
    """The people of a company and what tests do with its records."""

    app: Flask
    people: dict[str, Person]

    def by(self, who: str = "seller") -> Actor:
        """One of the people at work."""
        role = ROLES[who]
        actor = self.people[who].actor
        return actor if role is Role.VIEWER else actor.with_roles([role])

    def scope(self, who: str = "seller") -> Scope:
        """The records as this person sees them."""
        return Scope(None, self.by(who))

    @contextmanager
    def working(self, who: str = "seller", at: datetime = START) -> Iterator[Session]:
        """A committed transaction of one person: one action."""
        with writing_session(self.app) as session:
            with living(now_live(session)), noting(session, by=self.by(who), at=at):
                yield session
            session.commit()

    def add(self, kind: str, /, who: str = "seller", at: datetime = START, **values: Any) -> int:
        """A record of a kind, made as its form makes it; returns its id."""
        create = sheet_of(kind).create
        assert create is not None
        with self.working(who, at) as session:
            record = create(session, self.scope(who), values, self.by(who), at)
            session.flush()
            return int(record.id)

    def change(self, kind: str, record_id: int, /, who: str = "seller", at: datetime = START, **values: Any) -> None:
        """Change a record as its form does."""
        sheet = sheet_of(kind)
        with self.working(who, at) as session:
            record = session.scalars(sheet.record(self.scope(who), record_id)).one()
            sheet.change(session, record, values, self.by(who), at)

    def stored(self, model: Any, record_id: int) -> Any:
        """A record as it is stored."""
        with reading(self.app) as session:
            return session.get_one(model, record_id)

    def titles(self, kind: str, who: str = "seller") -> set[str]:
        """The titles of the records of a kind that a person's list shows."""
        sheet = sheet_of(kind)
        title = sheet.entity.fields[sheet.entity.title_field].column
        with reading(self.app) as session:
            return {row[0] for row in session.execute(sheet.base(self.scope(who)).with_only_columns(title))}

    def undo(self, who: str = "seller") -> None:
        """Take the last action back."""
        with self.working(who) as session:
            last = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
            undo_action(session, last, by=self.by(who), at=START)

    def browser(self, who: str = "seller") -> Browser:
        """A browser in which this person is signed in."""
        return browser_of(self.app, self.people[who])


def company(app: Flask) -> Company:
    """A company without records."""
    wanted = [
        (f"{who.title()} Vega", f"{who}@vega.example", () if role is Role.VIEWER else (role,))
        for who, role in ROLES.items()
    ]
    here = Company(app, dict(zip(ROLES, add_people(app, wanted), strict=True)))
    with here.working("crm_admin") as session:
        for name, members in (("North", ("seller", "mate", "manager")), ("South", ("elsewhere",))):
            team = Team(name=name)
            session.add(team)
            session.flush()
            for who in members:
                session.add(TeamMember(team_id=team.id, user_id=here.people[who].id, joined_at=START))
    return here
