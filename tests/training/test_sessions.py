"""Courses, their sessions and seats: invited, booked, told by mail, there by list or code, closed and corrected."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.audiences.models import AffectedPerson
from implementor.foundation.errors import Refusal
from implementor.notifications.models import OutboxMessage
from implementor.training import attendance
from implementor.training.booking import SessionIsFull, book
from implementor.training.invitations import remind
from implementor.training.models import AttendanceCorrection, Course, Enrolment, PathStep, TrainingSession
from implementor.training.views.sessions import secret
from tests.audiences.builders import Affected, affected
from tests.auth.builders import reading
from tests.machinery.pages import Page

PLACE = "/projects/VEN/training"
NOW = datetime.now(UTC)
SOON = NOW + timedelta(hours=20)


@pytest.fixture
def here(app: Flask) -> Affected:
    """Three sellers, the member and the viewer of the project among them."""
    found = affected(app)
    found.write(AffectedPerson, name="Member Ven", email="member@ven.example", job_role="Seller", language="es")
    found.write(AffectedPerson, name="Viewer Ven", email="viewer@ven.example", job_role="Seller")
    found.write(AffectedPerson, name="Ana Alba", email="ana@there.example", job_role="seller")
    return found


def session_of(here: Affected, course: int, name: str = "Morning", starts_at: datetime = SOON, **more: Any) -> int:
    """A session of a course."""
    given = {"name": name, "course_id": course, "starts_at": starts_at, "zone": "America/Bogota", "seats": 2}
    return here.write(TrainingSession, **{**given, **more})


def parts(here: Affected) -> dict[str, Enrolment]:
    """Everybody's newest part, by name."""
    with reading(here.app) as session:
        rows = session.execute(
            select(AffectedPerson.name, Enrolment).join(Enrolment, Enrolment.person_id == AffectedPerson.id)
            .order_by(Enrolment.id)
        ).all()  # fmt: skip
        return dict(rows)


def mails(here: Affected) -> list[tuple[str, str]]:
    """To whom which subject went, in order."""
    with reading(here.app) as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        return [(row.to_address, row.subject["message"]) for row in rows if "course" in str(row.subject)]


def move(here: Affected, held: int, starts_at: datetime) -> None:
    """Let a session begin at another time."""
    with here.working() as session:
        session.get_one(TrainingSession, held).starts_at = starts_at


def button(page: Page, action: str, **fields: str) -> Page:
    """Press the button or send the form whose address ends so."""
    return page.form(f"form[action$='{action}']").submit(fields)


def test_a_role_is_invited_books_itself_and_the_full_session_names_the_next(here: Affected) -> None:
    course = here.write(Course, name="CRM basics", name_es="Lo básico")
    page = here.browser().get(f"{PLACE}/courses/{course}")
    assert "Nobody can take this course until it is held somewhere" in page.text
    here.write(PathStep, name="SELLER", course_id=course)
    page = here.browser().get(f"{PLACE}/courses/{course}")
    assert "3 people of these roles have no part in it yet" in page.text
    page = button(page, "/invite")
    assert {name: (part.state, part.way) for name, part in parts(here).items()} == dict.fromkeys(
        ("Member Ven", "Viewer Ven", "Ana Alba"), ("invited", "rule")
    )
    assert [to for to, _subject in mails(here)] == ["ana@there.example", "member@ven.example", "viewer@ven.example"]
    held, later = session_of(here, course, seats=1), session_of(here, course, "Later", SOON + timedelta(days=3))
    mine = button(here.browser("member").get("/training"), f"/{held}/book")
    assert "You have a seat." in mine.text
    assert parts(here)["Member Ven"].state == "booked"
    refused = here.browser().get(f"{PLACE}/sessions/{held}").form("form[action$='/book']").submit(
        person_id=str(parts(here)["Ana Alba"].person_id), status=409
    )  # fmt: skip
    assert "No seat of 1 is left. The next session with seats is Later" in refused.text
    button(here.browser("member").get("/training"), f"/{held}/give-back")
    assert (parts(here)["Member Ven"].state, parts(here)["Member Ven"].session_id) == ("invited", None)
    button(here.browser("viewer").get("/training"), f"/{later}/book")
    here.browser("sponsor").get("/training/sessions/1/calendar-file", status=404)
    text = here.browser("viewer").client.get(f"/training/sessions/{later}/calendar-file").get_data(as_text=True)
    assert f"DTSTART:{SOON + timedelta(days=3):%Y%m%dT%H%M%SZ}" in text


def test_seats_are_never_more_than_there_are_and_nobody_has_two(here: Affected) -> None:
    course = here.write(Course, name="CRM basics")
    held, other = session_of(here, course, seats=2), session_of(here, course, "Other", seats=2)
    with here.working() as session:
        people = session.scalars(select(AffectedPerson).order_by(AffectedPerson.id)).all()
        sessions = {one: session.get_one(TrainingSession, one) for one in (held, other)}

        def give(person: AffectedPerson, which: int) -> Callable[[], Enrolment]:
            return lambda: book(session, sessions[which], person, way="hand", by=here.by(), at=NOW)

        give(people[0], held)()
        for again in (held, other):
            with pytest.raises(Refusal, match="has a seat"):
                give(people[0], again)()
        give(people[1], held)()
        with pytest.raises(SessionIsFull, match="next session with seats is Other"):
            give(people[2], held)()
    page = here.browser().get(f"/projects/VEN/records/training_session/{held}/edit")
    assert "Seats taken already: 2" in page.form("main form.record-form, main form").submit(seats="1", status=422).text


