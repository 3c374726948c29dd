"""Business calendars: hours as people write them, holidays of a place, closed days, and nothing that is never open."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.calendars.deadlines import is_open_at
from implementor.calendars.models import BusinessCalendar
from implementor.foundation.permissions import Role
from tests.auth.builders import add_person, reading, sign_in
from tests.calendars.test_deadlines import local
from tests.machinery.pages import Browser, Page

PLACE = "/settings/business-hours"


@pytest.fixture
def admin(app: Flask, browser: Browser) -> Browser:
    """The browser of a CRM administrator."""
    sign_in(browser, add_person(app, "Ada", Role.CRM_ADMIN, time_zone="Europe/Madrid"), to=PLACE)
    return browser


def add(browser: Browser, name: str = "Service desk", **values: Any) -> Page:
    return browser.get(f"{PLACE}/new").form("add_calendar").submit(name=name, **values)


def test_a_calendar_with_holidays_and_closed_days(admin: Browser) -> None:
    page = add(admin, friday="9-15", country="ES", closed_days="2026-12-24 Christmas Eve\n2026-12-31")
    form = page.form("edit_calendar")
    assert form.value("friday") == "09:00-15:00"
    page = form.submit(region="MD", monday="9:00-14:00, 16:00-19:00")
    assert page.rows()[0]["Public holidays of"] == "Spain, Madrid"
    with reading(admin.app) as session:
        hours = session.scalars(select(BusinessCalendar)).one().hours
    assert hours.zone == "Europe/Madrid"
    moments = [local(2026, 11, 23, 10), local(2026, 11, 23, 15), local(2026, 12, 25, 10), local(2026, 12, 24, 10),
               local(2026, 11, 20, 14, 59), local(2026, 11, 20, 15)]  # fmt: skip
    assert [is_open_at(moment, hours) for moment in moments] == [True, False, False, False, True, False]


def test_hours_that_make_no_sense_stay_on_the_page_with_their_sentence(admin: Browser) -> None:
    form = admin.get(f"{PLACE}/new").form("add_calendar")
    page = form.submit(name="x", monday="18-9", tuesday="noon", closed_days="Christmas", status=422)
    errors = page.form("add_calendar").errors
    assert set(errors) == {"monday", "tuesday", "closed_days"}
    assert page.form("add_calendar").value("monday") == "18-9"
    shut: Any = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "")
    page = admin.get(f"{PLACE}/new").form("add_calendar").submit(name="Shut", **shut, status=422)
    assert "at least one day" in page.form("add_calendar").errors["monday"]


def test_a_region_of_another_country_is_refused(admin: Browser) -> None:
    add(admin, country="ES").form("edit_calendar").submit(region="MD")
    form = admin.get(f"{PLACE}/1").form("edit_calendar")
    page = form.submit(country="FR", status=422)
    assert page.form("edit_calendar").errors["region"]


def test_one_name_is_given_once_and_archiving_can_be_undone(admin: Browser) -> None:
    add(admin)
    form = admin.get(f"{PLACE}/new").form("add_calendar")
    assert "already" in form.submit(name="service DESK", status=422).form("add_calendar").errors["name"]
    page = admin.get(PLACE).form(f"{PLACE}/1/archive").submit()
    assert "archived calendar" in page.text
    page.form("Undo").submit(status=None)
    assert [row["Calendar"] for row in admin.get(PLACE).rows()] == ["Service desk"]
    admin.get(PLACE).form(f"{PLACE}/1/archive").submit()
    add(admin)
    admin.post(f"{PLACE}/1/restore", status=409)


def test_an_edit_that_crossed_another_is_said(admin: Browser) -> None:
    add(admin)
    form = admin.get(f"{PLACE}/1").form("edit_calendar")
    admin.get(f"{PLACE}/1").form("edit_calendar").submit(name="Other")
    page = form.submit(name="Mine", status=422)
    assert "meanwhile" in page.text
    page.form("edit_calendar").submit(name="Mine")
    admin.get(f"{PLACE}/99", status=404)
