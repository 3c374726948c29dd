"""A company whose sellers are affected by a rollout with an incentive, and periods of it."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select, update

from implementor.adoption.models import KeptDay
from implementor.audiences.models import AffectedPerson
from implementor.foundation.permissions import Role
from implementor.history.models import Change
from implementor.incentives.models import (
    Incentive,
    IncentiveAward,
    IncentivePeriod,
    IncentiveRule,
    IncentiveStanding,
)
from implementor.incentives.schedule import count_open
from tests.adoption.builders import NOW, read_records
from tests.audiences.builders import Affected
from tests.auth.builders import Person, add_people, reading, working
from tests.crm.builders import Company, company
from tests.projects.builders import add_project

PLACE = "/projects/VEN/incentives"
TODAY = NOW.astimezone(ZoneInfo("UTC")).date()
PEOPLE = {"change": Role.CHANGE_LEAD, "lead": Role.PROJECT_LEAD, "sponsor": Role.SPONSOR, "member": Role.MEMBER,
          "viewer": Role.VIEWER}  # fmt: skip


class World:
    """A company whose sellers are affected by a rollout with an incentive."""

    def __init__(self, app: Flask) -> None:
        self.crm: Company = company(app)
        people = add_people(app, [(f"{who.title()} Ven", f"{who}@ven.example", ()) for who in PEOPLE])
        self.of_project: dict[str, Person] = dict(zip(PEOPLE, people, strict=True))
        project_id = add_project(app, people=[(role, self.of_project[who]) for who, role in PEOPLE.items()])
        self.here = Affected(app, project_id, self.of_project)
        for who in ("seller", "mate", "manager", "elsewhere"):
            self.here.write(AffectedPerson, name=who.title(), email=f"{who}@vega.example")
        self.incentive = self.here.write(
            Incentive, name="Spring", award="A day off", award_to="people", award_by="points", award_from=4
        )
        self.rule(name="New accounts", figure="records", points=2, cap=100, complete=50)
        self.rule(name="Complete", figure="complete", points=5, target=90)

    def rule(self, **values: Any) -> int:
        """A rule of the incentive."""
        return self.here.write(IncentiveRule, incentive_id=self.incentive, **values)

    def period(self, first: int = -3, last: int = 0, name: str = "March") -> int:
        """A period by days from today on."""
        days = {"starts_on": TODAY + timedelta(days=first), "ends_on": TODAY + timedelta(days=last)}
        return self.here.write(IncentivePeriod, name=name, incentive_id=self.incentive, **days)

    def accounts(self, who: str, *names: str, **values: Any) -> list[int]:
        """Accounts that somebody writes one by one."""
        return [self.crm.add("account", who, NOW, **{"name": one, "city": "Cali", **values}) for one in names]

    def earned(self, period_id: int) -> dict[str, IncentiveStanding]:
        """What everybody earned."""
        names = {person.id: who for who, person in self.crm.people.items()}
        with reading(self.here.app) as session:
            rows = session.scalars(select(IncentiveStanding).where(IncentiveStanding.period_id == period_id))
            return {names[row.user_id]: row for row in rows}

    def awards(self, period_id: int) -> list[tuple[int | None, bool, str | None]]:
        """The rows of awards."""
        with reading(self.here.app) as session:
            rows = session.scalars(select(IncentiveAward).where(IncentiveAward.period_id == period_id))
            return [(row.user_id, row.is_given, row.reason) for row in rows]

    def kept(self, who: str, filled: int, wanted: int) -> None:
        """Say how complete somebody's records are by the facts."""
        with working(self.here.app) as session:
            changed = update(KeptDay).where(KeptDay.user_id == self.crm.people[who].id)
            session.execute(changed.values(filled=filled, wanted=wanted))


NAMES = ("Acme", "Bolt", "Cuna")


def counted(world: World, first: int = -3, last: int = 0) -> int:
    """A period that is counted by the page; facts are read before."""
    period_id = world.period(first, last)
    read_records(world.here.app)
    world.kept("seller", 9, 10)
    assert count_open(world.here.app, NOW) == 1
    return period_id


def over(world: World) -> int:
    """A period whose last day was yesterday, with three accounts of the seller."""
    world.accounts("seller", *NAMES)
    period_id = counted(world)
    with working(world.here.app) as session:
        past = {"starts_on": TODAY - timedelta(days=4), "ends_on": TODAY - timedelta(days=1)}
        session.execute(update(IncentivePeriod).values(**past))
        session.execute(update(Change).values(at=NOW - timedelta(days=1)))
        day = update(KeptDay).values(day=TODAY - timedelta(days=1))
        session.execute(day.where(KeptDay.day == TODAY))
    return period_id


def closed(world: World) -> int:
    """A period that the change lead closed after its last day."""
    period_id = over(world)
    world.here.browser().get(f"{PLACE}/periods/{period_id}").form("form[action$='/close']").submit()
    return period_id