def test_the_day_before_everybody_is_reminded_once_in_their_language(here: Affected) -> None:
    course = here.write(Course, name="CRM basics", name_es="Lo básico")
    held = session_of(here, course, place="Room 2")
    with here.working() as session:
        person = session.scalars(select(AffectedPerson).where(AffectedPerson.name == "Member Ven")).one()
        book(session, session.get_one(TrainingSession, held), person, way="hand", by=here.by(), at=NOW)
    assert (remind(here.app, NOW), remind(here.app, NOW)) == (1, 0)
    with reading(here.app) as session:
        last = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert last is not None
    assert (last.to_address, last.language) == ("member@ven.example", "es")
    assert "Lo básico" in str(last.subject)
    assert "(America/Bogota)" in str(last.lines)
    assert "Room 2" in str(last.lines)


def test_who_is_there_says_so_by_the_code_on_the_screen(here: Affected) -> None:
    course = here.write(Course, name="CRM basics", pass_mark=0)
    held = session_of(here, course, trainer_id=here.people["lead"].id)
    button(here.browser("change").get(f"{PLACE}/sessions/{held}"), "/book", person_id="1")
    assert "No code now" in here.browser("lead").get(f"{PLACE}/sessions/{held}/code").text
    here.browser("viewer").get(f"{PLACE}/sessions/{held}/code", status=404)
    move(here, held, NOW - timedelta(minutes=5))
    with reading(here.app) as session, here.app.app_context():
        found = session.get_one(TrainingSession, held)
        shown = attendance.code_of(secret(), found, datetime.now(UTC))
        old = attendance.code_of(secret(), found, datetime.now(UTC) - timedelta(minutes=30))
    assert shown in here.browser("lead").get(f"{PLACE}/sessions/{held}/code").text
    page = here.browser("member").get("/training")
    assert "not the code on the screen" in page.form("form[action$='/here']").submit(code=old, status=409).text
    page.form("form[action$='/here']").submit(code=f" {shown[:4].lower()} {shown[4:]}")
    done = parts(here)["Member Ven"]
    assert (done.state, done.certificate) == ("completed", 1)


def test_attendance_is_marked_closed_and_then_only_corrected_with_a_reason(here: Affected) -> None:
    course = here.write(Course, name="CRM basics")
    held = session_of(here, course, trainer_id=here.people["lead"].id)
    for person in ("1", "2"):
        button(here.browser().get(f"{PLACE}/sessions/{held}"), "/book", person_id=person)
    assert "Was there" not in here.browser("lead").get(f"{PLACE}/sessions/{held}").text
    move(here, held, NOW - timedelta(hours=2))
    one = parts(here)["Member Ven"].id
    trainer = here.browser("lead")
    page = (
        trainer.get(f"{PLACE}/sessions/{held}")
        .form("form[action$='/attendance']")
        .submit({f"part_{one}": "yes"}, button="Keep and close the session")
    )
    assert {name: part.state for name, part in parts(here).items()} == {
        "Member Ven": "attended",
        "Viewer Ven": "no_show",
    }
    other = parts(here)["Viewer Ven"].id
    page.form("form[action$='/attendance']").submit({f"part_{other}": "yes", "reason": " "}, status=409)
    page.form("form[action$='/attendance']").submit({f"part_{other}": "yes", "reason": "She came late"})
    with reading(here.app) as session:
        kept = session.scalars(select(AttendanceCorrection)).one()
        assert (kept.was, kept.became, kept.reason, kept.created_by_id) == (
            "no_show", "attended", "She came late", here.people["lead"].id,
        )  # fmt: skip
    here.browser("member").get(f"{PLACE}/sessions/{held}")
    assert "Viewer Ven" not in here.browser("member").get(f"{PLACE}/sessions/{held}").text


def test_a_session_that_is_called_off_keeps_invitations_and_tells_people(here: Affected) -> None:
    course = here.write(Course, name="CRM basics")
    held = session_of(here, course)
    button(here.browser().get(f"{PLACE}/sessions/{held}"), "/book", person_id="3")
    page = button(here.browser("lead").get(f"{PLACE}/sessions/{held}"), "/call-off")
    assert "This session is called off" in page.text
    assert (parts(here)["Ana Alba"].state, parts(here)["Ana Alba"].session_id) == ("invited", None)
    assert mails(here)[-1] == ("ana@there.example", "A training session is called off: %(course)s")
    page = here.browser().get(f"{PLACE}/courses/{course}")
    button(page, "/withdraw")
    assert parts(here) == {}


def test_hours_are_those_of_the_place_and_of_the_reader(here: Affected) -> None:
    course = here.write(Course, name="CRM basics")
    session_of(here, course, starts_at=datetime(2030, 1, 15, 14, 0, tzinfo=UTC))
    assert "2030-01-15 09:00 (America/Bogota)" in here.browser().get(f"{PLACE}/sessions/1").text
    page = here.browser().get("/projects/VEN/records/training_session/1/edit")
    assert "no such time zone" in page.form("main form").submit(zone="Mars/Olympus", status=422).text


def test_materials_are_text_and_files_of_the_course(here: Affected) -> None:
    course = here.write(Course, name="CRM basics", materials="Read **this** first")
    here.write(PathStep, name="Seller", course_id=course)
    page = here.browser().get(f"{PLACE}/courses/{course}")
    assert page.find("#record_body strong").text == "this"
    page.form("form[enctype='multipart/form-data']").submit(files=(io.BytesIO(b"Steps"), "steps.txt"))
    assert "steps.txt" in here.browser("viewer").get(f"{PLACE}/courses/{course}").text
    assert "first" in here.browser("viewer").get("/training").text
