"""What a retrospective leads to: actions that become records, judged by metrics, shown to the next one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from implementor.metrics.standing import Reading
from implementor.retrospectives.effects import HIT, MISSED, NOT_MEASURED, PENDING, effect_of
from implementor.retrospectives.gate_checks import lessons_recorded, retrospective_held
from implementor.retrospectives.models import RetroAction
from implementor.stages.checks import GatePlace
from tests.auth.builders import Person, reading
from tests.machinery.pages import Browser
from tests.projects.builders import browser_of
from tests.retrospectives.builders import people_of_team, retrospective

HERE = "/projects/VEN/retrospectives"
AGREED, JUDGED = date(2026, 3, 2), date(2026, 6, 1)


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN."""
    return people_of_team(app)


def send(browser: Browser, url: str, status: int = 200, **values: str) -> None:
    """Send what a button sends."""
    browser.get(f"{HERE}/1")
    browser.post(f"{HERE}/{url}", values, status=status)


def test_an_action_becomes_an_item_and_meets_the_next_retrospective(app: Flask, people: dict[str, Person]) -> None:
    retrospective(app, people["project_lead"])
    lead, owner = browser_of(app, people["project_lead"]), str(people["member"].id)
    send(lead, "1/actions", status=409, title="Too early", owner_id=owner)
    send(lead, "1/phase", phase="act")
    send(lead, "1/actions", status=422, title="", owner_id=owner)
    for title in ("Meet on Mondays", "Let it be", "Draw it"):
        send(lead, "1/actions", title=title, owner_id=owner)
    send(lead, "1/actions/1/become", kind="action_item")
    send(lead, "1/actions/1/drop", status=409)
    send(lead, "1/actions/2/drop")
    send(lead, "1/actions/3/become", kind="story")
    send(lead, "1/phase", phase="closed")
    assert "After the first wave" in lead.get("/projects/VEN/actions/1").text
    retrospective(app, people["project_lead"], title="After the second")
    last = lead.get(f"{HERE}/2").find("#last_actions").text_content()
    assert "Meet on Mondays" in last
    assert "Let it be" not in last
    lead.get("/projects/VEN/actions/1").form("finish").submit(result="They meet.")
    assert "Done" in lead.get(f"{HERE}/2").find("#last_actions").text_content()


@pytest.mark.parametrize(
    ("direction", "value", "measured_on", "today", "expected"),
    [
        ("up", "10", JUDGED, JUDGED, HIT),
        ("up", "9.99", JUDGED, JUDGED, MISSED),
        ("down", "10", JUDGED, JUDGED, HIT),
        ("down", "11", JUDGED, JUDGED, MISSED),
        ("up", "12", AGREED - timedelta(days=1), JUDGED, NOT_MEASURED),  # before anybody agreed on it
        ("up", "12", JUDGED + timedelta(days=1), JUDGED + timedelta(days=9), NOT_MEASURED),  # too late
        ("up", "12", AGREED, JUDGED - timedelta(days=1), PENDING),
    ],
)
def test_an_effect_is_judged_by_what_was_measured_in_its_time(
    direction: str, value: str, measured_on: date, today: date, expected: str
) -> None:
    action = RetroAction(direction=direction, target=Decimal(10), judged_on=JUDGED, metric_id=1)
    action.created_at = datetime(AGREED.year, AGREED.month, AGREED.day, tzinfo=UTC)
    assert effect_of(action, [Reading(measured_on, Decimal(value))], on=today)[0] == expected


def test_gates_ask_whether_it_was_held_and_lessons_are_written(app: Flask, people: dict[str, Person]) -> None:
    place = GatePlace(1, "VEN")
    with reading(app) as session:
        assert not retrospective_held(session, place, {}).passes(100)
        assert not lessons_recorded(session, place, {}).passes(100)
    retrospective(app, people["project_lead"])
    lead = browser_of(app, people["project_lead"])
    send(lead, "1/phase", phase="closed")
    with reading(app) as session:
        assert retrospective_held(session, place, {}).passes(100)
