"""A colour is set by hand for a reason and until a day, and stands beside the computed one."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from implementor.status.models import ColourOverride
from implementor.web.database import writing_session
from tests.projects.builders import browser_of
from tests.status.builders import TODAY, alive, content, issue

PAGE = "/projects/VEN/colours"
SOON = (TODAY + timedelta(days=10)).isoformat()
SET: dict[str, Any] = {"dimension": "risk", "colour": "amber", "reason": "The plan is agreed", "expires_on": SOON}


def test_both_colours_and_the_reason_are_shown_and_frozen(app: Flask) -> None:
    browser = alive(app).browser()
    page = browser.get(PAGE).form("colour_form").submit(**SET)
    assert page.texts("#risk .badge") == ["Off track", "At risk"]
    issue(browser)
    told = next(one for one in content(app)["dimensions"] if one["key"] == "risk")
    assert (told["computed"]["key"], told["shown"]["key"]) == ("red", "amber")
    assert (told["by_hand"]["reason"], told["by_hand"]["who"]) == ("The plan is agreed", "Ana VEN")
    page = browser.get("/projects/VEN/status-reports/1")
    tile = page.texts(".sheet-tile")[5]
    assert "Set by hand" in tile
    assert "Computed: Off track 1 severe risk has no plan." in tile


def test_it_ends_by_hand_and_by_its_day(app: Flask) -> None:
    browser = alive(app).browser()
    browser.get(PAGE).form("colour_form").submit(**SET)
    page = browser.get(PAGE).form("Let the computed colour stand again").submit()
    assert page.texts("#risk .badge") == ["Off track"]
    browser.get(PAGE).form("colour_form").submit(**SET)
    with writing_session(app) as session:
        session.execute(update(ColourOverride).values(expires_on=TODAY - timedelta(days=2)))
        session.commit()
    assert browser.get(PAGE).texts("#risk .badge") == ["Off track"]
    browser.get(PAGE).form("colour_form").submit(**SET | {"colour": "green"})
    assert browser.get(PAGE).texts("#risk .badge") == ["Off track", "On track"]


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"reason": " "}, "Say why in a sentence"),
    ({"reason": "x" * 201}, "Say why in a sentence"),
    ({"expires_on": (TODAY - timedelta(days=2)).isoformat()}, "within the next three months"),
    ({"expires_on": (TODAY + timedelta(days=200)).isoformat()}, "within the next three months"),
    ({"expires_on": ""}, "within the next three months"),
    ({"colour": "not_measured"}, "Choose a colour."),
    ({"dimension": "mood"}, "Choose a dimension."),
)


def test_without_reason_day_or_colour_it_is_refused_beside_its_field(app: Flask) -> None:
    browser = alive(app).browser()
    browser.get(PAGE)
    for values, said in WRONG:
        assert said in browser.post(PAGE, {**SET, **values}, status=422).text
    assert browser.get(PAGE).texts("#risk .badge") == ["Off track"]


def test_a_member_sees_the_colours_but_not_the_money_and_sets_none(app: Flask) -> None:
    here = alive(app)
    browser = browser_of(app, here.member)
    page = browser.get(PAGE)
    assert "Money is shown to those who may see it." in page.text
    assert page.all("#colour_form") == []
    browser.post(PAGE, SET, status=403)
