"""The scorecard stands by perspective, is frozen for areas, and their people take note of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Area, Team, TeamMember
from implementor.discovery import services
from implementor.discovery.scorecard_models import ScorecardAcknowledgement, ScorecardEdition
from implementor.discovery.scorecard_watching import watch_scorecards
from implementor.metrics.models import Metric
from tests.auth.builders import add_person, reading, working
from tests.machinery.statements import counting
from tests.metrics.builders import Aim, aim
from tests.projects.builders import NOW

PAGE = "/projects/VEN/scorecard"


@pytest.fixture
def here(app: Flask) -> Aim:
    """A project with two metrics; the sponsor heads Sales, the member is of its team, Finance has nobody."""
    found = aim(app)
    first = found.metric(perspective="internal", priority="low")
    found.metric(name="Closing rate", unit="percent", direction="up", baseline=Decimal(20), target=Decimal(30))
    found.measure(first, (date(2026, 2, 1), "48"), (date(2026, 2, 8), "47"))
    outsider = add_person(app, "Olga Outside")
    with working(app, found.by()) as session:
        objective = services.create_objective(
            session, project_id=found.project_id, values={"statement": "A better rate"}, by=found.by(), at=NOW
        )
        objective.given_key = "closing"
        services.judge_by(session, objective, session.get_one(Metric, 2), by=found.by(), at=NOW)
        sales = Area(name="Sales", head_id=found.people["sponsor"].id)
        session.add_all([sales, Area(name="Finance")])
        session.flush()
        team = Team(name="North", area_id=sales.id)
        session.add(team)
        session.flush()
        for person in (found.people["member"], outsider):
            session.add(TeamMember(team_id=team.id, user_id=person.id, joined_at=NOW))
    return found


def publish(here: Aim, *names: str, **more: Any) -> Any:
    form = here.browser().get(PAGE).form("publish")
    with reading(here.app) as session:
        ids = [str(one.id) for one in session.scalars(select(Area)) if one.name in names]
    return form.submit(areas=ids, note="What we saw in February", **more)


def test_the_goals_come_first_and_then_each_perspective(here: Aim) -> None:
    page = here.browser("viewer").get(PAGE)
    headings = [text for text in page.texts("h2") if text in ("The goals of every CRM", "Internal processes")]
    assert headings == ["The goals of every CRM", "Internal processes"]
    assert "Publish to areas" not in page.text


def test_an_edition_stays_as_it_was_whatever_becomes_of_the_metric(here: Aim) -> None:
    assert "What we saw in February" in publish(here, "Sales").text
    here.measure(1, (date(2026, 3, 1), "41"))
    edition = here.browser("viewer").get(f"{PAGE}/1")
    assert "47 days" in edition.text
    assert "41 days" not in edition.text
    assert "41 days" in here.browser("viewer").get(PAGE).text
    file = here.browser("viewer").get(f"{PAGE}/1/export").response.get_data(as_text=True)
    assert "Sales cycle" in file
    publish(here, "Sales")
    with reading(here.app) as session:
        assert [one.number for one in session.scalars(select(ScorecardEdition))] == [1, 2]


def test_people_of_the_area_take_note_once_and_the_page_says_who_has_not(here: Aim) -> None:
    publish(here, "Sales", "Finance")
    page = here.browser("member").get(f"{PAGE}/1").form("I took note").submit()
    assert "You took note of edition 1" in page.text
    text = " ".join(here.browser("viewer").get(f"{PAGE}/1").text.split())
    for said in ("head of the area not yet", "Olga Outside has no role", "neither a head nor a team"):
        assert said in text
    member, viewer = here.browser("member"), here.browser("viewer")
    for browser in (member, viewer):
        browser.get(f"{PAGE}/1")
        assert "Only the head and the people" in browser.post(f"{PAGE}/1/acknowledge", status=409).text
    with reading(here.app) as session:
        assert len(session.scalars(select(ScorecardAcknowledgement)).all()) == 1


def test_people_of_the_area_hear_of_it_and_those_who_took_no_note_once_more(here: Aim) -> None:
    publish(here, "Sales", "Finance")
    [edition] = _editions(here)
    for who, told in (("sponsor", 1), ("member", 1), ("viewer", 0), ("lead", 0)):
        assert here.browser(who).get("/notices").text.count("published for your area") == told, who
    soon, late = (edition.published_at + timedelta(days=days) for days in (6, 8))
    assert watch_scorecards(here.app, soon) == 0
    assert watch_scorecards(here.app, late) == 2
    assert watch_scorecards(here.app, late + timedelta(days=1)) == 0, "once"
    assert "Nobody of your area" in here.browser("member").get("/notices").text
    publish(here, "Sales")
    here.browser("member").get(f"{PAGE}/2").form("I took note").submit()
    assert watch_scorecards(here.app, late + timedelta(days=30)) == 0, "somebody of the area did"


def _editions(here: Aim) -> list[ScorecardEdition]:
    with reading(here.app) as session:
        return list(session.scalars(select(ScorecardEdition).order_by(ScorecardEdition.number)))


def test_nothing_is_published_to_nobody_and_a_stranger_finds_nothing(here: Aim) -> None:
    assert "at least one area" in publish(here, status=422).text
    here.browser("viewer").get(f"{PAGE}/1", status=404)
    viewer = here.browser("viewer")
    viewer.get(PAGE)
    viewer.post(PAGE, {"areas": "1"}, status=403)


def test_one_metric_and_twelve_cost_the_same_statements(here: Aim) -> None:
    browser = here.browser("viewer")
    browser.get(PAGE)
    with counting() as one:
        browser.get(PAGE)
    for number in range(10):
        here.metric(name=f"Metric {number}", perspective="learning")
    with counting() as many:
        browser.get(PAGE)
    assert len(many) == len(one), many.beyond(one)
