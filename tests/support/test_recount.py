"""Every number of the weeks after going live, counted again in plain Python from the files that readers take along."""

import csv
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.auth.models import Area
from implementor.calendars.models import SlaClock, SlaPolicy, SlaPolicyVersion
from implementor.support.models import SupportRequest
from implementor.training.models import Course, CourseTopic, Enrolment
from implementor.waves.models import Wave
from tests.audiences.builders import Affected, affected
from tests.auth.builders import reading
from tests.machinery.pages import Page
from tests.support.test_requests import promise

PAGE = "/projects/VEN/requests/hypercare"
LISTED = "/projects/VEN/lists/support_request/export.csv?columns=name,kind,priority,state,area_id,created_at"
RESULTS = "/projects/VEN/training/results/export.csv"
NOON = datetime.now(UTC).replace(hour=12, minute=0)
LIVE = NOON - timedelta(days=30)
KINDS = ("How do I …?", "Something does not work", "A wish")
ASKED = ("Copy a quote", "Quotes without tax", "Log in", "Merge two contacts", "A contact is gone")
TOPICS = {"Writing quotes": ("quote", "quotes"), "Contacts of accounts": ("contact", "contacts")}
Row = dict[str, str]


@pytest.fixture
def here(app: Flask) -> Affected:
    """Ninety requests of forty days, of which the wave has been live for thirty; two courses with a topic each."""
    found, chance = affected(app), random.Random(16)
    promise(found)
    wave, people = found.wave(), [found.write(AffectedPerson, name=f"P{number}") for number in range(7)]
    courses = [found.write(Course, name=f"About {name}") for name in TOPICS]
    for name, course_id in zip(TOPICS, courses, strict=True):
        found.write(CourseTopic, name=name, course_id=course_id)
    with found.working() as session:
        session.add_all(areas := [Area(name="North"), Area(name="South")])
        live = {"stage": "adoption", "started_at": LIVE, "closed_at": LIVE}
        session.execute(update(Wave).where(Wave.id == wave).values(live))
        for course_id in courses:
            for person_id in people:
                state = chance.choice(("completed", "invited", "attended"))
                session.add(
                    Enrolment(project_id=found.project_id, course_id=course_id, person_id=person_id, state=state)
                )
        session.flush()
        ask(session, chance, found, [None, *(area.id for area in areas)])
    return found


