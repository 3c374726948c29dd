"""The board: what its cards say, how they move by script and by form, limits, polling, and what it costs."""

from urllib.parse import unquote

import pytest
from flask import Flask

from implementor.stories.models import StoryDependency
from implementor.waves.models import WaveStory
from implementor.waves.obstacles import report_obstacle
from implementor.waves.scope import take_out
from implementor.waves.services import set_limits
from tests.auth.builders import reading
from tests.machinery.pages import Browser, Page
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, story_now, wave_in

SCRIPT = {"Accept": "application/json"}
BOARD = "/waves/1/board"


def cards(page: Page, column: str) -> list[str]:
    return page.texts(f"[data-column={column}] .board-card-title")


def move(browser: Browser, here: Rollout, story: int, status: str, *, expect: int = 204, **sent: object) -> Page:
    """Move a card as the script does."""
    data = {"csrf_token": browser.token(), "card": story, "status": status, **sent}
    return browser.open("POST", here.url(f"{BOARD}/move"), expect, None, SCRIPT, data=data)


def limit(here: Rollout, **limits: int | None) -> None:
    with here.working() as session:
        set_limits(session, wave_in(session, here), limits, by=here.actor(), at=START)


def test_cards_stand_in_the_column_of_their_status_and_usual_columns_are_always_there(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here, "Open quotes"), add_story(here, "Score leads", status="doing")])
    page = here.browser().get(here.url(BOARD))
    assert (cards(page, "planned"), cards(page, "doing")) == (["Open quotes"], ["Score leads"])
    shown = [column.get("data-column") for column in page.all("[data-column]")]
    assert shown == ["planned", "doing", "review", "validated"]


def test_a_card_says_criteria_points_owner_and_what_stands_in_its_way(app: Flask) -> None:
    here = rollout(app)
    blocker = add_story(here, "Import accounts")
    story = add_story(here, "Open quotes", points="8", criteria=7, met=4, owner=here.member.id)
    add_wave(here, "One", [story])
    with here.working() as session:
        session.add(StoryDependency(project_id=here.project_id, blocker_id=blocker, blocked_id=story))
        values = {"title": "No policy", "kind": "policy", "severity": "high"}
        report_obstacle(
            session,
            project_id=here.project_id,
            values=values,
            stories=stories_of(session, [story]),
            by=here.actor(),
            at=START,
        )
    card = here.browser().get(here.url(BOARD)).find(f"#card_{story}")
    text = " ".join(card.text_content().split())
    for part in ("VEN-2", "Planned", "4/7 criteria", "8 pts", "Miguel VEN", "Blocked", "Waits for 1"):
        assert part in text
    with here.working() as session:
        stories_of(session, [blocker])[0].status = "validated"
    assert "Waits for" not in here.browser().get(here.url(BOARD)).text


def test_a_script_moves_a_card_and_is_told_the_new_version(app: Flask) -> None:
    here = rollout(app)
    first, second = add_story(here, "First"), add_story(here, "Second")
    add_wave(here, "One", [first, second])
    browser = here.browser(here.member)
    browser.get(here.url(BOARD))
    answer = move(browser, here, first, "doing", version=story_now(here, first).version)
    assert answer.response.headers["X-Implementor-Version"] == str(story_now(here, first).version)
    assert "VEN-1 is in In progress." in unquote(answer.response.headers["X-Implementor-Told"])
    assert story_now(here, first).status == "doing"


def test_a_card_is_put_behind_and_before_others(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, title) for title in ("One", "Two", "Three")]
    add_wave(here, "One", ids)
    browser = here.browser()
    browser.get(here.url(BOARD))
    move(browser, here, ids[0], "planned", after=ids[1], before=ids[2])
    assert cards(browser.get(here.url(BOARD)), "planned") == ["Two", "One", "Three"]
    move(browser, here, ids[2], "planned", before=ids[1])
    assert cards(browser.get(here.url(BOARD)), "planned") == ["Three", "Two", "One"]


