"""The limits of the colours: set by PMO or sponsor, kept with each report, and better colours wait for two readings."""

from typing import Any

from flask import Flask

from tests.machinery.pages import Browser
from tests.projects.builders import browser_of, pmo
from tests.status.builders import add_to_wave, alive, content, issue

PAGE = "/projects/VEN/colours"


def office_of(app: Flask) -> Browser:
    return browser_of(app, pmo(app))


def limit(office: Browser, **values: Any) -> None:
    office.get(f"{PAGE}/limits").form("limits_form").submit(**values)


def scope(app: Flask, number: int) -> dict[str, Any]:
    """What an issued report says of the scope."""
    found: dict[str, Any] = next(one for one in content(app, number)["dimensions"] if one["key"] == "scope")
    return found


def test_limits_hold_from_now_on_and_issued_reports_keep_theirs(app: Flask) -> None:
    here = alive(app)
    add_to_wave(here, "Came later")
    lead, office = here.browser(), office_of(app)
    issue(lead)
    page = office.get(PAGE).follow("Limits of the colours").form("limits_form").submit(scope_amber="30")
    assert page.texts("#scope .badge") == ["At risk"]
    assert "up to 30 per cent at risk" in page.text
    limit(office)  # what is the same already is no other version
    issue(lead, 2)
    assert [content(app, number)["limits"] for number in (1, 2)] == [0, 1]
    assert "up to 20 per cent at risk" in scope(app, 1)["rule"]
    assert "up to 30 per cent at risk" in scope(app, 2)["rule"]
    lead.get(f"{PAGE}/limits", status=403)
    page = office.get(f"{PAGE}/limits").form("limits_form").submit(status=422, scope_green="31", days_late="x")
    assert page.form("limits_form").value("scope_green") == "31"


def test_a_better_colour_waits_for_the_second_reading(app: Flask) -> None:
    here = alive(app)
    add_to_wave(here, "Came later")
    lead, office = here.browser(), office_of(app)
    issue(lead)
    limit(office, scope_green="40", scope_amber="50")
    for number in (2, 3):
        issue(lead, number)
    assert [scope(app, number)["computed"]["key"] for number in (1, 2, 3)] == ["red", "red", "green"]
    assert [scope(app, number)["reading"] for number in (1, 2, 3)] == ["red", "green", "green"]
    assert "Reads better this time" in scope(app, 2)["sentence"]
    limit(office, scope_green="1", scope_amber="2")
    issue(lead, 4)
    assert scope(app, 4)["computed"]["key"] == "red"
