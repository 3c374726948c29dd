"""Service levels on their pages: set per kind of record, in an order, and none where nothing is promised a time."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.calendars.clocked_kinds import clocked
from implementor.calendars.models import SlaPolicy
from implementor.foundation.permissions import Role
from tests.auth.builders import add_person, reading, sign_in, working
from tests.calendars.builders import begin, errands, make_calendar, make_policy, standard
from tests.calendars.test_clocks import MONDAY
from tests.machinery.pages import Browser, Page

PLACE = "/settings/service-levels"


@pytest.fixture
def admin(app: Flask, browser: Browser) -> Browser:
    """The browser of a CRM administrator."""
    sign_in(browser, add_person(app, "Ada", Role.CRM_ADMIN), to=PLACE)
    return browser


@pytest.fixture
def _errands() -> Iterator[None]:
    with errands():
        yield


def names(page: Page) -> list[str]:
    return [row["Service level"] for row in page.rows()]


def test_a_kind_nobody_declared_has_no_pages(admin: Browser, app: Flask) -> None:
    with errands():
        policy_id = standard(app)
    admin.get(f"{PLACE}/new/errand", status=404)
    admin.post(f"{PLACE}/new/errand", status=404)
    admin.get(f"{PLACE}/{policy_id}", status=404)
    page = admin.get(PLACE)
    assert "errand" not in clocked
    assert ("Nothing is promised a time yet" in page.text) == (not clocked)


@pytest.mark.usefixtures("_errands")
def test_a_service_level_is_added_and_changed(admin: Browser, app: Flask) -> None:
    assert "No calendars yet" in admin.get(f"{PLACE}/new/errand").text
    with working(app) as session:
        make_calendar(session)
    form = admin.get(f"{PLACE}/new/errand").form("add_policy")
    assert (form.value("target_high_first"), form.value("warn_percent")) == ("1 h", "80")
    page = form.submit(name="Gold", target_high_settled="1:30", target_low_first="45 min", when_channel=["chat"])
    assert names(page) == ["Gold"]
    assert "Settled 1 h 30 min" in page.rows()[0]["Targets"]
    form = admin.get(f"{PLACE}/1").form("edit_policy")
    form.submit(name="Golden", target_high_first="", warn_percent="50")
    with reading(app) as session:
        policy = session.scalars(select(SlaPolicy)).one()
    assert policy.targets == {"high": {"settled": 90}, "low": {"first": 45}}
    assert (policy.name, str(policy.warn_ratio), policy.conditions) == ("Golden", "0.50", {"channel": ["chat"]})


@pytest.mark.usefixtures("_errands")
def test_wrong_entries_stay_on_the_page(admin: Browser, app: Flask) -> None:
    standard(app)
    form = admin.get(f"{PLACE}/new/errand").form("add_policy")
    page = form.submit(name="x", target_high_first="soon", target_low_first="0", status=422)
    assert set(page.form("add_policy").errors) == {"target_high_first", "target_low_first"}
    assert page.form("add_policy").value("target_high_first") == "soon"
    page = admin.get(f"{PLACE}/1").form("edit_policy").submit(warn_percent="101", status=422)
    assert "per cent" in page.form("edit_policy").errors["warn_percent"]
    page = admin.get(f"{PLACE}/1").form("edit_policy").submit(warn_percent="many", status=422)
    form = admin.get(f"{PLACE}/new/errand").form("add_policy")
    page = form.submit(name=" ", target_high_first="", status=422)
    assert "at least one target" in page.text


@pytest.mark.usefixtures("_errands")
def test_the_order_is_changed_and_service_levels_are_put_away_and_back(admin: Browser, app: Flask) -> None:
    with working(app) as session:
        calendar = make_calendar(session)
        for name in ("Gold", "Silver", "Bronze"):
            make_policy(session, calendar, name)
    page = admin.get(PLACE)
    assert names(page) == ["Gold", "Silver", "Bronze"]
    page = page.form(f"{PLACE}/3/move").submit()
    assert names(page) == ["Gold", "Bronze", "Silver"]
    page = admin.post(f"{PLACE}/1/move", {"place": "later"})
    assert names(page) == ["Bronze", "Gold", "Silver"]
    page = page.form(f"{PLACE}/3/archive").submit()
    assert names(page) == ["Gold", "Silver"]
    admin.post("/settings/business-hours/1/archive", status=409)
    page = admin.get(PLACE).form(f"{PLACE}/3/restore").submit()
    assert names(page) == ["Bronze", "Gold", "Silver"]


@pytest.mark.usefixtures("_errands")
def test_present_terms_are_applied_to_what_runs_only_when_asked(admin: Browser, app: Flask) -> None:
    policy_id = standard(app)
    with working(app) as session:
        begin(session, MONDAY)
    page = admin.get(f"{PLACE}/{policy_id}").form(f"{PLACE}/{policy_id}/rebase").submit()
    assert "2 running clocks" in page.text


@pytest.mark.usefixtures("_errands")
def test_an_edit_that_crossed_another_is_said(admin: Browser, app: Flask) -> None:
    standard(app)
    form = admin.get(f"{PLACE}/1").form("edit_policy")
    admin.get(f"{PLACE}/1").form("edit_policy").submit(name="Other")
    assert "meanwhile" in form.submit(name="Mine", status=422).text
