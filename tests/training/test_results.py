"""Results of training from files: real ones counted by result, the same file twice, other files, and the way back."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.audiences.models import AffectedPerson
from implementor.training.models import Course, Enrolment, TrainingSession
from tests.audiences.builders import Affected, affected
from tests.auth.builders import reading
from tests.exchange.real_data import real
from tests.exchange.registers import Register, became

FILE = "Person;Course;Session;Result;Before;After\n"
WORDS = {"Pass": "passed", "Fail": "failed", "Distinction": "distinction"}


@pytest.fixture
def here(app: Flask) -> Affected:
    """A project with its change lead."""
    return affected(app)


@pytest.fixture
def register(here: Affected, tmp_path: Path) -> Register:
    """The results of training of the project."""
    return Register(here.app, here.project_id, here.by(), "training_result", tmp_path)


def parts(here: Affected) -> dict[tuple[str, str], tuple[str, str | None, int | None, int | None]]:
    """(person, session) -> state, result and scores."""
    with reading(here.app) as session:
        rows = session.execute(
            select(AffectedPerson.name, TrainingSession.name, Enrolment.state, Enrolment.result,
                   Enrolment.score_before, Enrolment.score_after)
            .join(Enrolment, Enrolment.person_id == AffectedPerson.id)
            .join(TrainingSession, TrainingSession.id == Enrolment.session_id)
        )  # fmt: skip
        return {(row[0], row[1]): (row[2], row[3], row[4], row[5]) for row in rows}


def test_real_results_come_in_by_count_once_and_go_again(here: Affected, register: Register) -> None:
    path = real("oulad/subset/studentInfo.csv")
    with path.open(encoding="utf-8", newline="") as read:
        known = list(csv.DictReader(read))
    run = register.bring(path)
    assert became(run) == (12_489, 0, 0, 0)
    with reading(here.app) as session:
        told = Counter(session.scalars(select(Enrolment.result)))
        people = session.scalar(select(func.count(AffectedPerson.id)))
        held = session.execute(
            select(Course.name, TrainingSession.name, TrainingSession.seats)
            .join(TrainingSession, TrainingSession.course_id == Course.id)
        )  # fmt: skip
        seats = {(row[0], row[1]): row[2] for row in held}
        certificates = list(session.scalars(select(Enrolment.certificate).where(Enrolment.state == "completed")))
    assert told == Counter(WORDS[row["final_result"]] for row in known)
    assert told == {"distinction": 1_607, "passed": 7_310, "failed": 3_572}
    assert people == len({row["id_student"] for row in known})
    assert seats == Counter((row["code_module"], row["code_presentation"]) for row in known)
    assert sorted(filter(None, certificates)) == list(range(1, 8_918))
    assert became(register.bring(path)) == (0, 0, 12_489, 0)
    register.take_back(run)
    with reading(here.app) as session:
        assert session.scalar(select(func.count(Enrolment.id))) == 0
        assert session.scalar(select(func.count(Course.id)).where(Course.archived_at.is_(None))) == 0


def test_people_are_known_by_address_or_key_and_never_guessed_by_name(here: Affected, register: Register) -> None:
    here.write(AffectedPerson, name="Ana Alba", email="ana@there.example")
    first = register.file(
        FILE + "ANA@there.example;CRM basics;2026-03-02 morning;;40;80\n77;CRM basics;2026-03-02 morning;;35;60\n"
        "Ana Alba;CRM basics;2026-03-02 morning;;;90\n78;CRM basics;someday;Pass;;\n79;CRM basics;2026-03-02;;;\n"
    )  # fmt: skip
    assert [(row, why) for row, _value, why in register.refusals(first)] == [
        (5, "Nothing here is called so. Say in the column of days when it was held."),
        (6, "The row has neither a result nor a score."),
    ]
    run = register.bring(first)
    assert became(run) == (3, 0, 0, 2)
    held = "2026-03-02 morning"
    with reading(here.app) as session:
        scores = session.execute(select(Enrolment.state, Enrolment.score_before, Enrolment.score_after))
        assert sorted(map(tuple, scores), key=str) == [
            ("attended", 35, 60), ("completed", 40, 80), ("completed", None, 90),
        ]  # fmt: skip
    with reading(here.app) as session:
        assert sorted(session.scalars(select(AffectedPerson.name))) == ["77", "Ana Alba", "Ana Alba"]
    second = register.file(FILE + "77;CRM basics;2026-03-02 morning;;35;75\n", "later.csv")
    again = register.bring(second)
    assert became(again) == (0, 1, 0, 0)
    assert parts(here)["77", held] == ("completed", None, 35, 75)
    register.take_back(again)
    assert parts(here)["77", held] == ("attended", None, 35, 60)
    assert len(register.take_back(run).kept) == 1  # what was changed since the first file stays, with its person
    assert list(parts(here)) == [("77", held)]
