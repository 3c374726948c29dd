"""Scores of a session, the certificates that follow, what participants thought, and internal trainers by area."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from implementor.audiences.models import AffectedPerson
from implementor.foundation.errors import Refusal
from implementor.history.models import Change
from implementor.training.evaluations import opinion
from implementor.training.models import Course, Enrolment, SessionEvaluation, TrainingSession
from implementor.training.results import evaluate
from tests.audiences.builders import Affected, affected
from tests.auth.builders import reading
from tests.machinery.pages import Page

PLACE = "/projects/VEN/training/results"
BEGUN = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def here(app: Flask) -> Affected:
    """A session of yesterday, held by the lead, in which the member sat; the viewer did not come."""
    found = affected(app)
    ids = {
        who: found.write(AffectedPerson, name=f"{who.title()} Ven", email=f"{who}@ven.example")
        for who in ("member", "viewer")
    }
    with found.working() as session:
        course = Course(project_id=found.project_id, name="CRM basics", valid_months=12)
        session.add(course)
        session.flush()
        held = TrainingSession(
            project_id=found.project_id, course_id=course.id, name="Morning", starts_at=BEGUN,
            trainer_id=found.people["lead"].id,
        )  # fmt: skip
        session.add(held)
        session.flush()
        for who, state in (("member", "attended"), ("viewer", "no_show")):
            session.add(Enrolment(project_id=found.project_id, course_id=course.id, session_id=held.id,
                                  person_id=ids[who], state=state))  # fmt: skip
    return found


def part(here: Affected, name: str = "Member Ven") -> Enrolment:
    """Somebody's part in the session."""
    with reading(here.app) as session:
        return session.scalars(
            select(Enrolment).join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
            .where(AffectedPerson.name == name)
        ).one()  # fmt: skip


def send(page: Page, status: int, scores: dict[str, str]) -> Page:
    """The form of scores, sent."""
    return page.form("main form").submit(scores, status=status)


def test_a_trainer_enters_scores_and_who_reaches_the_mark_gets_a_certificate(here: Affected) -> None:
    one, other, trainer = part(here), part(here, "Viewer Ven"), here.browser("lead")
    address = f"{PLACE}/sessions/{one.session_id}"
    here.browser("member").get(address, status=404)
    page = trainer.get(f"{PLACE}/sessions").follow("Morning")
    send(page, 422, {f"after_{one.id}": "101"})
    refused = send(page, 422, {f"after_{other.id}": "90"})
    assert "Correct the attendance first" in refused.text
    send(page, 200, {f"before_{one.id}": "40", f"after_{one.id}": "69"})
    assert (part(here).state, part(here).certificate) == ("attended", None)
    send(page, 200, {f"before_{one.id}": "40", f"after_{one.id}": "70"})
    done = part(here)
    assert (done.state, done.score_before, done.certificate) == ("completed", 40, 1)
    assert done.valid_until is not None
    with reading(here.app) as session:
        marks = session.scalars(select(Enrolment.score_after).where(Enrolment.session_id == one.session_id)).all()
    assert f"{sum(mark is not None for mark in marks)} of {len(marks)}" in trainer.get(f"{PLACE}/sessions").text
    paper = here.browser("member").get(f"/certificates/{one.id}/paper").response
    text = PdfReader(BytesIO(paper.get_data())).pages[0].extract_text()
    assert "Member Ven" in text
    assert "VEN-1" in text
    here.browser("viewer").get(f"/certificates/{one.id}/paper", status=404)
    assert "VEN-1" in here.browser("change").get(f"{PLACE}/certificates?show=all").text
    send(page, 200, {f"before_{one.id}": "40", f"after_{one.id}": "10"})
    assert (part(here).state, part(here).valid_until, part(here).certificate) == ("attended", None, 1)


def test_what_participants_thought_is_kept_without_who_and_when(here: Affected) -> None:
    one, browser = part(here), here.browser("member")
    form = browser.get("/certificates/").follow("Say what it was like").form("main form")
    form.submit({"stars": "4", "said": "More practice"})
    browser.post(f"/certificates/{one.id}/opinion", {"stars": "1", "said": ""}, status=409)
    with reading(here.app) as session:
        answer = session.scalars(select(SessionEvaluation)).one()
        assert (answer.stars, answer.said) == (4, "More practice")
        assert {column.name for column in SessionEvaluation.__table__.c} == {
            "token", "project_id", "session_id", "stars", "said",
        }  # fmt: skip
        changes = session.scalars(select(Change).where(Change.record_kind == "enrolment", Change.record_id == one.id))
        assert [change.verb for change in changes] == ["created"]
        held = session.get_one(TrainingSession, one.session_id)
        with pytest.raises(Refusal, match="Only who was in the session"):
            evaluate(session, held, part(here, "Viewer Ven"), stars=1, said="", at=BEGUN)
        with pytest.raises(Refusal, match="within 7 days"):
            evaluate(session, held, one, stars=1, said="", at=BEGUN + timedelta(days=7))
    assert "More practice" not in here.browser("change").get(f"{PLACE}/sessions/{one.session_id}").text


def test_a_change_lead_finds_the_import_of_results_and_of_nothing_but_people(here: Affected) -> None:
    page = here.browser("change").get(f"{PLACE}/").follow("Import")
    assert "Results of training" in page.text
    assert "Stories" not in page.find("main").text_content()
    here.browser("member").get("/projects/VEN/imports/new", status=403)


def test_opinions_are_told_from_five_up_and_once_none_can_follow() -> None:
    answers = [(stars, f"said {stars}" if stars % 2 else "") for stars in (1, 2, 3, 4, 5)]
    assert opinion(answers, open_until=BEGUN, at=BEGUN).mean == Fraction(3)
    assert list(opinion(answers, open_until=BEGUN, at=BEGUN).said) == ["said 1", "said 3", "said 5"]
    assert opinion(answers[:4], open_until=BEGUN, at=BEGUN).mean is None
    assert opinion(answers, open_until=BEGUN + timedelta(seconds=1), at=BEGUN).said == ()
