"""What groups say in a pulse beside what they do: verdicts, nothing told that could be subtracted, the page."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from implementor.adoption.models import FactDay, TeamDay
from implementor.adoption.say_do import measurable, verdict_of
from implementor.adoption.services import formula_in_force
from implementor.auth.models import Team
from implementor.foundation.small_groups import told
from implementor.surveys.models import ELEMENTS, Survey, SurveyCount, SurveyGroup, SurveyQuestion
from tests.audiences.builders import Affected, affected

NOW = datetime.now(UTC)
PAGE = "/projects/VEN/adoption/said-and-done"


@pytest.mark.parametrize(
    ("desire", "ability", "others", "index", "verdict"),
    [
        ("4.5", "4.5", "4.5", "0.31", "confident"),
        ("3", "2", "4", "0.8", "unhappy"),
        ("3", "4.5", "4", "0.69", "held_back"),
        ("4", "3.9", "2.9", "0.2", "held_back"),
        ("4", "4.2", "3.1", "0.5", "in_step"),
        ("4", "4.2", "3.1", None, None),
    ],
)
def test_each_group_is_told_what_its_figures_say(
    desire: str, ability: str, others: str, index: str | None, verdict: str | None
) -> None:
    means = dict.fromkeys(ELEMENTS, Decimal(others)) | {"desire": Decimal(desire), "ability": Decimal(ability)}
    assert verdict_of(means, None if index is None else Decimal(index)) == verdict


@given(st.dictionaries(st.integers(0, 6), st.integers(0, 9), max_size=6), st.sets(st.integers(0, 6)))
def test_use_is_told_of_sums_of_what_is_told_already(sizes: dict[int, int], teams: set[int]) -> None:
    groups = told(sizes)
    parts = [{team} for team in groups.shown if sizes[team]] + ([set(groups.merged)] if groups.merged else [])
    present = {team for team in teams if sizes.get(team)}
    inside = [part for part in parts if part <= present]
    is_sum = bool(present) and groups.is_whole and set().union(*inside) == present
    assert measurable(teams, sizes) is is_sum


def survey_with(here: Affected, **groups: tuple[int, int, int]) -> dict[str, int]:
    """A closed pulse: for each team its answers, what they say of ability, and of all else."""
    survey = here.write(Survey, name="Pulse")
    questions = {mark: here.write(SurveyQuestion, name=mark, mark=mark, survey_id=survey) for mark in ELEMENTS}
    ids: dict[str, int] = {}
    with here.working() as session:
        session.execute(update(Survey).values(state="closed", closed_at=NOW, asked=30, answered=18))
        for place, (name, (people, ability, rest)) in enumerate(groups.items()):
            session.add(team := Team(name=name))
            session.flush()
            ids[name] = team.id
            of = {"project_id": here.project_id, "survey_id": survey, "place": place}
            session.add(SurveyGroup(**of, units=[team.id], answered=people, asked=people, barriers={"none": people}))
            session.flush()
            session.add_all(
                SurveyCount(**of, question_id=question, value=ability if mark == "ability" else rest, people=people)
                for mark, question in questions.items()
            )
    return ids


def test_who_says_that_they_can_and_does_little_stands_out(app: Flask) -> None:
    here = affected(app)
    assert "No pulse has been counted yet" in here.browser().get(PAGE).text
    ids = survey_with(here, North=(6, 5, 4), South=(7, 4, 3), East=(5, 2, 2), West=(5, 4, 4))
    with here.working() as session:
        formula = formula_in_force(session, at=NOW)
        session.add(FactDay(day=NOW.date(), written_at=NOW, first_change_id=0))
        for name, people, full in (("North", 6, 1), ("South", 7, 10), ("East", 3, 9), ("West", 4, 9)):
            kept = {"wanted": 10, "filled": full, "checked": full, "valid": full, "present": 8 * people * full // 10,
                    "writing": 8 * people * full // 10, "open_sales": 10, "healthy": 7 * full // 10}  # fmt: skip
            session.add(TeamDay(day=NOW.date(), team_id=ids[name], formula_id=formula.id, people=people, newcomers=0,
                                active_1=0, active_7=people * full // 10, active_28=0, **kept))  # fmt: skip
    page = here.browser("sponsor").get(PAGE)
    rows = {row["Group"].split()[0]: row for row in page.rows()}
    assert rows["North"]["What it says"] == "Confident but not doing"
    assert rows["North"]["Complete"] == "10%"
    assert rows["South"]["What it says"] == "Doing but unhappy"
    assert "not told" in page.texts("tbody tr")[2], "three people are told together with others on the page of use"
    assert "switch it off" in page.text
    here.browser().get(f"{PAGE}?survey=999")