def test_status_and_place_are_written_at_once(app: Flask) -> None:
    here = rollout(app)
    first, second, third = (add_story(here, title) for title in ("First", "Second", "Third"))
    add_wave(here, "One", [first, second, third])
    browser = here.browser()
    browser.get(here.url(BOARD))
    with counting() as seen:
        move(browser, here, first, "doing", after=second)
    for once in ("UPDATE story ", "INSERT INTO action ", "INSERT INTO change ", "INSERT INTO story_fact "):
        assert len([one for one in seen if one.startswith(once)]) == 1, once
    assert len([one for one in seen if not one.startswith("BEGIN")]) <= 11
    assert story_now(here, second).rank < story_now(here, first).rank < story_now(here, third).rank
    assert story_now(here, first).status == "doing"


def test_a_move_the_definition_of_done_refuses_says_why_and_changes_nothing(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here, status="review", criteria=3, met=1)
    add_wave(here, "One", [story])
    browser = here.browser()
    browser.get(here.url(BOARD))
    refused = move(browser, here, story, "validated", expect=409)
    assert "2 criteria are not met" in refused.response.get_json()["detail"]
    assert story_now(here, story).status == "review"


def test_a_card_that_was_changed_meanwhile_stays_where_it_is(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    browser = here.browser()
    browser.get(here.url(BOARD))
    refused = move(browser, here, story, "doing", expect=409, version=story_now(here, story).version - 1)
    assert "was changed meanwhile" in refused.response.get_json()["detail"]
    assert story_now(here, story).status == "planned"


@pytest.mark.parametrize("field", ["card", "after", "before"])
def test_ids_of_another_project_are_not_found(app: Flask, field: str) -> None:
    here, other = rollout(app), rollout(app, "NOR")
    story, foreign = add_story(here), add_story(other)
    add_wave(here, "One", [story])
    browser = here.browser()
    browser.get(here.url(BOARD))
    sent = {"card": story, field: foreign}
    browser.open(
        "POST",
        here.url(f"{BOARD}/move"),
        404,
        None,
        SCRIPT,
        data={"csrf_token": browser.token(), "status": "doing", **sent},
    )
    assert story_now(here, story).status == "planned"


def test_a_viewer_sees_the_board_and_cannot_move(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    browser = here.browser(here.viewer)
    page = browser.get(here.url(BOARD))
    assert not page.all("[data-move-url]")
    assert not page.all("[data-move-menu]")
    move(browser, here, story, "doing", expect=403)
    browser.get(here.url(f"{BOARD}/stories/1"), status=403)


def test_the_form_moves_a_card_to_the_top_of_a_column(app: Flask) -> None:
    here = rollout(app)
    doing, story = add_story(here, "Doing", status="doing"), add_story(here, "Mine")
    add_wave(here, "One", [doing, story])
    page = here.browser().get(here.url(f"{BOARD}/stories/2"))
    board = page.form("Move").fill({"status": "doing", "place": "top"}).submit()
    assert cards(board, "doing") == ["Mine", "Doing"]
    assert "VEN-2 is in In progress." in board.text


def test_the_form_keeps_what_was_chosen_when_it_is_refused(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here, criteria=2, met=0)])
    page = here.browser().get(here.url(f"{BOARD}/stories/1"))
    refused = page.form("Move").fill({"status": "validated", "place": "bottom"}).submit(status=409)
    assert "2 criteria are not met" in refused.text
    assert (refused.form("Move").value("status"), refused.form("Move").value("place")) == ("validated", "bottom")


def test_the_form_moves_a_card_to_another_wave_and_to_the_backlog(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    add_wave(here, "Two")
    with reading(app) as session:
        second = wave_in(session, here, 2).id
    here.browser().get(here.url(f"{BOARD}/stories/1")).form("Move").submit({"wave": second})
    assert cards(here.browser().get(here.url("/waves/2/board")), "planned") == ["See open quotes"]
    here.browser().get(here.url("/waves/2/board/stories/1")).form("Move").submit({"wave": "backlog"})
    with reading(app) as session:
        assert session.query(WaveStory).count() == 0


def test_a_passed_limit_says_how_many_since_when_and_who(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, status="doing"), add_story(here)]
    add_wave(here, "One", ids)
    limit(here, doing=1)
    browser = here.browser(here.member)
    assert "over the limit" not in browser.get(here.url(BOARD)).text
    move(browser, here, ids[1], "doing")
    text = browser.get(here.url(BOARD)).text
    assert "2 of 1: over the limit since" in text
    assert "Miguel VEN" in text
    move(browser, here, ids[0], "review")
    assert "over the limit" not in browser.get(here.url(BOARD)).text


