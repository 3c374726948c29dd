"""The pages of waves: the list and its order, one wave, start and close, milestones, obstacles, who may what."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from implementor.governance.models import Obstacle
from implementor.stories.models import Milestone, StoryObstacle
from implementor.waves import services
from implementor.waves.scope import put_in_wave, take_out
from tests.auth.builders import add_person, reading
from tests.machinery.statements import counting
from tests.projects.builders import browser_of
from tests.waves.builders import (
    START,
    Rollout,
    add_story,
    add_wave,
    rollout,
    stories_of,
    story_now,
    wave_in,
    wave_now,
)

LATER = START + timedelta(days=3)


def add_milestone(here: Rollout, title: str = "ERP interface", **values: object) -> int:
    with here.working() as session:
        milestone = Milestone(project_id=here.project_id, title=title, **values)
        session.add(milestone)
        session.flush()
        return milestone.id


def start(here: Rollout) -> None:
    with here.working() as session:
        services.start_wave(session, wave_in(session, here), by=here.actor(), at=START)


def test_a_project_without_waves_says_what_the_page_is_for(app: Flask) -> None:
    here = rollout(app)
    page = here.browser().get(here.url("/waves"))
    assert "No waves yet" in page.text
    form = page.follow("Write down the first wave").form("Save")
    saved = form.submit(name="Sales core", starts_on="2026-03-02", ends_on="2026-04-10", capacity_points="20")
    assert saved.heading == "Wave 1: Sales core"
    assert here.browser(here.viewer).get(here.url("/waves/1")).status == 200


def test_the_list_shows_dates_load_and_what_is_validated(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, points="13", status="validated"), add_story(here, points="11")]
    add_wave(here, "One", ids, capacity_points="20")
    add_milestone(
        here, origin="external", supplier="Orinoco", promised_on=date(2026, 4, 1), forecast_on=date(2026, 4, 10)
    )
    page = here.browser().get(here.url("/waves"))
    row = page.rows()[0]
    assert row["Load"] == "24 / 20 pts over capacity"
    assert row["Validated"] == "1 of 2 stories"
    assert "Mar 2, 2026 – Apr 10, 2026" in row["Dates"]
    assert "Orinoco" in page.text
    assert "9 days late" in page.text


def test_waves_are_ordered_by_button_and_by_script(app: Flask) -> None:
    here = rollout(app)
    for name in ("One", "Two", "Three"):
        add_wave(here, name)
    browser = here.browser()
    page = browser.get(here.url("/waves")).form("[id=wave_1] form:nth-of-type(2)").submit()
    assert [row["Wave"] for row in page.rows()] == ["2 Two", "1 One", "3 Three"]
    with reading(app) as session:
        three, two = wave_in(session, here, 3).id, wave_in(session, here, 2).id
    browser.open(
        "POST",
        here.url("/waves/order"),
        204,
        None,
        {"Accept": "application/json"},
        data={"csrf_token": browser.token(), "card": three, "before": two},
    )
    assert [row["Wave"] for row in browser.get(here.url("/waves")).rows()] == ["3 Three", "2 Two", "1 One"]


def test_the_page_of_a_wave_groups_its_stories_and_says_that_it_is_over_capacity(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, "Open quotes", points="13"), add_story(here, "Score leads", status="doing", points="11")]
    add_wave(here, "One", ids, capacity_points="20", goal="One list")
    page = here.browser().get(here.url("/waves/1"))
    assert "24 / 20 pts" in page.text
    assert "over capacity" in page.text
    assert page.texts("#stories .group-row") == ["Planned 1 story, 13 pts", "In progress 1 story, 11 pts"]


def test_the_page_costs_the_same_statements_for_one_story_and_for_forty(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here)])
    browser = here.browser()
    browser.get(here.url("/waves/1"))
    with counting() as for_one:
        browser.get(here.url("/waves/1"))
    add_wave(here, "Two", [add_story(here, f"Story {number}") for number in range(40)])
    with counting() as for_forty:
        browser.get(here.url("/waves/2"))
    assert len(for_forty) == len(for_one), for_forty.beyond(for_one)


def test_start_shows_the_promise_and_freezes_it(app: Flask) -> None:
    here = rollout(app)
    kept, added = add_story(here, "Kept", points="5"), add_story(here, "Added", points="3")
    add_wave(here, "One", [kept, add_story(here, "Removed", points="2")])
    page = here.browser().get(here.url("/waves/1")).follow("Start wave")
    assert "2 stories with 7 points" in page.text
    started = page.form("Start the wave").submit()
    assert "promises 2 stories" in started.text
    with here.working(at=LATER) as session:
        put_in_wave(session, wave_in(session, here), stories_of(session, [added]), by=here.actor(), at=LATER)
        take_out(session, stories_of(session, [kept + 2]), by=here.actor(), at=LATER)
    text = here.browser().get(here.url("/waves/1")).find("#scope_change").text_content()
    assert "2 stories with 7 points" in text
    assert "1 story came in since (3 points)" in text
    assert "1 story left since (2 points)" in text


def test_close_needs_a_decision_for_each_unfinished_story(app: Flask) -> None:
    here = rollout(app)
    doing, done = add_story(here, "Doing", status="doing"), add_story(here, "Done", status="validated")
    add_wave(here, "One", [doing, done])
    add_wave(here, "Two")
    start(here)
    page = here.browser().get(here.url("/waves/1")).follow("Close wave")
    refused = page.form("Close the wave").submit(status=422)
    assert "Decide what becomes of Doing." in refused.text
    second = wave_now(here, 2).id
    closed = refused.form("Close the wave").submit({f"story_{doing}": second})
    assert "One is closed; 1 story is live." in closed.text
    assert (story_now(here, done).status, wave_now(here).stage) == ("live", "adoption")
    finished = closed.form("Finish wave").submit()
    assert "One is finished." in finished.text


def test_a_wave_waits_for_a_milestone_and_stops_waiting(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One")
    add_milestone(here, promised_on=date(2026, 4, 1))
    page = here.browser().get(here.url("/waves/1")).form("Wait for it").submit()
    assert "One waits for ERP interface." in page.text
    assert "no longer waits" in page.form("Stop waiting").submit().text


def test_an_obstacle_is_reported_with_the_stories_it_holds_up(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here, "Open quotes")
    add_wave(here, "One", [story])
    page = here.browser(here.member).get(here.url("/waves/1/obstacles/new?story=1"))
    form = page.form("Report obstacle")
    assert form.value("stories") == str(story)
    refused = form.submit(title="", kind="policy", status=422)
    told = refused.form("Report obstacle").submit(title="No discount policy", kind="policy", severity="high")
    assert "since" in told.find("#obstacles").text_content()
    assert "Miguel VEN" in told.find("#obstacles").text_content()
    with reading(app) as session:
        obstacle = session.scalars(select(Obstacle)).one()
        assert [link.story_id for link in session.scalars(select(StoryObstacle))] == [story]
        assert (obstacle.kind, obstacle.opened_by_id) == ("policy", here.member.id)


def test_the_burn_up_states_its_finding_and_each_mark_opens_its_day(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here, "Open quotes", points="8")
    add_wave(here, "One", [story, add_story(here, points="5")])
    with here.working(at=LATER) as session:
        stories_of(session, [story])[0].status = "validated"
    page = here.browser().get(here.url("/waves/1"))
    assert "8 of 13 points are validated on" in page.text
    mark = next(link for link in page.all("svg a") if "Mar 5, 2026: 8 validated" in link.get("aria-label", ""))
    day = here.browser().get(mark.get("href")).find("#day").text_content()
    assert "The wave at the end of Mar 5, 2026" in day
    assert "became: Validated" in day


def test_the_history_tells_what_came_in_and_what_left(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, "Open quotes", status="idea"), add_story(here, status="idea")]
    add_wave(here, "One", ids)
    with here.working(at=LATER) as session:
        take_out(session, stories_of(session, ids[:1]), by=here.actor(), at=LATER)
    text = here.browser().get(here.url("/waves/1")).find("#timeline").text_content()
    assert "put 2 stories into the wave." in text
    assert "took Open quotes out of the wave." in text
    assert "took it out of One." in here.browser().get(here.url("/stories/1/history")).text


def test_an_archived_wave_must_hold_no_stories(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    browser = here.browser()
    refused = browser.get(here.url("/waves/1")).form("Archive").submit(status=409)
    assert "still holds stories" in refused.text
    with here.working() as session:
        take_out(session, stories_of(session, [story]), by=here.actor(), at=START)
    assert "No waves yet" in browser.get(here.url("/waves/1")).form("Archive").submit().text


def test_a_member_reads_waves_and_may_neither_start_nor_close_them(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here)])
    browser = here.browser(here.member)
    page = browser.get(here.url("/waves/1"))
    assert not page.links.keys() & {"Start wave", "Put stories in or out"}
    for action in ("start", "close", "finish", "stories", "limits", "milestones"):
        browser.post(here.url(f"/waves/1/{action}"), status=403)
    browser.post(here.url("/waves/order"), status=403)


def test_a_stranger_cannot_learn_that_a_wave_exists(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here)])
    stranger = browser_of(app, add_person(app, "Saul Stranger"))
    for address in ("/waves", "/waves/1", "/waves/1/board", "/waves/1/stories", "/waves/1/start"):
        stranger.get(here.url(address), status=404)
    here.browser().get(here.url("/waves/99"), status=404)
    here.browser().get(here.url(f"/waves/{10**20}"), status=404)
