"""Every number of the pages of training, counted again in plain Python from the files that a reader takes along."""

import csv
import math
import random
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from implementor.audiences.models import AffectedPerson
from implementor.auth.models import Area
from implementor.training.models import Course, Enrolment
from tests.audiences.builders import Affected, affected

PLACE = "/projects/VEN/training/results"
TODAY = datetime.now(UTC).date()
LIVE = TODAY - timedelta(days=3)
MARKS = {"Basics": 70, "Quotes": 55, "Teaching": 70}
Row = dict[str, str]


@pytest.fixture
def here(app: Flask) -> Affected:
    """Twenty people of three areas in three courses, in every state, with and without points and last days."""
    found, chance = affected(app), random.Random(16)
    with found.working() as session:
        areas = [Area(name=name) for name in ("North", "South", "East")]
        session.add_all(areas)
        session.flush()
        area_ids = [one.id for one in areas]
    audience, wave = found.audience(), found.wave(starts_on=TODAY - timedelta(days=60), ends_on=LIVE)
    found.impact(audience, wave)
    people = []
    for number in range(20):
        area_id = area_ids[0 if number < 9 else 1 if number < 18 else 2]
        made = found.write(AffectedPerson, name=f"P{number:02}", email=f"{number}@there.example", area_id=area_id)
        people.append(made)
        if number % 3:
            found.list(audience, made)
    kinds = {"Basics": "use", "Quotes": "benefits", "Teaching": "trainer"}
    courses = [found.write(Course, name=name, kind=kinds[name], pass_mark=mark) for name, mark in MARKS.items()]
    with found.working() as session:
        for course_id in courses:
            for person_id in people:
                session.add(Enrolment(project_id=found.project_id, course_id=course_id, person_id=person_id,
                                      way="hand", **drawn(chance)))  # fmt: skip
    return found


def drawn(chance: random.Random) -> dict[str, Any]:
    """What became of somebody's part in a course."""
    state = chance.choice(("invited", "booked", "attended", "no_show", "completed", "completed"))
    if state not in ("attended", "completed"):
        return {"state": state}
    points = {"score_before": chance.choice((None, 0, 35, 60, 100)),
              "score_after": chance.choice((None, 55, 69, 70, 100))}  # fmt: skip
    if state == "attended":
        return {"state": state, **points}
    back = chance.choice((0, 3, 10, 23, 24, 25, 90))
    until = chance.choice((None, TODAY - timedelta(days=2), TODAY + timedelta(days=1)))
    return {"state": state, **points, "trained_on": TODAY - timedelta(days=back), "valid_until": until}


def rows_of(here: Affected, url: str, first: str) -> list[Row]:
    """The rows of a file, below the lines that say what it is of; `first` is the head of its first column."""
    lines = here.browser().get(url).response.get_data(as_text=True).lstrip("\ufeff").splitlines()
    start = next(place for place, line in enumerate(lines) if line.split(",")[0] == first)
    return list(csv.DictReader(StringIO("\n".join(lines[start:]))))


def of(rows: Iterable[Row], whole: Any, part: Any) -> str:
    """So many of so many, as pages say it."""
    some = [row for row in rows if whole(row)]
    return f"{sum(map(part, some))} of {len(some)}" if some else "–"


def expected(rows: list[Row]) -> dict[str, str]:
    """Each share of these rows by its column."""
    there, held = ("Attended", "Completed"), ("Attended", "Completed", "Did not come")
    return {
        "People": str(len({row["Person"] for row in rows})),
        "Attendance": of(rows, bool, lambda row: row["State"] in there),
        "Completion": of(rows, bool, lambda row: row["State"] == "Completed"),
        "Did not come": of(rows, lambda row: row["State"] in held, lambda row: row["State"] == "Did not come"),
        "Passed, of those with a score": of(
            rows, lambda row: row["Score after"], lambda row: int(row["Score after"]) >= int(row["Pass mark"])
        ),
    }


def gains(rows: list[Row]) -> tuple[Fraction, Fraction]:
    """The mean of points gained, and of the share of what could be gained."""
    pairs = [(int(row["Score before"]), int(row["Score after"])) for row in rows
             if row["Score before"] and row["Score after"]]  # fmt: skip
    shares = [Fraction(after - before, 100 - before) for before, after in pairs if before != 100]
    return Fraction(sum(after - before for before, after in pairs), len(pairs)), sum(shares, Fraction()) / len(shares)


def test_every_number_of_the_page_is_found_again_in_its_file(here: Affected) -> None:
    rows = rows_of(here, f"{PLACE}/export.csv", "Training course")
    assert len(rows) == 60
    page = here.browser().get(PLACE + "/")
    notes = [stat.text_content().split() for stat in page.all(".stat")]
    stats = {label: " ".join(words) for label, words in zip(page.texts(".stat-label"), notes, strict=True)}
    assert all(value in stats[label] for label, value in expected(rows).items()), stats
    mean, share = gains(rows)
    assert stats["Points gained"] == f"Points gained {float(mean):.3g} normalised gain {float(share):.0%}"
    for line in page.rows():
        some = [row for row in rows if row["Training course"] == line["Training course"]]
        assert {name: re.sub(r"^.*% ", "", line[name]) for name in expected(some)} == expected(some)
        assert float(line["Points gained"]) == round(float(gains(some)[0]), 1)
    recent = {
        row["Person"] for row in rows if row["State"] == "Completed"
        and LIVE - timedelta(days=21) <= date.fromisoformat(row["Trained on"]) <= LIVE
    }  # fmt: skip
    listed = {f"P{number:02}" for number in range(20) if number % 3}
    assert page.all("table")[1].text_content().split()[-3:] == [str(len(recent & listed)), "of", str(len(listed))]


def test_internal_trainers_are_found_again_in_the_files_of_people_and_results(here: Affected) -> None:
    results = rows_of(here, f"{PLACE}/export.csv", "Training course")
    people = rows_of(here, "/projects/VEN/lists/affected_person/export.csv", "Name")
    trainers = {
        row["Person"] for row in results if row["Training course"] == "Teaching" and row["State"] == "Completed"
        and (not row["Valid until"] or date.fromisoformat(row["Valid until"]) >= TODAY)
    }  # fmt: skip
    lines = here.browser().get(f"{PLACE}/trainers").rows()
    assert [line["Area"] for line in lines] == ["East", "North", "South"]
    for line in lines:
        there = {row["Name"] for row in people if row["Area"] == line["Area"]}
        needed = math.ceil(len(there) / 15)
        assert [int(line[name]) for name in ("People", "Trainers", "Needed")] == [
            len(there), len(there & trainers), needed,
        ]  # fmt: skip
        assert ("missing" in line["State"]) == (len(there & trainers) < needed)