def test_limits_are_watched_whichever_way_stories_come_and_go(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, status="doing") for _ in range(3)]
    add_wave(here, "One", ids)
    limit(here, doing=2)
    assert "3 of 2: over the limit since Mar 2, 2026, Ana VEN" in here.browser().get(here.url(BOARD)).text
    with here.working() as session:
        take_out(session, stories_of(session, ids[:1]), by=here.actor(), at=START)
    assert "over the limit" not in here.browser().get(here.url(BOARD)).text


def test_limits_are_set_on_the_board_and_bad_ones_are_refused(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here, status="doing")])
    page = here.browser().get(here.url(BOARD))
    refused = page.form("Save limits").submit(limit_doing="0", status=422)
    assert "1 to 999" in refused.text
    saved = refused.form("Save limits").submit(limit_doing="3")
    assert "1 of 3" in saved.text
    assert "1 of 3" not in saved.form("Save limits").submit(limit_doing="").text


def test_a_poll_is_answered_204_until_something_changes(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    browser = here.browser()
    address = browser.get(here.url(BOARD)).find("#board").get("data-poll")
    assert browser.get(address, status=204, target="board").html == ""
    with here.working() as session:
        stories_of(session, [story])[0].title = "Another title"
    fragment = browser.get(address, target="board")
    assert not fragment.is_whole
    assert cards(fragment, "planned") == ["Another title"]
    assert fragment.find("#board").get("data-poll") != address


def test_the_board_is_filtered_by_owner_and_words_and_keeps_its_totals(app: Flask) -> None:
    here = rollout(app)
    mine = add_story(here, "Cotización ágil", owner=here.member.id, points="3")
    add_wave(here, "One", [mine, add_story(here, "Other", points="5")])
    browser = here.browser()
    page = browser.get(here.url(f"{BOARD}?owner={here.member.id}"))
    assert cards(page, "planned") == ["Cotización ágil"]
    assert "8 pts" in page.find("[data-column=planned] header").text_content()
    assert cards(browser.get(here.url(f"{BOARD}?q=COTIZACION")), "planned") == ["Cotización ágil"]
    assert cards(browser.get(here.url(f"{BOARD}?owner=abc&q=")), "planned") == ["Cotización ágil", "Other"]


def test_the_board_costs_the_same_statements_for_one_card_and_for_forty(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here)])
    browser = here.browser()
    browser.get(here.url(BOARD))
    with counting() as for_one:
        browser.get(here.url(BOARD))
    add_wave(here, "Two", [add_story(here, f"Story {number}", owner=here.member.id) for number in range(40)])
    with counting() as for_forty:
        page = browser.get(here.url("/waves/2/board"))
    assert len(for_forty) == len(for_one) <= 10, for_forty.beyond(for_one)
    column = page.html.partition("data-cards>")[2].partition("</ul>")[0]
    assert len(column.encode()) / 40 <= 1024


def test_a_closed_wave_has_a_board_to_read(app: Flask) -> None:
    from implementor.waves.services import close_wave, start_wave

    here = rollout(app)
    story = add_story(here, status="validated")
    add_wave(here, "One", [story])
    with here.working() as session:
        start_wave(session, wave_in(session, here), by=here.actor(), at=START)
        close_wave(session, wave_in(session, here), {}, by=here.actor(), at=START)
    browser = here.browser()
    page = browser.get(here.url(BOARD))
    assert cards(page, "live") == ["See open quotes"]
    assert not page.all("[data-move-url]")
    move(browser, here, story, "doing", expect=409)
