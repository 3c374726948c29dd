"""The pages of figures: every one recomputed from the exported rows, few people never told apart, the gate's line."""

import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.audiences.models import AffectedPerson
from implementor.stages.checks import GatePlace
from implementor.training.figures import Share
from implementor.training.gate_checks import trained_before_go_live
from implementor.training.result_reading import recency_of_waves, standing_of
from tests.audiences.builders import Affected, affected
from tests.auth.builders import reading
from tests.exchange.registers import Register

PLACE = "/projects/VEN/training/results"
HEAD = "Person,Course,Session,Result,Before,After\n"


@pytest.fixture
def here(app: Flask, tmp_path: Path) -> Affected:
    """A project in which six people sat in one course and two in another."""
    found = affected(app)
    rows = [
        f"{number}@there.example,CRM basics,2026-03-02,,{10 * number},{40 + 9 * number}\n" for number in range(1, 7)
    ]
    rows += [
        f"{number}@there.example,Attitude,2026-03-20,{result},,\n" for number, result in ((1, "Pass"), (7, "Fail"))
    ]
    register = Register(app, found.project_id, found.by(), "training_result", tmp_path)
    register.bring(register.file(HEAD + "".join(rows)))
    return found


def test_each_figure_is_that_of_the_exported_rows(here: Affected) -> None:
    answer = here.browser("change").get(f"{PLACE}/export.csv").response.get_data(as_text=True)
    lines = answer.lstrip("\ufeff").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("Training course"))
    rows = list(csv.DictReader(StringIO("\n".join(lines[start:]))))
    scored = [(int(row["Score before"]), int(row["Score after"])) for row in rows if row["Score before"]]
    with reading(here.app) as session:
        whole = standing_of(session, here.project_id, "en", named=True).whole
    assert whole is not None
    assert len(rows) == 8
    assert whole.people == len({row["Person"] for row in rows}) == 7
    assert whole.shares["completion"].count == sum(row["State"] == "Completed" for row in rows) == 4
    assert whole.shares["passing"].count == sum(after >= 70 for _before, after in scored) == 3
    assert whole.gain == Fraction(sum(after - before for before, after in scored), len(scored))
    assert whole.normalised_gain == sum(Fraction(after - before, 100 - before) for before, after in scored) / 6


def test_who_may_not_know_names_gets_no_course_of_few(here: Affected) -> None:
    lead, member = here.browser("change"), here.browser("member")
    assert "Attitude" in lead.get(PLACE + "/").text
    assert "1@there.example" in lead.get(f"{PLACE}/people?figure=completion").text
    page = member.get(PLACE + "/").text
    assert "Attitude, CRM basics" in page
    assert "there.example" not in page
    assert "Nothing to compare yet" in member.get("/projects/VEN/adoption/cohorts").text
    for path in ("people?figure=completion", "export.csv"):
        member.get(f"{PLACE}/{path}", status=403)


def test_the_gate_asks_who_was_trained_within_three_weeks_before_the_wave_goes_live(here: Affected) -> None:
    wave_id, audience_id = here.wave(starts_on=date(2026, 1, 5), ends_on=date(2026, 4, 10)), here.audience()
    here.impact(audience_id, wave_id)
    for number in (1, 2, 7):  # on 20 March one of them completed the course; that of 2 March is too long ago
        with reading(here.app) as session:
            key = f"{number}@there.example"
            person_id = session.scalars(select(AffectedPerson.id).where(AffectedPerson.email_key == key)).one()
        here.list(audience_id, person_id)
    with reading(here.app) as session:
        place = GatePlace(here.project_id, "VEN", wave_id=wave_id, wave_number=1, on=date(2026, 4, 1))
        told = trained_before_go_live(session, place, {})
        assert (int(told.value), int(told.target), told.passes(95), told.passes(33)) == (1, 3, False, True)
        assert not told.missing
        (wave,) = recency_of_waves(session, here.project_id, named=True)
        assert (wave.ends_on, wave.share) == (date(2026, 4, 10), Share(1, 3))
        assert [one.share for one in recency_of_waves(session, here.project_id, named=False)] == [None]
        assert not trained_before_go_live(session, replace(place, wave_id=0), {}).passes(1)
