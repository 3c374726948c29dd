"""Telling in time that certificates run out: whom, once of each last day, in whose language, and of which not."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.audiences.models import AffectedPerson
from implementor.auth.models import User
from implementor.foundation.words import phrase_from_json
from implementor.history.models import Change
from implementor.notifications.models import Notice, OutboxMessage
from implementor.training.expiry_news import LED, OWN, tell_of_expiry
from implementor.training.models import Course, Enrolment
from implementor.training.validity import WARNING_DAYS
from tests.audiences.builders import Affected, affected
from tests.auth.builders import reading

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
DAY = NOW.date()
LAST = DAY + timedelta(days=WARNING_DAYS)


@pytest.fixture
def here(app: Flask) -> Affected:
    """A course that counts for a year, and people with and without a login."""
    found = affected(app)
    known: dict[str, dict[str, Any]] = {
        "Member Ven": {"email": "member@ven.example"}, "Viewer Ven": {"email": "viewer@ven.example"},
        "Ana Alba": {"email": "ana@there.example", "language": "es"}, "Dora Nowhere": {},
        "Left Long": {"email": "left@there.example", "left_on": DAY - timedelta(days=1)},
    }  # fmt: skip
    for name, values in known.items():
        found.write(AffectedPerson, name=name, **values)
    found.write(Course, name="CRM basics", name_es="Lo básico", valid_months=12)
    with found.working() as session:
        session.scalars(select(User).where(User.email == "member@ven.example")).one().language = "es"
    return found


def give(here: Affected, name: str, until: date | None, number: int, state: str = "completed") -> int:
    """Somebody's part in the course, with the last day of its certificate."""
    with here.working() as session:
        person = session.scalars(select(AffectedPerson).where(AffectedPerson.name == name)).one()
        part = Enrolment(
            project_id=here.project_id, course_id=1, person_id=person.id, state=state, certificate=number,
            valid_until=until,
        )  # fmt: skip
        session.add(part)
        session.flush()
        return part.id


def mails(here: Affected) -> list[tuple[str, str, str]]:
    """To whom, in which language, and about which course or how many, in the order of addresses."""
    with reading(here.app) as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.to_address, OutboxMessage.id)).all()
        told = [(row.to_address, row.language, phrase_from_json(row.subject).values) for row in rows]
        return [(to, language, str(said.get("course", said.get("count")))) for to, language, said in told]


def test_holders_and_change_leads_hear_once_of_each_last_day(here: Affected) -> None:
    one = give(here, "Member Ven", LAST, 1)
    for number, name in enumerate(("Ana Alba", "Viewer Ven", "Dora Nowhere"), start=2):
        give(here, name, LAST, number)
    assert [tell_of_expiry(here.app, NOW - timedelta(days=1)), tell_of_expiry(here.app, NOW)] == [0, 4]
    assert tell_of_expiry(here.app, NOW + timedelta(days=1)) == 0
    assert mails(here) == [
        ("ana@there.example", "es", "Lo básico"), ("change@ven.example", "en", "4"),
        ("member@ven.example", "es", "Lo básico"), ("viewer@ven.example", "en", "CRM basics"),
    ]  # fmt: skip
    with reading(here.app) as session:
        notices = session.execute(select(Notice.kind, Notice.user_id)).all()
        assert sorted(map(tuple, notices)) == sorted([
            (OWN, here.people["member"].id), (OWN, here.people["viewer"].id), (LED, here.people["change"].id),
        ])  # fmt: skip
        assert session.scalars(select(Change).where(Change.record_kind == "enrolment", Change.verb == "changed")
                               ).all() == []  # fmt: skip
        lines = session.scalars(select(OutboxMessage.lines).where(OutboxMessage.to_address == "change@ven.example"))
        assert f"Dora Nowhere: CRM basics ({LAST})" in str(lines.one())
    with here.working() as session:  # another last day is told of anew
        session.get_one(Enrolment, one).valid_until = LAST + timedelta(days=2)
    assert [tell_of_expiry(here.app, NOW + timedelta(days=days)) for days in (1, 2, 3)] == [0, 1, 0]


def test_renewed_withdrawn_and_ended_certificates_are_told_of_nobody(here: Affected) -> None:
    give(here, "Member Ven", LAST, 1)
    give(here, "Member Ven", LAST + timedelta(days=300), 2)  # renewed for a while
    give(here, "Viewer Ven", LAST, 3)
    give(here, "Viewer Ven", None, 4)  # renewed for good
    give(here, "Ana Alba", LAST, 5, state="attended")  # the score was corrected
    give(here, "Dora Nowhere", DAY - timedelta(days=1), 6)  # over already
    give(here, "Left Long", LAST, 7)
    assert tell_of_expiry(here.app, NOW) == 0
    assert mails(here) == []


def test_a_notice_leads_to_where_the_certificate_stands(here: Affected) -> None:
    give(here, "Member Ven", LAST, 1)
    tell_of_expiry(here.app, NOW)
    told = here.browser("member").get("/notices")
    assert "Su certificado de Lo básico vence el" in told.text
    assert "Lo básico" in told.form("form[action$='/open']").submit().find("main").text_content()
    led = here.browser().get("/notices")
    assert "VEN: 1 certificate runs out soon" in led.text
    assert "Member Ven" in led.form("form[action$='/open']").submit().text
