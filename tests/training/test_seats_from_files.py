"""Seats from files: people by address, full sessions, rows twice, the page it begins from, and the way back."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from implementor.audiences.models import AffectedPerson
from implementor.notifications.models import OutboxMessage
from implementor.training.attendance import mark
from implementor.training.booking import invite
from implementor.training.invitations import remind
from implementor.training.models import Course, Enrolment, TrainingSession
from implementor.training.moments import moment_there
from implementor.web.language import show_date
from tests.audiences.builders import AT, Affected, affected
from tests.auth.builders import reading
from tests.exchange.builders import work_off
from tests.exchange.registers import Register, became

NOW = datetime.now(UTC)
SOON = (NOW + timedelta(hours=20)).replace(microsecond=0)
ZONE = "America/Bogota"
MOMENT, NEXT = (moment_there(SOON + timedelta(days=days), ZONE) for days in (0, 7))
SESSION = "/projects/VEN/training/sessions/1"
HEAD = "E-mail;Name;Session\n"


@pytest.fixture
def here(app: Flask) -> Affected:
    """A course with a session of three seats and a later one of one; Ana and Bea are known, Ana is invited."""
    found = affected(app)
    people = [
        found.write(AffectedPerson, name=name, email=f"{name.split()[0].lower()}@there.example", **more)
        for name, more in (("Ana Alba", {"language": "es"}), ("Bea Bosch", {}))
    ]
    course = found.write(Course, name="CRM basics", name_es="Lo básico")
    for name, days, seats in (("Morning", 0, 3), ("Later", 7, 1)):
        starts_at = SOON + timedelta(days=days)
        found.write(TrainingSession, name=name, course_id=course, starts_at=starts_at, zone=ZONE, seats=seats)
    with found.working() as session:
        ana = session.get_one(AffectedPerson, people[0])
        invite(session, session.get_one(Course, course), [ana], way="rule", by=found.by(), at=AT)
    return found


@pytest.fixture
def register(here: Affected, tmp_path: Path) -> Register:
    """Seats on the sessions of the project."""
    return Register(here.app, here.project_id, here.by(), "training_seat", tmp_path)


def seats(here: Affected) -> list[tuple[str, str | None, str, str]]:
    """(person, session, state, way) of every part, by name."""
    with reading(here.app) as session:
        rows = session.execute(
            select(AffectedPerson.name, TrainingSession.name, Enrolment.state, Enrolment.way)
            .join(Enrolment, Enrolment.person_id == AffectedPerson.id)
            .outerjoin(TrainingSession, TrainingSession.id == Enrolment.session_id)
            .order_by(AffectedPerson.name)
        )  # fmt: skip
        return [(row[0], row[1], row[2], row[3]) for row in rows]


def mails(here: Affected) -> list[tuple[str, str, str]]:
    """(address, language, subject) of what was written, in order."""
    with reading(here.app) as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        return [(row.to_address, row.language, row.subject["message"].split(":")[0]) for row in rows]


def test_seats_go_to_known_and_new_people_by_address_and_full_sessions_name_the_next(
    here: Affected, register: Register
) -> None:
    path = register.file(
        HEAD + "ANA@there.example;;Morning\nbea@there.example;;morning\nana@there.example;;Morning\nAna Alba;;Morning\n"
        f"new@there.example;Nora New;Morning, {MOMENT}\nlate@there.example;;Morning\nbea@there.example;;Later\n"
        "lone@there.example;;Nowhere\n"
    )  # fmt: skip
    refused = [
        (5, "Nobody here has this key, and it is not an address. Nobody is found by a name."),
        (7, f"No seat of 3 is left. The next session with seats is Later, {NEXT}."),
        (8, "Bea Bosch has a seat in another session of this course."), (9, "No session here is called so."),
    ]  # fmt: skip
    assert [(row, why) for row, _value, why in register.refusals(path)] == refused
    assert seats(here) == [("Ana Alba", None, "invited", "rule")]
    run = register.bring(path)
    assert became(run) == (2, 1, 1, 4)
    assert seats(here) == [
        ("Ana Alba", "Morning", "booked", "rule"), ("Bea Bosch", "Morning", "booked", "import"),
        ("Nora New", "Morning", "booked", "import"),
    ]  # fmt: skip
    told = "Your seat on a training course"
    assert sorted(mails(here)[1:]) == [
        ("ana@there.example", "es", told), ("bea@there.example", "en", told), ("new@there.example", "en", told),
    ]  # fmt: skip
    assert became(register.bring(path)) == (0, 0, 4, 4)
    only = register.file(HEAD + "other@there.example;;Later\n", "only.csv")
    assert [why for *_row, why in register.refusals(only, links="find")] == ["Nobody here has this address."]


def test_who_cannot_come_and_what_is_not_to_come_get_no_seat(here: Affected, register: Register) -> None:
    people: dict[str, dict[str, Any]] = {
        "left": {"left_on": NOW.date() - timedelta(days=1)}, "away": {"archived_at": AT}
    }  # fmt: skip
    for name, values in people.items():
        here.write(AffectedPerson, name=name, email=f"{name}@there.example", **values)
    for name, state in (("Off", "cancelled"), ("Plan", "planned")):
        here.write(TrainingSession, name=name, course_id=1, starts_at=SOON, zone=ZONE, seats=5, state=state)
    here.write(TrainingSession, name="Begun", course_id=1, starts_at=NOW - timedelta(hours=1), zone=ZONE, seats=5)
    other = here.write(Course, name="Other")
    here.write(TrainingSession, name="Later", course_id=other, starts_at=SOON, zone=ZONE, seats=5)
    rows = [("left", "Morning"), ("away", "Morning"), *(("bea", one) for one in ("Off", "Plan"))]
    rows += [("bea", "Begun"), ("bea", "Later"), ("bea", ""), ("", "Morning")]
    path = register.file(HEAD + "".join(f"{who and who + '@there.example'};;{one}\n" for who, one in rows))
    day = show_date(NOW.date() - timedelta(days=1))
    assert [why for _row, _value, why in register.refusals(path)] == [
        f"left leaves the company before the session, on {day}.", "away was put away. Bring them back first.",
        "The session is called off.", "The session is not open for booking.", "The session has begun.",
        f"Several sessions are called so. Write the name with its moment, such as Later, {MOMENT}.",
        "Session is needed.", "Address or key is needed.",
    ]  # fmt: skip
    by_course = register.file("E-mail;Course;Session\nbea@there.example;OTHER;Later\n", "courses.csv")
    assert became(register.bring(by_course)) == (1, 0, 0, 0)


def test_a_dry_run_counts_the_seats_of_the_whole_file(here: Affected, register: Register) -> None:
    with here.working() as session:
        session.get_one(TrainingSession, 1).seats = 1200
    path = register.file(HEAD + "".join(f"p{number}@there.example;;Morning\n" for number in range(1500)))
    refused = register.refusals(path)
    assert [row for row, *_rest in refused] == list(range(1202, 1502))
    assert f"The next session with seats is Later, {NEXT}." in refused[0][2]


def test_a_file_of_seats_is_taken_back_as_a_whole_but_for_what_happened_since(
    here: Affected, register: Register
) -> None:
    run = register.bring(
        register.file(HEAD + "".join(f"{who}@there.example;;Morning\n" for who in ("ana", "bea", "x")))
    )
    assert remind(here.app) == 3  # a reminder is no change
    with here.working() as session:
        session.get_one(TrainingSession, 1).starts_at = NOW - timedelta(minutes=5)
    with here.working() as session:
        bea = select(Enrolment).join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        part = session.scalars(bea.where(AffectedPerson.name == "Bea Bosch")).one()
        mark(session, session.get_one(TrainingSession, 1), {part.id: True}, reason="", by=here.by(), at=NOW)
    with here.working() as session:
        session.get_one(TrainingSession, 1).starts_at = SOON
    undone = register.take_back(run)
    assert [(title, str(why)) for title, why in undone.kept] == [("Seat on a session", "It was changed since.")]
    assert seats(here) == [("Ana Alba", None, "invited", "rule"), ("Bea Bosch", "Morning", "attended", "import")]
    gone = "Your seat on a training course was taken back"
    assert sorted(one for one in mails(here) if one[2] == gone) == [
        ("ana@there.example", "es", gone), ("x@there.example", "en", gone),
    ]  # fmt: skip
    with reading(here.app) as session:
        known = session.scalar(select(func.count(AffectedPerson.id)).where(AffectedPerson.archived_at.is_(None)))
        assert known == 2
    assert became(register.bring(register.file(HEAD + "x@there.example;;Morning\n", "again.csv"))) == (1, 0, 0, 0)


def workbook() -> tuple[io.BytesIO, str]:
    """A sheet of two people, one of whom nobody knows."""
    book = Workbook()
    assert book.active is not None
    for line in (("Correo", "Nombre"), ("bea@there.example", "Bea"), ("new@there.example", "Nora New")):
        book.active.append(line)
    book.save(file := io.BytesIO())
    return io.BytesIO(file.getvalue()), "people.xlsx"


def test_an_import_begins_from_the_page_of_its_session_and_leads_back_to_it(here: Affected) -> None:
    browser = here.browser()
    page = browser.get(SESSION).follow("Seats from a file")
    assert f"Morning, {MOMENT}" in page.text
    assert "training_seat" in page.form("#upload").values["kind"]
    page = page.form("#upload").submit(file=workbook()).form("main form").submit(button="Next: columns")
    assert f"Morning, {MOMENT}" in page.text
    refusing = page.form("#columns").submit(button="Show again", links="find")
    assert "Address or key: Nobody here has this address." in refusing.find("#mapped_rows").text_content()
    checked = page.form("#columns").submit(button="Check all rows", links="create")
    run = checked.form("Import 2 rows").submit().url
    work_off(here.app)
    assert "Nora New" in browser.get(run).follow("See what came in").find("#people").text_content()
    browser.get(run).form("Take this import back").submit()
    work_off(here.app)
    assert "Nobody has a seat yet" in browser.get(SESSION).find("#people").text_content()


def test_only_who_gives_seats_brings_them_from_files(here: Affected) -> None:
    new = "/projects/VEN/imports/new?kind=training_seat&about="
    assert "Seats from a file" not in here.browser("lead").get(SESSION).text
    here.browser("member").get(f"{new}1", status=403)
    assert "where a row says nothing" not in here.browser("lead").get(f"{new}1").text
    for unknown in ("0", "9", "1000000000000000000", "x"):
        assert "where a row says nothing" not in here.browser().get(f"{new}{unknown}").text
    here.write(TrainingSession, name="Off", course_id=1, starts_at=SOON, zone=ZONE, seats=5, state="cancelled")
    assert "Seats from a file" not in here.browser().get(SESSION.replace("/1", "/3")).text
