"""A project with people of its money, stories in waves and a budget, reached through services."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.calendars.services.rates import enter_rate
from implementor.finance.models import BudgetLine
from implementor.finance.services import amounts, baselines, lines
from implementor.finance.services.amounts import Cell
from implementor.finance.standing import MoneyStanding, money_of_projects
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.history.models import Action
from implementor.history.services import noting, undo_action
from implementor.stories.models import Story
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_people, reading
from tests.machinery.pages import Browser
from tests.projects.builders import add_project, browser_of
from tests.waves.builders import Rollout, add_story, add_wave

PEOPLE = {"lead": Role.PROJECT_LEAD, "sponsor": Role.SPONSOR, "committee": Role.COMMITTEE, "member": Role.MEMBER,
          "viewer": Role.VIEWER}  # fmt: skip
JAN, FEB, MAR, APR, MAY = (date(2026, month, 1) for month in range(1, 6))
AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TODAY = AT.date()


@dataclass
class Purse:
    """A project with its people and what is written down of its money."""

    app: Flask
    project_id: int
    key: str
    people: dict[str, Person]

    def by(self, who: str = "lead") -> Actor:
        """One of the people with their role in the project."""
        return self.people[who].actor.with_roles([PEOPLE[who]])

    def browser(self, who: str = "lead") -> Browser:
        """A browser in which this person is signed in."""
        return browser_of(self.app, self.people[who])

    @contextmanager
    def working(self, who: str = "lead", at: datetime = AT) -> Iterator[Session]:
        """A committed transaction of this person at this moment."""
        with writing_session(self.app) as session, noting(session, by=self.by(who), at=at, project_id=self.project_id):
            yield session
            session.commit()

    def line(self, title: str = "Licences", **values: Any) -> int:
        """A line; returns its id."""
        wanted = {"title": title, "category": "licence", "currency": "EUR", **values}
        with self.working() as session:
            return lines.create_line(session, project_id=self.project_id, values=wanted, by=self.by(), at=AT).id

    def write(
        self, line_id: int, kind: str, months: Mapping[date, int | None], *, reason: str = "", at: datetime = AT
    ) -> int:
        """Write amounts of a line down, in minor units."""
        cells = {Cell(line_id, kind, month): amount for month, amount in months.items()}
        with self.working(at=at) as session:
            return amounts.write_amounts(
                session, project_id=self.project_id, cells=cells, reason=reason, by=self.by(), at=at
            )

    def approve(self, reason: str = "As agreed with the board", at: datetime = AT) -> int:
        """Have the sponsor approve what is planned; returns the number of the edition."""
        with self.working("sponsor", at) as session:
            return baselines.approve_budget(
                session, project_id=self.project_id, reason=reason, by=self.by("sponsor"), at=at
            ).number

    def money(self, on: date = TODAY, known_at: datetime | None = None) -> MoneyStanding:
        """How its money stands."""
        with reading(self.app) as session:
            return money_of_projects(session, [self.project_id], on=on, known_at=known_at)[self.project_id]

    def rollout(self) -> Rollout:
        """The same project for builders of stories and waves."""
        return Rollout(self.app, self.project_id, self.key, self.people["lead"], self.people["member"],
                       self.people["viewer"])  # fmt: skip

    def wave(self, points: Mapping[str, int], ends_on: date) -> list[int]:
        """A wave with stories of these titles and points; returns the ids of the stories."""
        here = self.rollout()
        ids = [add_story(here, title, points=str(count)) for title, count in points.items()]
        add_wave(here, f"Until {ends_on}", ids, starts_on=date(2026, 1, 5), ends_on=ends_on)
        return ids

    def validate(self, story_id: int, at: datetime = AT) -> None:
        """Have a story validated."""
        with self.working(at=at) as session:
            session.get_one(Story, story_id).status = "validated"

    def undo_last(self, who: str = "lead") -> None:
        """Take the last action back."""
        with self.working(who) as session:
            action = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
            undo_action(session, action, by=self.by(who), at=AT)

    def lines(self) -> list[BudgetLine]:
        """The stored lines."""
        with reading(self.app) as session:
            return list(session.scalars(select(BudgetLine).order_by(BudgetLine.id)))


def purse(app: Flask, key: str = "VEN", **values: Any) -> Purse:
    """A project whose programme counts in euros, with its people."""
    wanted = [(f"{who.title()} {key}", f"{who}@{key}.example.com".lower(), ()) for who in PEOPLE]
    people = dict(zip(PEOPLE, add_people(app, wanted), strict=True))
    roles = [(role, people[who]) for who, role in PEOPLE.items()]
    return Purse(app, add_project(app, key, people=roles, **{"country": "ES", **values}), key, people)


def rate(app: Flask, currency: str, on: date, value: str) -> None:
    """Enter what a currency is worth in the base currency from a day on."""
    with writing_session(app) as session, noting(session, by=SYSTEM, at=AT):
        enter_rate(session, currency=currency, rated_on=on, rate=Decimal(value), by=SYSTEM, at=AT)
        session.commit()