def ask(session: Session, chance: random.Random, here: Affected, areas: list[int | None]) -> None:
    """Requests of many days, with a promise each that is kept, late, running or called off."""
    policy_id = session.scalars(select(SlaPolicy.id)).one()
    session.add(version := SlaPolicyVersion(policy_id=policy_id, fingerprint="1", terms={}, made_at=NOON))
    session.flush()
    for number in range(90):
        at = NOON - timedelta(days=chance.randrange(1, 41))
        made = SupportRequest(
            project_id=here.project_id, name=chance.choice(ASKED), kind=chance.choice(("how_to", "fault", "wish")),
            priority=chance.choice(("low", "normal", "high", "urgent")), area_id=chance.choice(areas),
            state=chance.choice(("open", "answered", "done")),
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.execute(update(SupportRequest).where(SupportRequest.id == made.id).values(created_at=at))
        session.add(clock_of(made.id, ("first_answer", "settled")[number % 2], version.id, chance, at))


def clock_of(request_id: int, name: str, version_id: int, chance: random.Random, at: datetime) -> SlaClock:
    """A promise to a request in some state."""
    state = chance.choice(("met", "breached", "late", "running", "cancelled"))
    ends: dict[str, datetime] = {}
    if state in ("met", "late"):
        ends["met_at"] = at
    if state in ("breached", "late"):
        ends["breached_at"] = at
    if state == "cancelled":
        ends["cancelled_at"] = at
    return SlaClock(
        record_kind="support_request", record_id=request_id, name=name, version_id=version_id, target_seconds=3600,
        state="breached" if state == "late" else state, started_at=at, counting_since=at,
        due_at=at + timedelta(hours=1), **ends,
    )  # fmt: skip


def rows_of(here: Affected, url: str, first: str) -> list[Row]:
    """The rows of a file, below the lines that say what it is of; `first` is the head of its first column."""
    lines = here.browser().get(url).response.get_data(as_text=True).lstrip("\ufeff").splitlines()
    start = next(place for place, line in enumerate(lines) if line.split(",")[0] == first)
    return list(csv.DictReader(StringIO("\n".join(lines[start:]))))


def since_live(here: Affected) -> list[Row]:
    """The requests in the file of their list that came since the wave went live."""
    return [row for row in rows_of(here, LISTED, "In one line") if row["Received"][:10] >= str(LIVE.date())]


def count(rows: list[Row], which: Callable[[Row], Any]) -> int:
    """How many of the rows are such."""
    return sum(bool(which(row)) for row in rows)


def table_of(page: Page, card: str) -> list[list[str]]:
    """The rows of the table in a card, with the words of each cell."""
    return [
        [" ".join(cell.text_content().split()) for cell in line.cssselect("th, td")]
        for line in page.all(f"#{card} tbody tr")
    ]


def test_weeks_and_calm_are_found_again_in_the_list_of_requests(here: Affected) -> None:
    rows, weeks = since_live(here), rows_of(here, f"{PAGE}.csv", "First day")
    page = here.browser().get(PAGE)
    assert 50 < len(rows) < 90
    shown = [line[1:] for line in table_of(page, "weeks")]
    for week, line in zip(weeks, shown, strict=True):
        days = [row for row in rows if week["First day"] <= row["Received"][:10] <= week["Last day"]]
        assert [week[kind] for kind in KINDS] == line
        kinds = Counter(row["Kind"] for row in days)
        assert line == [str(kinds[kind]) for kind in KINDS]
    assert sum(int(cell) for line in shown for cell in line) == len(rows)
    today, opened = date.fromisoformat(weeks[-1]["Last day"]), [row for row in rows if row["State"] == "To be taken up"]
    ages = [(today - date.fromisoformat(row["Received"][:10])).days for row in rows if row["Kind"] == KINDS[0]]
    said = " ".join(page.find("#calm").text_content().split())
    urgent = count(opened, lambda row: (row["Kind"], row["Priority"]) == (KINDS[1], "Urgent"))
    waiting = count(opened, lambda row: (today - date.fromisoformat(row["Received"][:10])).days > 5)
    asked = [sum(first <= age < first + 7 for age in ages) for first in (0, 7)]
    assert f"{urgent} urgent fault" in said
    assert f"{waiting} requests wait longer than 5 days" in said
    assert f"{asked[0]} asked how something is done in the last seven days, {asked[1]} in the seven before" in said


def test_what_is_open_and_asked_about_is_found_again_in_the_files(here: Affected) -> None:
    rows, page = since_live(here), here.browser().get(PAGE)
    opened = [row for row in rows if row["State"] == "To be taken up"]
    areas = Counter(row["Area of the sender"] or "No area" for row in opened)
    assert {name: int(number) for name, number in table_of(page, "open")} == areas
    listed = Counter(tuple(" ".join(one.text_content().split()).rsplit(" ", 1)) for one in page.all("#open li"))
    assert set(listed) == {(name, str(number)) for name, number in Counter(row["Priority"] for row in opened).items()}
    assert f"{len(opened)} requests of this time" in page.text
    results = rows_of(here, RESULTS, "Training course")
    topics = {line[0]: line[1:] for line in table_of(page, "topics")}
    assert set(topics) == set(TOPICS)
    for topic, words in TOPICS.items():
        how_to = [set(row["In one line"].lower().split()) for row in rows if row["Kind"] == KINDS[0]]
        asked = sum(bool(said & set(words)) for said in how_to)
        taken = [row for row in results if row["Training course"] == f"About {topic}"]
        done = count(taken, lambda row: row["State"] == "Completed")
        assert topics[topic] == [f"About {topic}", str(asked), f"{done} of {len(taken)}"]


def test_promises_are_found_again_in_their_clocks(here: Affected) -> None:
    found: dict[str, Counter[str]] = {"first_answer": Counter(), "settled": Counter()}
    with reading(here.app) as session:
        for row in session.execute(text(
            "SELECT c.name, c.met_at, c.breached_at, c.cancelled_at, r.created_at FROM sla_clock c"
            " JOIN support_request r ON r.id = c.record_id"
        )).mappings():  # fmt: skip
            if str(row["created_at"])[:10] < str(LIVE.date()) or (row["cancelled_at"] and not row["breached_at"]):
                continue
            found[row["name"]]["late" if row["breached_at"] else "kept" if row["met_at"] else "runs"] += 1
    shown = table_of(here.browser().get(PAGE), "promises")
    assert [line[1:] for line in shown] == [
        [str(counts[name]) for name in ("kept", "late", "runs")] for counts in found.values()
    ]
