"""What rests: listed past its limit, told of step by step and each step once, moved by work and by words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.comments.services import add_comment
from implementor.foundation.records import RecordRef
from implementor.governance.models import ActionItem, Risk, SilenceNotice
from implementor.governance.services import risks
from implementor.governance.silence import step_of
from implementor.governance.watching import watch_silence
from implementor.notifications.models import Notice
from implementor.projects.models import Membership, Project
from tests.auth.builders import Person, reading, working
from tests.governance.builders import action, people_of_governance, risk
from tests.machinery.statements import counting
from tests.projects.builders import browser_of

PAGE = "/projects/VEN/silent"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_governance(app)


def later(app: Flask, days: float) -> int:
    """How many are told so many days from now."""
    return watch_silence(app, datetime.now(UTC) + timedelta(days=days))


def told(app: Flask) -> list[tuple[int, int | None]]:
    """Step and person of everything told, in order."""
    with reading(app) as session:
        return [(one.step, one.told_id) for one in session.scalars(select(SilenceNotice).order_by(SilenceNotice.id))]


def limit(app: Flask, people: dict[str, Person], **days: Any) -> None:
    """What the lead says about limits."""
    form = browser_of(app, people["project_lead"]).get(PAGE).form("limits")
    form.fill({kind: str(value) for kind, value in days.items()}).submit()


def test_owner_then_lead_then_sponsor_hear_of_it_each_once(app: Flask, people: dict[str, Person]) -> None:
    action(app, people["member"])
    assert [later(app, 13), later(app, 15), later(app, 16), later(app, 29), later(app, 43), later(app, 200)] == [
        0, 1, 0, 1, 1, 0,
    ]  # fmt: skip
    wanted = [people[name].id for name in ("member", "project_lead", "sponsor")]
    assert told(app) == list(enumerate(wanted, 1))
    with reading(app) as session:
        assert session.scalars(select(Notice.user_id).order_by(Notice.id)).all() == wanted


def test_who_left_the_project_is_neither_told_nor_named(app: Flask, people: dict[str, Person]) -> None:
    action(app, people["member"])
    with working(app) as session:
        left = update(Membership).where(Membership.user_id == people["member"].id)
        session.execute(left.values(removed_at=datetime.now(UTC)))
    later(app, 20)
    assert told(app) == [(1, people["project_lead"].id)]
    limit(app, people, action_item=1)
    with working(app) as session:
        session.execute(update(ActionItem).values(updated_at=datetime.now(UTC) - timedelta(days=9)))
    assert people["member"].name not in browser_of(app, people["project_lead"]).get(PAGE).text


def test_a_worker_that_was_away_tells_all_three_at_once(app: Flask, people: dict[str, Person]) -> None:
    action(app, people["member"])
    assert later(app, 100) == 3


def test_who_owns_and_leads_hears_of_one_silence_once(app: Flask, people: dict[str, Person]) -> None:
    risk(app, people["member"])
    later(app, 100)
    with reading(app) as session:
        heard = session.scalars(select(Notice.user_id).order_by(Notice.id)).all()
    assert heard == [people["project_lead"].id, people["sponsor"].id]


@pytest.mark.parametrize("moves", ["work", "words"])
def test_whatever_moves_it_ends_the_silence(app: Flask, people: dict[str, Person], moves: str) -> None:
    made, by, soon = risk(app, people["member"]), people["member"].actor, datetime.now(UTC)
    with working(app) as session:
        session.execute(update(Risk).values(updated_at=soon - timedelta(days=40)))
    with working(app, by) as session:
        if moves == "work":
            risks.edit_risk(session, session.get_one(Risk, made.id), {"impact": 1}, by=by, at=soon)
        else:
            add_comment(session, about=RecordRef("risk", made.id), project_id=1, body="Still so.", by=by, at=soon)
    assert [later(app, 29), later(app, 31)] == [0, 1]


def test_projects_that_rest_themselves_are_silent_for_a_reason(app: Flask, people: dict[str, Person]) -> None:
    action(app, people["member"])
    with working(app) as session:
        session.scalars(select(Project)).one().status = "paused"
    assert later(app, 100) == 0


def test_the_list_shows_what_rests_with_the_limit_of_the_project(app: Flask, people: dict[str, Person]) -> None:
    action(app, people["member"])
    assert "Everything moves" in browser_of(app, people["viewer"]).get(PAGE).text
    with working(app) as session:
        old = datetime.now(UTC) - timedelta(days=9, hours=1)
        session.execute(update(ActionItem).values(updated_at=old))
    assert "Everything moves" in browser_of(app, people["viewer"]).get(PAGE).text
    limit(app, people, action_item=4)
    page = browser_of(app, people["viewer"]).get(PAGE)
    assert "Call the supplier" in page.text
    assert "9 of 4" in page.text
    assert "Project lead" in page.text


@pytest.mark.parametrize("days", ["0", "366", "x", ""])
def test_a_limit_out_of_bounds_is_refused_and_nothing_typed_is_lost(
    app: Flask, people: dict[str, Person], days: str
) -> None:
    form = browser_of(app, people["project_lead"]).get(PAGE).form("limits")
    page = form.submit(risk=days, status=422)
    assert "Between 1 and 365 days, please." in page.text
    assert page.form("limits").value("risk") == days


def test_only_the_lead_says_how_long(app: Flask, people: dict[str, Person]) -> None:
    browser = browser_of(app, people["member"])
    assert browser.get(PAGE).all("form#limits") == []
    assert browser.post("/projects/VEN/silent/limits", {"risk": "3"}, status=None).status == 403


@pytest.mark.parametrize(("days", "step"), [(0, 0), (9, 0), (10, 1), (19, 1), (20, 2), (30, 3), (300, 3)])
def test_steps_follow_the_multiples_of_the_limit(days: int, step: int) -> None:
    assert step_of(days, 10) == step


def test_many_that_rest_cost_as_many_statements_as_one(app: Flask, people: dict[str, Person]) -> None:
    limit(app, people, action_item=1)
    browser, counts = browser_of(app, people["member"]), []
    for more in (1, 6):
        for _ in range(more):
            action(app, people["member"])
        with working(app) as session:
            old = datetime.now(UTC) - timedelta(days=9)
            session.execute(update(ActionItem).values(updated_at=old))
        browser.get(PAGE)
        with counting() as statements:
            browser.get(PAGE)
        counts.append(statements)
    assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])
