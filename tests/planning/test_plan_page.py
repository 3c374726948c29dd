"""The plan of a wave: its four bands, moves by script, by box and by form, what they break, and plans that cross."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from flask import Flask

from implementor.stories.models import StoryEffort
from implementor.stories.part_services import add_dependency
from implementor.waves.scope import put_in_wave
from tests.machinery.pages import Browser, Page
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, story_now, wave_in

PLAN = "/waves/1/plan"
SCRIPT = {"Accept": "application/json"}


def titles(page: Page, column: str) -> list[str]:
    return page.texts(f"[data-column={column}] .board-card-title")


def words(page: Page, css: str) -> str:
    return " ".join(page.find(css).text_content().split())


def marks(page: Page) -> dict[str, str]:
    return {one.attrib["data-card"]: one.attrib["data-version"] for one in page.all("[data-card]")}


def drag(here: Rollout, browser: Browser, page: Page, story: int, column: str, status: int = 204, **more: Any) -> Page:
    sent = {"csrf_token": browser.token(), "card": story, "status": column, "version": marks(page)[str(story)], **more}
    return browser.open("POST", here.url(f"{PLAN}/move"), status, None, SCRIPT, data=sent)


def depend(here: Rollout, blocked: int, blocker: int) -> None:
    with here.working() as session:
        first, second = stories_of(session, [blocker, blocked])
        add_dependency(session, first, second, kind="blocks", by=here.actor(), at=START)


def test_four_bands_say_goal_scope_load_and_forecast(app: Flask) -> None:
    here = rollout(app)
    large = add_story(here, "Large", points="24", moscow="must", owner=str(here.lead.id))
    vague = add_story(here, "Vague", points=None, criteria=0)
    add_wave(here, "One", [large, vague], goal="Sell on the road", capacity_points="20", ends_on=date(2026, 3, 31))
    with here.working() as session:
        session.add(StoryEffort(project_id=here.project_id, story_id=large, profile="Analyst", hours=30))
    page = here.browser().get(here.url(PLAN))
    assert "Sell on the road" in words(page, "#plan_goal")
    assert page.texts("#plan_goal .stat-value")[1:3] == ["1 of 1", "1"]
    assert "24 of 20 points, over by 4" in words(page, "[data-column=wave]")
    assert "Must-haves are 100 % of the points, more than 60 %" in words(page, "[data-column=wave]")
    load = words(page, "#plan_load")
    assert "VEN-1 is a must-have and larger than the whole capacity" in load
    assert "30 hours" in load
    assert "Ana VEN" in load
    assert "Vague" in words(page, "#plan_unestimated")
    assert "shorter than four weeks" in words(page, "#plan_fan")


def test_a_script_moves_a_story_and_the_same_request_twice_is_one(app: Flask) -> None:
    here = rollout(app)
    first, second, third = (add_story(here, title) for title in ("First", "Second", "Third"))
    add_wave(here, "One", [second])
    browser = here.browser()
    page = browser.get(here.url(PLAN))
    assert (titles(page, "backlog"), titles(page, "wave")) == (["First", "Third"], ["Second"])
    answer = drag(here, browser, page, third, "wave", before=second)
    assert "VEN-3 is in One." in unquote(answer.response.headers["X-Implementor-Told"])
    moved = browser.get(here.url(PLAN))
    assert titles(moved, "wave") == ["Third", "Second"]
    assert marks(moved)[str(third)] == answer.response.headers["X-Implementor-Version"]
    drag(here, browser, page, third, "wave")
    drag(here, browser, moved, third, "backlog", after=first)
    assert titles(browser.get(here.url(PLAN)), "backlog") == ["First", "Third"]


def test_several_go_together_with_one_undo(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, title) for title in ("First", "Second", "Third")]
    add_wave(here, "One")
    add_wave(here, "Two")
    browser = here.browser()
    page = browser.get(here.url(PLAN))
    picks = [f"{one}:{marks(page)[str(one)]}" for one in ids[:2]]
    page = page.form("plan_put").submit(picks=picks, to=str(1))
    assert "2 stories are in One now." in page.text
    assert titles(page, "wave") == ["First", "Second"]
    page = page.form(page.find("form[action*=undo]").attrib["action"]).submit()
    assert titles(browser.get(here.url(PLAN)), "wave") == []
    assert "Nothing was chosen" in browser.get(here.url(PLAN)).form("plan_put").submit(to="1").text


def test_who_comes_too_late_is_told_both_wishes_and_changes_nothing(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here, "Quotes")
    add_wave(here, "One")
    add_wave(here, "Two")
    browser = here.browser()
    seen = browser.get(here.url(PLAN))
    with here.working() as session:
        put_in_wave(session, wave_in(session, here, 2), stories_of(session, [story]), by=here.actor(), at=START)
    answer: Any = drag(here, browser, seen, story, "wave", 409).response.json
    refused = answer["detail"]
    assert "You wanted: One" in refused
    assert "Ana VEN put Quotes into Two" in refused
    assert story_now(here, story).status == "planned"


def test_a_story_that_was_estimated_anew_meanwhile_is_not_moved(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here, "Quotes")
    add_wave(here, "One")
    browser = here.browser()
    seen = browser.get(here.url(PLAN))
    with here.working() as session:
        stories_of(session, [story])[0].points = Decimal(13)
    page = seen.form("plan_put").submit(status=409, picks=[f"{story}:{marks(seen)[str(story)]}"], to="1")
    assert "Points: 13" in page.text
    assert titles(browser.get(here.url(PLAN)), "wave") == []


def test_what_a_move_would_break_is_said_before_it(app: Flask) -> None:
    here = rollout(app)
    base, top = add_story(here, "Base"), add_story(here, "Top")
    depend(here, top, base)
    add_wave(here, "One")
    browser = here.browser()
    page = browser.get(here.url(PLAN))
    assert "Waits for VEN-1 (in no wave)" in words(page, f"#card_{top}")
    asked = browser.open("GET", here.url(f"{PLAN}/breaks?card={top}"), 200, None, SCRIPT).response.json
    assert asked == {"wave": "Breaks VEN-2, which waits for VEN-1 (in no wave)"}
    form = browser.get(here.url(f"{PLAN}/stories/2"))
    assert "Breaks VEN-2" in form.text
    page = form.form(here.url(PLAN)).submit(to="1")
    assert titles(page, "wave") == ["Top"]
    drag(here, browser, page, base, "wave")
    assert "comes in time" in words(browser.get(here.url(PLAN)), f"#card_{top}")
    asked = browser.open("GET", here.url(f"{PLAN}/breaks?card={base}"), 200, None, SCRIPT).response.json
    assert asked == {"backlog": "Breaks VEN-2, which waits for VEN-1 (in no wave)"}


def test_the_backlog_beside_is_narrowed_and_the_same_poll_costs_nothing(app: Flask) -> None:
    here = rollout(app)
    must = add_story(here, "Must do", moscow="must", tags="route")
    add_story(here, "Vague", points=None)
    add_wave(here, "One")
    with here.working() as session:
        session.add(StoryEffort(project_id=here.project_id, story_id=must, profile="Trainer", hours=3))
    browser = here.browser()
    for query, expected in (("moscow=must", ["Must do"]), ("points=none", ["Vague"]), ("profile=trainer", ["Must do"]),
                            ("tags=route", ["Must do"]), ("q=vague", ["Vague"]), ("q=nothing", [])):  # fmt: skip
        assert titles(browser.get(here.url(f"{PLAN}?{query}")), "backlog") == expected, query
    poll = browser.get(here.url(PLAN)).find("#plan").attrib["data-poll"]
    browser.open("GET", poll, 204, None, {})


def test_viewers_read_and_bad_requests_change_nothing(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here, "First")
    add_wave(here, "One")
    browser = here.browser(here.viewer)
    page = browser.get(here.url(PLAN))
    assert not page.all("[name=picks]")
    lead = here.browser()
    lead.get(here.url(PLAN))
    for sent in ({"picks": "x:1.0", "to": "1"}, {"picks": "99:1.0", "to": "1"}, {"picks": f"{story}:1.0", "to": "77"},
                 {"picks": f"{story}:1.0", "to": "9" * 40}):  # fmt: skip
        lead.open("POST", here.url(PLAN), 404, None, {}, data={"csrf_token": lead.token(), **sent})
    assert titles(lead.get(here.url(PLAN)), "wave") == []


def test_many_stories_cost_the_same_statements(app: Flask) -> None:
    here = rollout(app)
    inside = add_story(here, "Inside")
    add_story(here, "Outside")
    add_wave(here, "One", [inside])
    browser = here.browser()
    browser.get(here.url(PLAN))
    with counting() as one:
        browser.get(here.url(PLAN))
    with here.working() as session:
        wave = wave_in(session, here)
        from implementor.stories.services import add_stories

        made = add_stories(session, here.scope(), [f"Story {place}" for place in range(80)], by=here.actor(), at=START)
        session.flush()
        put_in_wave(session, wave, made[:20], by=here.actor(), at=START)
    browser.get(here.url(PLAN))
    with counting() as many:
        browser.get(here.url(PLAN))
    assert len(many) == len(one), many.beyond(one)
