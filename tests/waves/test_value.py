"""Stories are judged by the metrics they promised: achieved, missed, waived; and gates ask for it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor, Role
from implementor.governance.models import Decision
from implementor.metrics import services as metrics
from implementor.metrics.models import Metric
from implementor.projects.models import Project
from implementor.projects.people import add_member
from implementor.stages.checks import checks
from implementor.stories.models import Criterion, Story, StoryVerdict
from implementor.stories.part_catalogue import CRITERION
from implementor.stories.part_services import MeasuredNotMarked, add_part, settle
from implementor.stories.services import missing_for
from implementor.stories.value import Promise, outcome_of
from implementor.stories.value_services import CannotLetBe, waive_target, withdraw_target_waiver
from implementor.waves.gate_places import find_place
from implementor.waves.judging import NotInAdoption, judge_every_wave, judge_wave
from implementor.waves.models import ADOPTION, FINISHED
from implementor.waves.services import finish_wave
from implementor.waves.value_checks import BelowTarget
from tests.auth.builders import add_person, reading
from tests.waves.builders import START, add_story, add_wave, facts_of, rollout, story_now, wave_in, wave_now

DUE = date(2026, 6, 1)
BEFORE, AFTER = START + timedelta(days=30), START + timedelta(days=120)
PROMISE = st.builds(Promise, st.booleans(), st.booleans(), st.booleans())


class Promised:
    """A wave in Adoption whose live story promised a closing rate from 20 to 30 per cent."""

    def __init__(self, app: Flask) -> None:
        self.here = rollout(app)
        self.story_id = add_story(self.here, "Quotes at hand")
        add_wave(self.here, "One", [self.story_id])
        with self.here.working() as session:
            goal = {
                "name": "Closing rate", "unit": "percent", "direction": "up", "baseline": Decimal(20),
                "target": Decimal(30), "baseline_on": date(2026, 1, 1), "due_on": DUE,
            }  # fmt: skip
            made = metrics.create_metric(
                session, project_id=self.here.project_id, values=goal, by=self.here.actor(), at=START
            )
            self.metric_id = made.id
            self.criterion_id = self.bind(session, "value")
            wave = wave_in(session, self.here)
            wave.stage, wave.started_at, wave.closed_at = ADOPTION, START, START
            session.get_one(Story, self.story_id).status = "live"

    def bind(self, session: Any, phase: str) -> int:
        """Let the metric decide a criterion of the story."""
        story = session.get_one(Story, self.story_id)
        values = {"phase": phase, "metric": str(self.metric_id)}
        part = add_part(session, story, CRITERION, values, by=self.here.actor(), at=START)
        session.flush()
        return int(part.id)

    def measure(self, value: str, at: datetime = BEFORE) -> None:
        """Write a measurement down."""
        with self.here.working(at=at) as session:
            metric = session.get_one(Metric, self.metric_id)
            metrics.measure(session, metric, on=at.date(), value=Decimal(value), by=self.here.actor(), at=at)

    def judge(self, at: datetime = BEFORE) -> dict[str, int]:
        """Judge on demand."""
        with self.here.working(at=at) as session:
            return dict(judge_wave(session, wave_in(session, self.here), by=self.here.actor(), at=at))

    def waive(self, reason: str = "The market fell", days: int = 30, role: Role = Role.SPONSOR) -> None:
        """Let the target be."""
        by = self.here.lead.actor.with_roles([role])
        with self.here.working(at=AFTER) as session:
            found = self.parts(session)
            waive_target(session, *found, reason=reason, expires_on=AFTER.date() + timedelta(days), by=by, at=AFTER)

    def parts(self, session: Any) -> tuple[Project, Story, Criterion]:
        """What a waiver is about."""
        project = session.get_one(Project, self.here.project_id)
        return project, session.get_one(Story, self.story_id), session.get_one(Criterion, self.criterion_id)

    def passes(self, name: str, on: date = DUE) -> bool:
        """Whether a check of the wave holds on a day."""
        with reading(self.here.app) as session:
            place = find_place(session, self.here.project_id, self.here.key, 1)
            assert place is not None
            return checks[name].read(session, place.__class__(**{**vars(place), "on": on}), {}).passes(100)

    @property
    def status(self) -> str:
        """The story's status as it is stored."""
        return story_now(self.here, self.story_id).status


@pytest.fixture
def promised(app: Flask) -> Promised:
    """Such a wave."""
    return Promised(app)


@given(st.lists(PROMISE, max_size=5))
def test_achieved_is_every_target_missed_is_one_that_is_over_or_waived(promises: list[Promise]) -> None:
    outcome = outcome_of(promises)
    assert (outcome == "achieved") == (bool(promises) and all(one.is_reached for one in promises))
    lost = any(not one.is_reached and (one.is_over or one.is_waived) for one in promises)
    assert (outcome == "missed") == lost


def test_a_measurement_on_target_makes_the_story_achieved_and_keeps_the_figures(promised: Promised) -> None:
    promised.measure("27")
    assert promised.status == "live"
    promised.measure("30")
    assert promised.status == "achieved"
    assert facts_of(promised.here, promised.story_id, "status")[-1] == ("live", "achieved")
    with reading(promised.here.app) as session:
        [verdict] = session.scalars(select(StoryVerdict))
    assert verdict.figures[0]["value"] == "30"
    assert (verdict.outcome, verdict.figures[0]["name"]) == ("achieved", "Closing rate")


