"""Appointments: made beside records, held or called off, shared, and taken along as a calendar file."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from implementor.crm.interactions.models import Appointment
from implementor.crm.interactions.services.appointments import AlreadyOver, call_off, hold, plan_again
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import START, Company, company

TEN = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


def agree(here: Company, who: str = "seller", **values: Any) -> int:
    """An appointment with a new account; returns its id."""
    account = here.add("account", name="Iberia Steel")
    return here.add(
        "appointment", who, **{"title": "Tour of the plant", "starts_at": TEN, "account": account, **values}
    )


def test_an_appointment_lasts_an_hour_unless_said(app: Flask) -> None:
    here = company(app)
    made = here.stored(Appointment, agree(here))
    assert (made.ends_at - made.starts_at, made.kind, made.zone) == (timedelta(hours=1), "meeting", "UTC")
    with pytest.raises(InvalidInput) as refused:
        agree(here, ends_at=TEN)
    assert list(refused.value.errors) == ["ends_at"]


def test_an_appointment_that_is_moved_keeps_its_length(app: Flask) -> None:
    here = company(app)
    made = agree(here, ends_at=TEN + timedelta(minutes=90))
    here.change("appointment", made, starts_at=TEN + timedelta(days=1))
    moved = here.stored(Appointment, made)
    assert moved.ends_at - moved.starts_at == timedelta(minutes=90)


def test_an_appointment_ends_once_and_can_be_planned_again(app: Flask) -> None:
    here = company(app)
    made = agree(here)
    with here.working() as session:
        hold(session, session.get_one(Appointment, made), note="They want a quote", by=here.by(), at=START)
    with here.working() as session, pytest.raises(AlreadyOver):
        call_off(session, session.get_one(Appointment, made), note="", by=here.by(), at=START)
    assert here.stored(Appointment, made).state == "done"
    with here.working() as session:
        plan_again(session, session.get_one(Appointment, made), by=here.by())
    assert here.stored(Appointment, made).state == "planned"


def test_who_comes_stands_on_the_page_once(app: Flask) -> None:
    here = company(app)
    made = agree(here)
    mate = here.people["mate"].id
    here.add("attendee", appointment=made, person=mate)
    with pytest.raises(InvalidInput):
        here.add("attendee", appointment=made, person=mate)
    with pytest.raises(InvalidInput):
        here.add("attendee", appointment=made, person=here.people["seller"].id)
    assert "Mate Vega" in here.browser().get(f"/crm/appointments/{made}").text


def test_people_hold_and_call_off_on_the_page(app: Flask) -> None:
    here = company(app)
    made = agree(here)
    browser = here.browser()
    held = browser.get(f"/crm/appointments/{made}").form("It was held").submit(note="Good talk")
    assert "Held" in held.text
    assert "Good talk" in held.text
    again = held.form("Plan again").submit()
    assert "Planned" in again.text


def test_an_appointment_is_made_on_the_page_of_an_account(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    browser = here.browser()
    page = browser.get(f"/crm/accounts/{account}").follow("New appointment")
    back = page.form("Save").submit(title="Tour", starts_at="2099-05-04T10:30", place="Vigo")
    assert "Tour" in back.text
    assert "Vigo" in back.text


def test_a_calendar_file_of_an_appointment_is_for_those_who_see_it(app: Flask) -> None:
    here = company(app)
    made = agree(here, place="Vigo; quay 4", notes="Bring helmets")
    browser = here.browser()
    answer = browser.get(f"/crm/appointments/{made}/calendar-file").response
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/calendar"
    assert "DTSTART:20260303T100000Z\r\n" in text
    assert "LOCATION:Vigo\\; quay 4\r\n" in text
    assert 'ORGANIZER;CN="Seller Vega":mailto:seller@vega.example' in text.replace("\r\n ", "")
    here.browser("stranger").get(f"/crm/appointments/{made}/calendar-file", status=403)
