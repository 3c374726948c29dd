"""The chase list: what waits, whose it is, a reminder with one press and not twice a day, and when it is gone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.foundation.permissions import Role
from implementor.governance.chase_list import ChaseList, chase_list
from implementor.governance.models import Reminder
from implementor.lists.sheets import sheet_of
from implementor.notifications.models import Notice
from implementor.releases.models import MigrationRun
from implementor.stories.models import Story
from tests.auth.builders import reading, working
from tests.machinery.statements import counting
from tests.projects.builders import take_from_project
from tests.stories.builders import Backlog, backlog

TODAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)
PAGE = "/projects/VEN/chase"


@pytest.fixture
def here(app: Flask) -> Backlog:
    """A project where nobody has to do anything."""
    return backlog(app)


def listed(here: Backlog, **asked: Any) -> ChaseList:
    """The list as the lead has it on a day in June."""
    with reading(here.app) as session:
        return chase_list(session, project_id=here.project_id, by=here.by, at=NOW, **asked)


def shown(here: Backlog, **asked: Any) -> list[tuple[str, str, str | None, int]]:
    """Kind, title, whose and days of everything listed."""
    return [(one.declared.key, one.row.title, one.who, one.days) for one in listed(here, **asked).matters]


def milestone(here: Backlog, title: str, **values: Any) -> None:
    create = sheet_of("milestone").create
    assert create is not None
    with here.working() as session:
        create(session, here.scope, {"title": title, "origin": "external", **values}, here.by, NOW)


def everything(here: Backlog) -> None:
    """One matter of each kind, and beside each something that is none."""
    member = here.people[Role.MEMBER].id
    waiting, done = here.story("Waiting", status="review", owner=member), here.story("Done", status="validated")
    for number in (waiting, done):
        here.part(number, "user_test", title=f"Test {number}")
        here.part(number, "open_matter", question=f"Why {number}?", due_on=TODAY - timedelta(days=3))
    here.part(waiting, "open_matter", question="Later?", due_on=TODAY)
    milestone(here, "Late", promised_on=TODAY - timedelta(days=5))
    milestone(here, "Will be late", promised_on=TODAY + timedelta(days=5), forecast_on=TODAY + timedelta(days=9))
    milestone(here, "On time", promised_on=TODAY, forecast_on=TODAY)
    milestone(here, "Reached", promised_on=TODAY - timedelta(days=5), reached_on=TODAY)
    with working(here.app) as session:
        for name, day in (("Old", TODAY - timedelta(days=2)), ("Coming", TODAY + timedelta(days=2))):
            session.add(MigrationRun(project_id=here.project_id, name=name, system="crm", migrated_on=day))
        long_ago, lately = NOW - timedelta(days=12), NOW - timedelta(days=2)
        session.execute(update(Story).values(updated_at=lately))
        session.execute(update(Story).where(Story.number == waiting).values(updated_at=long_ago))


def test_what_waits_is_listed_with_whose_it_is_and_for_how_long(here: Backlog) -> None:
    assert listed(here).matters == []
    everything(here)
    lead, member = here.lead.name, here.people[Role.MEMBER].name
    found = shown(here)
    assert [one[:3] for one in found] == [
        ("user_test", "Test 1", member), ("open_matter", "Why 1?", member), ("milestone", "Late", lead),
        ("milestone", "Will be late", lead), ("update", "Waiting", member), ("migration_run", "Old", None),
    ]  # fmt: skip
    assert [one[3] for one in found[1:]] == [3, 5, 0, 12, 2]
    assert [one[1] for one in shown(here, kind="milestone")] == ["Late", "Will be late"]
    assert {one[0] for one in shown(here, person_id=here.people[Role.MEMBER].id)} == {
        "user_test", "open_matter", "update",
    }  # fmt: skip


def test_one_press_reminds_and_nobody_is_reminded_twice_a_day(here: Backlog) -> None:
    number = here.story("Waiting", status="review", owner=here.people[Role.MEMBER].id)
    here.part(number, "user_test", title="Order by phone")
    with working(here.app) as session:
        session.execute(update(Story).values(updated_at=datetime.now(UTC)))
    browser = here.browser()
    done = browser.get(PAGE).form("Remind").submit()
    assert "is reminded of: Order by phone" in done.text
    assert done.all("form[action$='/remind']") == []
    assert browser.post(f"{PAGE}/remind", {"chased": "user_test", "matter": "1"}, status=None).status == 409
    assert browser.post(f"{PAGE}/remind-all", {}, status=None).status == 409
    with reading(here.app) as session:
        member = here.people[Role.MEMBER].id
        assert session.scalars(select(Reminder.told_id)).all() == [member]
        told = session.scalars(select(Notice).where(Notice.kind == "governance.chase")).one()
        assert (told.user_id, told.record_kind) == (member, "story")
    with working(here.app) as session:
        session.execute(update(Reminder).values(at=NOW))
    assert "1 reminder is sent" in browser.get(PAGE).form("Remind everybody shown").submit().text


def test_what_is_done_meanwhile_is_not_asked_for(here: Backlog) -> None:
    number = here.story("Waiting", status="review")
    here.part(number, "user_test", title="Order by phone")
    page = here.browser().get(PAGE)
    with here.working() as session:
        here.one(session, number).status = "validated"
    answer = page.form("Remind").submit(status=None)
    assert answer.status == 409
    assert "done meanwhile" in answer.text


def test_members_read_leads_remind_and_others_learn_nothing(here: Backlog) -> None:
    everything(here)
    reader = here.browser(Role.VIEWER)
    assert reader.get(PAGE).all("form[action$='/remind']") == []
    assert reader.post(f"{PAGE}/remind-all", {}, status=None).status == 403
    other = backlog(here.app, "SER")
    assert other.browser().get(PAGE, status=None).status == 404
    assert shown(other) == []
    assert "Late" in reader.get(f"{PAGE}/export.csv?kind=milestone").response.get_data(as_text=True)


def test_who_left_the_project_is_told_nothing_and_the_lead_is_asked(here: Backlog) -> None:
    member = here.people[Role.MEMBER]
    here.part(here.story("Waiting", status="review", owner=member.id), "user_test", title="Order by phone")
    take_from_project(here.app, here.project_id, member, here.lead)
    assert [one[:3] for one in shown(here, kind="user_test")] == [("user_test", "Order by phone", here.lead.name)]
    here.browser().get(f"{PAGE}?kind=user_test").form("Remind").submit()
    with reading(here.app) as session:
        assert session.scalars(select(Reminder.told_id)).all() == [here.lead.id]


def test_many_matters_cost_no_more_statements(here: Backlog) -> None:
    everything(here)
    browser = here.browser()
    with counting() as one:
        browser.get(PAGE)
    for place in range(6):
        milestone(here, f"Late {place}", promised_on=TODAY - timedelta(days=5))
    with counting() as many:
        browser.get(PAGE)
    assert len(many) == len(one), many.beyond(one)