def test_below_target_when_its_day_is_over_the_daily_look_says_missed_once(promised: Promised) -> None:
    promised.measure("27")
    app = promised.here.app
    assert judge_every_wave(app, BEFORE) == 0
    assert (judge_every_wave(app, AFTER), judge_every_wave(app, AFTER)) == (1, 0)
    assert promised.status == "missed"
    promised.measure("31", AFTER)
    assert promised.status == "achieved"


def test_what_was_judged_stays_once_the_wave_is_finished(promised: Promised) -> None:
    promised.measure("31")
    with promised.here.working() as session:
        wave_in(session, promised.here).stage = FINISHED
    promised.measure("10", AFTER)
    assert (promised.status, judge_every_wave(promised.here.app, AFTER)) == ("achieved", 0)
    with pytest.raises(NotInAdoption):
        promised.judge(AFTER)


def test_a_waived_target_is_missed_with_a_decision_and_lets_the_wave_go_until_its_day(promised: Promised) -> None:
    promised.measure("27")
    assert not promised.passes("value_reached")
    with pytest.raises(CannotLetBe):
        promised.waive(role=Role.PROJECT_LEAD)
    for wrong in ({"reason": " "}, {"days": -1}, {"days": 5000}):
        with pytest.raises(InvalidInput):
            promised.waive(**wrong)
    promised.waive()
    promised.waive("Again")
    last = AFTER.date() + timedelta(30)
    assert promised.status == "missed"
    assert [promised.passes("value_reached", on) for on in (last, last + timedelta(1))] == [True, False]
    with reading(promised.here.app) as session:
        assert [one.reason for one in session.scalars(select(Decision).order_by(Decision.id))] == [
            "The market fell", "Again",
        ]  # fmt: skip
    withdraw(promised)
    assert not promised.passes("value_reached", last)
    promised.measure("33", AFTER)
    with pytest.raises(CannotLetBe):
        promised.waive()


def test_no_wave_leaves_adoption_below_target_whatever_its_method_asks(promised: Promised) -> None:
    def finish(at: datetime = AFTER) -> None:
        with promised.here.working(at=at) as session:
            finish_wave(session, wave_in(session, promised.here), by=promised.here.actor(), at=at)

    with pytest.raises(BelowTarget, match="Closing rate"):
        finish()
    promised.measure("27")
    promised.waive()
    with pytest.raises(BelowTarget):
        finish(AFTER + timedelta(days=31))
    withdraw(promised)
    with pytest.raises(BelowTarget):
        finish()
    promised.waive("Good enough")
    finish()
    assert wave_now(promised.here).stage == FINISHED


def withdraw(promised: Promised) -> None:
    by: Actor = promised.here.lead.actor.with_roles([Role.SPONSOR])
    with promised.here.working(at=AFTER) as session:
        _project, story, criterion = promised.parts(session)
        withdraw_target_waiver(session, story, criterion, by=by, at=AFTER)


def test_a_value_metric_must_be_measured_since_the_wave_is_live(promised: Promised) -> None:
    promised.measure("20", START - timedelta(days=2))
    assert not promised.passes("value_measured")
    promised.measure("21")
    assert promised.passes("value_measured")


def test_a_criterion_before_release_waits_for_its_metric_and_nobody_marks_it(promised: Promised) -> None:
    here = promised.here
    with here.working() as session:
        criterion_id = promised.bind(session, "release")
        story = session.get_one(Story, promised.story_id)
        story.status = "review"
        assert len(missing_for(session, story, "validated")) == 1
        with pytest.raises(MeasuredNotMarked):
            settle(session.get_one(Criterion, criterion_id), settled=True, by=here.actor(), at=START)
    assert not promised.passes("release_criteria_met")
    promised.measure("30")
    assert promised.passes("release_criteria_met")
    with reading(here.app) as session:
        assert missing_for(session, session.get_one(Story, promised.story_id), "validated") == []


def test_a_criterion_takes_words_or_a_metric_of_its_own_project(promised: Promised, app: Flask) -> None:
    other = rollout(app, "NOR")
    stranger = add_story(other)
    with other.working() as session:
        story = session.get_one(Story, stranger)
        for values in ({"phase": "value"}, {"phase": "value", "metric": str(promised.metric_id)}):
            with pytest.raises(InvalidInput):
                add_part(session, story, CRITERION, values, by=other.actor(), at=START)
        session.expunge_all()


def test_pages_show_the_promise_and_the_lead_judges_and_the_sponsor_waives(promised: Promised) -> None:
    here, sponsor = promised.here, add_person(promised.here.app, "Sofia Sponsor")
    with here.working() as session:
        add_member(
            session, project_id=here.project_id, user_id=sponsor.id, role=Role.SPONSOR, by=here.actor(), at=START
        )
    promised.measure("27")
    browser, other = here.browser(), here.browser(sponsor)
    assert "0 of 1 target is reached" in browser.get(here.url("/waves/1")).text
    assert "Value missed: 1" in browser.post(here.url("/waves/1/judge")).text
    assert "Quotes at hand" in browser.get(here.url(f"/metrics/{promised.metric_id}")).text
    form = other.get(here.url("/stories/1")).follow("Waive Closing rate").form("waive")
    assert "Say why" in form.submit(reason="", expires_on="2030-01-01", status=422).text
    until = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()
    page = other.get(here.url("/stories/1")).follow("Waive Closing rate").form("waive").submit(
        reason="The market fell", expires_on=until
    )  # fmt: skip
    assert "The market fell" in page.text
    assert "Value missed" in page.text
    assert "Missed, waived" in browser.get(here.url("/waves/1")).text
    browser.get(here.url("/stories/1/criteria/99/waiver"), status=403)
    other.get(here.url("/stories/1/criteria/99/waiver"), status=404)
