"""The forecast of a project follows the facts of its stories, says how sure it is, and opens what it is made of."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from implementor.stories.models import Story
from implementor.waves import services
from implementor.waves.forecasting import Assumptions, forecast_of, growth_of, waves_tried, weeks_of
from implementor.waves.scope import put_in_wave
from implementor.waves.throughput import monday_of
from implementor.waves.wave_backtest import likely_between
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.waves.builders import Rollout, add_story, add_wave, rollout, stories_of, wave_in

NOW = datetime.now(UTC)
THIS_WEEK = datetime.combine(monday_of(NOW.date()), datetime.min.time(), UTC)
DONE = [2, 0, 3, 1, 0, 2]
"""Stories finished in each of the last weeks, oldest first."""


def finish(here: Rollout, done: list[int] = DONE) -> None:
    """Stories that were finished in those weeks, each on another day of it."""
    for place, count in enumerate(done):
        week = THIS_WEEK - timedelta(weeks=len(done) - place)
        for number in range(count):
            add_story(here, f"Done {place}.{number}", status="validated", at=week + timedelta(days=number, hours=9))


def promised(here: Rollout, left: int = 5, days: int = 28) -> int:
    """A wave with so many stories to finish; returns its number."""
    ids = [add_story(here, f"Left {number}", at=NOW) for number in range(left)]
    ends = NOW.date() + timedelta(days=days)
    return add_wave(here, "Sales core", ids, at=NOW, starts_on=NOW.date(), ends_on=ends)


def weeks_now(here: Rollout) -> list[int]:
    """The past of the project as forecasts read it."""
    with reading(here.app) as session:
        return [week.finished for week in weeks_of(session, project_id=here.project_id, at=NOW, zone=UTC)]


def test_weeks_are_counted_from_facts_and_a_story_that_was_opened_again_counts_when_it_stays(app: Flask) -> None:
    here = rollout(app)
    assert weeks_now(here) == []
    finish(here)
    back = add_story(here, "Opened again", status="validated", at=THIS_WEEK - timedelta(weeks=5, days=-1))
    for status, weeks in (("doing", 4), ("validated", 2)):
        with here.working(at=THIS_WEEK - timedelta(weeks=weeks)) as session:
            session.get_one(Story, back).status = status
    add_story(here, "This week", status="validated", at=NOW)
    assert weeks_now(here) == [2, 0, 3, 1, 1, 2]


def test_scopes_grow_as_those_of_closed_waves_did(app: Flask) -> None:
    here = rollout(app)
    first = [add_story(here, f"Promised {number}") for number in range(4)]
    add_wave(here, "One", first)
    late = add_story(here, "Came later")
    with here.working() as session:
        services.start_wave(session, wave_in(session, here), by=here.actor(), at=NOW)
    with here.working(at=NOW + timedelta(days=1)) as session:
        put_in_wave(session, wave_in(session, here), stories_of(session, [late]), by=here.actor(), at=NOW)
    with reading(app) as session:
        assert growth_of(session, project_id=here.project_id) == (1.0,)
    with here.working(at=NOW + timedelta(days=2)) as session:
        wave_in(session, here).closed_at = NOW
    with reading(app) as session:
        assert growth_of(session, project_id=here.project_id) == (1.25,)


def test_the_pages_say_when_how_sure_and_open_the_weeks(app: Flask) -> None:
    here = rollout(app)
    finish(here)
    number = promised(here)
    with reading(app) as session:
        made = forecast_of(session, project_id=here.project_id, at=NOW, zone=UTC, assumptions=Assumptions())
    found = made.of_wave(number)
    assert found is not None
    assert found.chance is not None
    assert (found.left, found.ahead) == (5, 0)
    browser = here.browser(here.viewer)
    page = browser.get(here.url("/waves/forecast"))
    assert f"{round(found.chance * 100)} %" in page.text
    monday = (THIS_WEEK - timedelta(weeks=4)).date()
    week = browser.get(here.url(f"/waves/forecast?week={monday.isoformat()}"))
    assert week.text.count("Done 2.") == 3
    wave = browser.get(here.url(f"/waves/{number}/forecast?by={date.max.isoformat()}"))
    assert "Left 4" in wave.text
    assert "At least" in wave.text
    assert "0 with" not in wave.text


def test_without_a_past_three_numbers_are_asked_for_and_marked(app: Flask) -> None:
    here = rollout(app)
    number = promised(here)
    address = here.url(f"/waves/{number}/forecast")
    browser = here.browser()
    assert "its past says nothing yet" in browser.get(address).text
    half = browser.get(f"{address}?low=1&likely=2")
    assert "Give all three numbers" in half.text
    wrong = browser.get(f"{address}?capacity=900&low=-1&likely=2&high=x&by=never&seed=x").html
    assert wrong.count('aria-invalid="true"') == 5
    assert 'value="900"' in wrong
    assert "Low confidence" in browser.get(f"{address}?low=1&likely=2&high=4").text
    told = browser.get(here.url("/waves/forecast/backtest"))
    assert "Not enough past yet" in told.text


def test_waves_that_are_over_are_held_against_what_their_start_would_have_stated(app: Flask) -> None:
    here = rollout(app)
    finish(here, [2] * 12)
    spans = {"Early": (11, 8), "Steady": (4, 2), "Empty": (2, 1)}
    for name, (first, last) in spans.items():
        number = add_wave(here, name, at=NOW)
        with here.working(at=NOW) as session:
            wave = wave_in(session, here, number)
            wave.started_at, wave.closed_at = (THIS_WEEK - timedelta(weeks=weeks) for weeks in (first, last))
    with reading(app) as session:
        tried = {one.wave.name: one for one in waves_tried(session, project_id=here.project_id, at=NOW, zone=UTC)}
    assert [(name, one.weeks, one.finished) for name, one in tried.items()] == [
        ("Empty", 10, 2), ("Steady", 8, 4), ("Early", 1, 6)]  # fmt: skip
    assert tried["Early"].stated == {}
    stated = list(tried["Steady"].stated.values())
    assert stated == sorted(stated, reverse=True)
    assert tried["Steady"].holds(85)
    page = here.browser(here.viewer).get(here.url("/waves/forecast/backtest"))
    assert "1 week behind it" in page.text
    assert "2 waves show little" in page.text
    assert len(page.all("#waves tbody .badge")) == 8


@pytest.mark.parametrize(("seen", "count", "between"), [(0, 0, (0, 100)), (50, 10, (24, 76)), (100, 3, (44, 100)),
                                                        (0, 5, (0, 43))])  # fmt: skip
def test_few_waves_say_how_little_they_show(seen: float, count: int, between: tuple[int, int]) -> None:
    assert likely_between(seen, count) == between


def test_the_pages_ask_no_more_for_many_stories(app: Flask) -> None:
    here = rollout(app)
    finish(here, [1, 1, 1, 1])
    number = promised(here, 1)
    browser = here.browser()

    def asked() -> Any:
        with counting() as statements:
            for rest in ("forecast", "forecast/backtest", f"{number}/forecast"):
                browser.get(here.url(f"/waves/{rest}"))
        return statements

    asked()
    one = asked()
    finish(here, [4, 3, 5, 6])
    promised(here, 9)
    many = asked()
    assert len(many) <= len(one), many.beyond(one)


@pytest.mark.sqlite_only("what commands say is the same on both; what they do is tested beside")
def test_commands_say_when_and_refuse_what_is_not_open(app: Flask) -> None:
    here = rollout(app)

    def run(*arguments: str) -> Any:
        return app.test_cli_runner().invoke(args=["forecast", *arguments, "--as", here.lead.email])

    number = promised(here)
    early = run(f"VEN/{number}")
    assert (early.exit_code, "no forecast" in early.output) == (1, True)
    finish(here, [2, 0, 3, 1, 0, 2, 4])
    told = json.loads(run(f"VEN/{number}", "--json").output)
    assert (told["left"], told["runs"], len(told["weeks"])) == (5, 10_000, 7)
    assert sorted(told["dates"].values()) == [told["dates"][share] for share in ("50", "70", "85", "95")]
    assert "85 %" in run(f"VEN/{number}").output
    assert json.loads(run("backtest", "--project", "VEN", "--json").output)["n"] == 1
    assert [run("VEN/9").exit_code, run("NIX/1").exit_code, run("backtest").exit_code] == [1, 1, 2]
