"""The demo world: what is in it, that everybody gets in, and that it is built where nothing else is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.auth.models import User
from implementor.crm.cases.models import Case
from implementor.crm.consents.models import Consent
from implementor.crm.leads.lifecycle import ALL
from implementor.crm.leads.models import Lead, LeadConversion
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.crm.orders.models import Order
from implementor.crm.records.kinds import crm_kinds, crm_parts
from implementor.demo.company import COMPANY, PEOPLE
from implementor.history.models import Action, Change
from implementor.projects.models import Project
from implementor.stages.models import Stage
from implementor.stories.models import Criterion, Story, StoryFact, Task
from implementor.waves.models import Wave
from tests.auth.builders import PASSWORD, reading
from tests.demo.figures import every_figure_opens_its_records
from tests.demo.seeded import seed, seed_once
from tests.machinery.pages import Browser

pytestmark = pytest.mark.slow
WAITING = ("follow_ups", "next_steps", "leads")
SHOWN = {"pmo", "sponsor", "lead", "functional", "data", "change", "seller", "stranger", "admin"}


@pytest.mark.sqlite_only("the other database has a test of its own")
def test_the_world_is_believable_and_everybody_gets_in(app: Flask, workshop: Any) -> None:
    is_a_world(app, seed_once(app, workshop))


@pytest.mark.full  # a walk draws every page on PostgreSQL, and each service has tests there
@pytest.mark.postgres_only("the same world")
def test_the_world_is_the_same_on_postgresql(app: Flask) -> None:
    is_a_world(app, seed(app))


def is_a_world(app: Flask, printed: str) -> None:
    holds_what_it_promises(app)
    tells_a_year(app)
    fills_every_page_of_the_crm(app)
    has_something_to_do_today(app)
    every_figure_opens_its_records(app)
    prints_one_line_per_role(printed)
    for person in PEOPLE:
        page = Browser(app).get("/account").form("sign_in").submit(email=person.email, password=PASSWORD)
        assert page.url.endswith("/account"), person.email
    is_refused_a_second_time(app)


def holds_what_it_promises(app: Flask) -> None:
    with reading(app) as session:
        counts = [session.scalar(select(func.count()).select_from(one)) for one in (Project, Wave, Story)]
        stages = session.scalars(select(Wave.stage).order_by(Wave.id)).all()
        current = {
            tuple(session.scalars(select(Stage.key).where(Stage.project_id == one, Stage.state == "current")))
            for one in session.scalars(select(Project.id))
        }
    assert counts == [2, 5, 124]  # one from a wanted report, two from weaknesses, one from a request
    assert set(stages) == {"finished", "adoption", "implementation", "planning"}
    assert len(current) == 2


def tells_a_year(app: Flask) -> None:
    with reading(app) as session:
        first, last = session.execute(select(func.min(Action.at), func.max(Action.at))).one()
        untold = (
            select(func.count())
            .select_from(Action)
            .where(Action.actor_name == "system", Action.verb != "automation.run")
        )
        assert session.scalar(untold) == 1
        for kind in (Criterion, Task, Change, StoryFact):
            assert (session.scalar(select(func.count()).select_from(kind)) or 0) > 120
    assert timedelta(days=366) < last - first < timedelta(days=390)
    assert last.date() < datetime.now(UTC).date()


def fills_every_page_of_the_crm(app: Flask) -> None:
    with reading(app) as session:
        models: list[Any] = [one.entity.model for one in crm_kinds.values()]
        models += [one.entity.model for one in crm_parts.values()] + [Consent, LeadConversion]
        counts = {one.__tablename__: session.scalar(select(func.count()).select_from(one)) for one in models}
        states = [set(session.scalars(select(one).distinct())) for one in (Opportunity.status, Lead.stage, Case.status)]
        paid = set(session.scalars(select(Order.state)))
        sold_over = session.execute(select(func.min(StageEvent.at), func.max(StageEvent.at))).one()
        used = session.scalar(select(func.count(Opportunity.pipeline_id.distinct())))
        names = set(session.scalars(select(Opportunity.currency)))
    assert all(counts.values()), counts
    assert {"placed", "paid"} < paid
    assert states[0] == {"open", "won", "lost"}
    assert states[1] == set(ALL)
    assert states[2] >= {"new", "in_progress", "waiting_customer", "resolved", "closed"}
    assert sold_over[1] - sold_over[0] > timedelta(days=300)
    assert (used, names) == (2, {"COP", "USD"})


def has_something_to_do_today(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/account").form("sign_in").submit(email="samuel.ortega@cumbrelia.example", password=PASSWORD)
    day = browser.get("/crm/my-day")
    waiting = {name: len(day.all(f'section[aria-labelledby="section_{name}"] li')) for name in WAITING}
    assert all(waiting.values()), waiting
    assert browser.get("/crm/opportunities/board").all(".board-card")


def prints_one_line_per_role(printed: str) -> None:
    lines = printed.splitlines()
    assert {person.key for person in PEOPLE if person.shown_as} == SHOWN
    assert len(lines) == len(SHOWN)
    for line, person in zip(lines, PEOPLE, strict=False):
        assert person.email in line
        assert line.endswith(PASSWORD)


def is_refused_a_second_time(app: Flask) -> None:
    again = app.test_cli_runner().invoke(args=["seed"])
    assert (again.exit_code, again.stdout) == (1, "")
    assert len(again.stderr.splitlines()) == 1


def test_a_used_database_is_left_alone(app: Flask) -> None:
    app.test_cli_runner().invoke(args=["user", "add", "ana@example.com", "--name", "Ana Arias"])
    done = app.test_cli_runner().invoke(args=["seed"])
    with reading(app) as session:
        names = session.scalars(select(User.name)).all()
    assert (done.exit_code, list(names)) == (1, ["Ana Arias"])


def test_a_weak_password_is_wrong_usage_and_builds_nothing(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["seed", "--password", "short"])
    with reading(app) as session:
        assert session.scalars(select(User.id)).all() == []
    assert done.exit_code == 2
    assert "15 " in done.stderr
    assert COMPANY not in done.stdout
