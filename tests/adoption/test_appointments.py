"""Appointments with people who need help: calendars are told of each change, and of nothing about the rollout."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.adoption.intervention_models import Intervention
from implementor.adoption.meeting import NothingAgreed, call_off
from implementor.adoption.models import PersonDay
from implementor.auth.models import User
from implementor.foundation.permissions import Role
from implementor.notifications.models import Notice, OutboxMessage
from tests.adoption.test_help import led
from tests.auth.builders import Person, add_people, reading, working
from tests.crm.builders import Company
from tests.machinery.pages import Browser, Page
from tests.projects.builders import browser_of

HELP = "/projects/VEN/adoption/help"
PAGE = "/projects/VEN/adoption/interventions/1"
BOGOTA, MADRID = ZoneInfo("America/Bogota"), ZoneInfo("Europe/Madrid")
DAY = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=5)
Told = tuple[str, str, dict[str, str]]


def typed(at: datetime, zone: ZoneInfo = BOGOTA) -> str:
    """A moment as it is typed in a zone."""
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def told(app: Flask) -> list[Told]:
    """To whom mails with calendar files went, their texts, and the lines of the files by name, in order."""
    with reading(app) as session:
        asked = select(OutboxMessage).where(OutboxMessage.calendar.is_not(None)).order_by(OutboxMessage.id)
        found = session.scalars(asked).all()
        return [(one.to_address, repr((one.subject, one.lines)), lines_of(one.calendar or "")) for one in found]


def lines_of(text: str) -> dict[str, str]:
    """The lines of a calendar file by their names."""
    lines = text.replace("\r\n ", "").split("\r\n")
    return {line.partition(":")[0].partition(";")[0]: line.partition(":")[2] for line in lines if line}


def in_brief(app: Flask) -> list[tuple[str, str, str, int]]:
    """(to whom, method, state, sequence) of every mail."""
    return [(to, file["METHOD"], file["STATUS"], int(file["SEQUENCE"])) for to, _text, file in told(app)]


def agreed(app: Flask) -> tuple[Company, Browser, Page, Person]:
    """The change lead, at work in Bogota, agrees on an hour with a person of the list, who lives in Madrid."""
    here, lead, _member = led(app)
    with working(app) as session:
        weak = session.scalars(select(PersonDay.user_id).where(PersonDay.user_id == here.people["seller"].id)).first()
        session.execute(update(User).where(User.id == weak).values(time_zone=str(MADRID), language="es"))
        session.execute(update(User).where(User.name == "Luna").values(time_zone=str(BOGOTA)))
    form = lead.get(f"{HELP}/{weak}/appointment").form("Agree on it")
    page = form.submit(meets_at=typed(DAY), meets_minutes="60", meets_place="Sala 4; piso 2")
    return here, lead, page, here.people["seller"]


def test_an_appointment_begins_help_and_goes_to_the_calendar_by_mail(app: Flask) -> None:
    here, lead, page, seller = agreed(app)
    assert page.url == PAGE
    assert f"Luna and {seller.name} meet on" in page.text
    ((to, text, file),) = told(app)
    assert (to, file["METHOD"], file["DTSTART"], file["LOCATION"]) == (
        seller.email, "REQUEST", DAY.strftime("%Y%m%dT%H%M%SZ"), "Sala 4\\; piso 2"
    )  # fmt: skip
    assert (file["ORGANIZER"], file["ATTENDEE"]) == ("mailto:Luna@vega.example", f"mailto:{seller.email}")
    assert DAY + timedelta(hours=1) == datetime.strptime(file["DTEND"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert typed(DAY).replace("T", " ") + " (America/Bogota)" in text
    assert f" {DAY.astimezone(MADRID).hour}:00'" in text, "the sentence has their own clock"
    assert not any(word in text + repr(file) for word in ("Rollout", "Wrote nothing", "Help at")), text
    with reading(app) as session:
        made = session.scalars(select(Intervention)).one()
        assert (made.figure, made.why, made.meets_zone) == ("writing", "Wrote nothing in 28 days", str(BOGOTA))
        assert session.scalars(select(Notice.user_id)).all() == [seller.id]
    assert "Luna" in here.browser("seller").get("/use/").find("#held").text_content()
    lead.get(f"{HELP}/{seller.id}/appointment").form("Agree on it").submit(
        meets_at=typed(DAY), meets_place="Again", status=409
    )  # fmt: skip
    assert len(told(app)) == 1, "one to come is moved instead"


def test_calendars_follow_a_move_a_call_off_and_what_is_taken_back(app: Flask) -> None:
    _here, lead, page, seller = agreed(app)
    later = DAY + timedelta(days=1)
    moved = page.form("Move it").submit(meets_at=typed(later), meets_place="", meets_link="https://meet.example/x")
    off = moved.form("Call the appointment off").submit()
    off.form("Undo").submit()
    files = [file for _to, _text, file in told(app)]
    assert len({file["UID"] for file in files}) == 1
    assert [to for to, *_others in told(app)] == [seller.email] * 4
    assert [(file["METHOD"], file["STATUS"]) for file in files] == [
        ("REQUEST", "CONFIRMED"), ("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED"), ("REQUEST", "CONFIRMED"),
    ]  # fmt: skip
    sequences = [int(file["SEQUENCE"]) for file in files]
    assert sequences == sorted(set(sequences))
    assert {file["DTSTART"] for file in files[1:]} == {later.strftime("%Y%m%dT%H%M%SZ")}
    assert "https://meet.example/x" in lead.get(PAGE).text
    own = lines_of(lead.client.get(f"{PAGE}/calendar-file").get_data(as_text=True))
    assert (own["METHOD"], own["UID"], own["SEQUENCE"]) == ("PUBLISH", files[0]["UID"], files[3]["SEQUENCE"])


def test_calendars_follow_help_that_is_put_away_and_brought_back_and_another_person(app: Flask) -> None:
    here, lead, page, seller = agreed(app)
    mate = here.people["mate"]
    page.form("Archive").submit()
    lead.get(PAGE).form("Restore").submit()
    lead.get("/projects/VEN/records/intervention/1/edit").form("Save").submit(person_id=str(mate.id))
    assert [one[:3] for one in in_brief(app)] == [
        (seller.email, "REQUEST", "CONFIRMED"), (seller.email, "CANCEL", "CANCELLED"),
        (seller.email, "REQUEST", "CONFIRMED"), (seller.email, "CANCEL", "CANCELLED"),
        (mate.email, "REQUEST", "CONFIRMED"),
    ]  # fmt: skip


def test_what_began_with_an_appointment_is_taken_back_with_it(app: Flask) -> None:
    _here, _lead, page, seller = agreed(app)
    page.form("Undo").submit()
    assert [one[:2] for one in in_brief(app)] == [(seller.email, "REQUEST"), (seller.email, "CANCEL")]
    with reading(app) as session:
        assert session.scalars(select(Intervention)).one().is_archived


def test_whom_they_meet_hears_when_somebody_else_calls_it_off(app: Flask) -> None:
    here, _lead, _page, seller = agreed(app)
    other = here.people["manager"].actor
    with working(app, other) as session:
        made = session.scalars(select(Intervention)).one()
        call_off(session, made, by=other, at=datetime.now(UTC))
        with pytest.raises(NothingAgreed):
            call_off(session, made, by=other, at=datetime.now(UTC))
    assert [one[:2] for one in in_brief(app)] == [
        (seller.email, "REQUEST"), (seller.email, "CANCEL"), ("Luna@vega.example", "CANCEL"),
    ]  # fmt: skip


def test_another_appointment_after_the_last_one_leaves_that_one_in_calendars(app: Flask) -> None:
    _here, lead, _page, seller = agreed(app)
    with working(app) as session:
        session.execute(update(Intervention).values(meets_at=DAY - timedelta(days=20)))
    page = lead.get(PAGE)
    assert "The last one was on" in page.text
    page.form("Agree on it").submit(meets_at=typed(DAY), meets_minutes="30", meets_place="Sala 4")
    first, second = (file for _to, _text, file in told(app))
    assert first["UID"] != second["UID"]
    assert (second["METHOD"], told(app)[1][0]) == ("REQUEST", seller.email)


WRONG = [
    ({"meets_at": typed(DAY - timedelta(days=9))}, "still to come"),
    ({"meets_at": typed(DAY + timedelta(days=400))}, "within a year"),
    ({"meets_at": "9999-12-31T23:59"}, "must be a date and a time"),
    ({"meets_minutes": "4"}, "5"),
    ({"meets_place": " "}, "Say where you meet"),
    ({"meets_link": "javascript:alert(1)"}, "address"),
]


@pytest.mark.parametrize(("values", "why"), WRONG)
def test_what_cannot_be_an_appointment_is_refused_beside_its_field(
    app: Flask, values: dict[str, str], why: str
) -> None:
    _here, _lead, page, _seller = agreed(app)
    usual = {"meets_at": typed(DAY), "meets_minutes": "60", "meets_place": "Sala 5"}
    refused = page.form("Move it").submit({**usual, **values}, status=422)
    assert why in refused.text
    assert len(told(app)) == 1


def test_only_change_leads_agree_and_only_with_people_whose_use_is_known(app: Flask) -> None:
    here, lead, page, seller = agreed(app)
    with working(app) as session:
        session.execute(update(User).where(User.id == seller.id).values(disabled_at=DAY))
    page.form("Move it").submit(meets_at=typed(DAY), meets_place="Sala 5", status=409)
    lead.get(f"{HELP}/{here.people['stranger'].id}/appointment", status=404)
    member = browser_of(app, add_people(app, [("Ada", "ada@vega.example", (Role.PMO,))])[0])
    assert seller.name not in member.get("/projects/VEN/history").text
    assert "Sala 4" not in member.get("/projects/VEN/history").text + member.get("/search?q=Sala").text
    for path in (f"{HELP}/{seller.id}/appointment", f"{PAGE}/calendar-file"):
        here.browser("mate").get(path, status=404)
    assert len(told(app)) == 1
