"""Stories go into a wave and out of it by box, by script, by quick add, from the story's page and from the backlog."""

from urllib.parse import unquote

from flask import Flask

from implementor.foundation.permissions import Role
from implementor.waves.services import start_wave
from tests.machinery.pages import Page
from tests.waves.builders import START, add_story, add_wave, facts_of, rollout, story_now, wave_in, wave_now

SCOPE = "/waves/1/stories"
SCRIPT = {"Accept": "application/json"}


def titles(page: Page, column: str) -> list[str]:
    return page.texts(f"[data-column={column}] .board-card-title")


def test_boxes_put_stories_in_and_take_them_out(app: Flask) -> None:
    here = rollout(app)
    first, second = add_story(here, "First"), add_story(here, "Second")
    add_wave(here, "One")
    page = here.browser().get(here.url(SCOPE))
    assert titles(page, "backlog") == ["First", "Second"]
    page = page.form("scope_put").submit(ids=[first, second])
    assert "2 stories are in One now." in page.text
    assert titles(page, "wave") == ["First", "Second"]
    page = page.form("scope_take").submit(ids=[second])
    assert (titles(page, "backlog"), titles(page, "wave")) == (["Second"], ["First"])
    assert "Nothing was chosen" in page.form("scope_put").submit().text


def test_a_script_moves_one_story_to_its_place_in_either_column(app: Flask) -> None:
    here = rollout(app)
    first, second, third = (add_story(here, title) for title in ("First", "Second", "Third"))
    add_wave(here, "One", [second])
    browser = here.browser()
    browser.get(here.url(SCOPE))
    sent = {"csrf_token": browser.token(), "card": third, "status": "wave", "before": second}
    answer = browser.open("POST", here.url(f"{SCOPE}/move"), 204, None, SCRIPT, data=sent)
    assert "VEN-3 is in One." in unquote(answer.response.headers["X-Implementor-Told"])
    assert titles(browser.get(here.url(SCOPE)), "wave") == ["Third", "Second"]
    sent = {"csrf_token": browser.token(), "card": second, "status": "backlog", "after": first}
    browser.open("POST", here.url(f"{SCOPE}/move"), 204, None, SCRIPT, data=sent)
    assert titles(browser.get(here.url(SCOPE)), "backlog") == ["First", "Second"]


def test_words_find_stories_of_the_backlog(app: Flask) -> None:
    here = rollout(app)
    add_story(here, "Cotización ágil")
    add_story(here, "Score leads")
    add_wave(here, "One")
    browser = here.browser()
    assert titles(browser.get(here.url(f"{SCOPE}?q=cotizacion")), "backlog") == ["Cotización ágil"]
    assert titles(browser.get(here.url(f"{SCOPE}?q=VEN-2")), "backlog") == ["Score leads"]


def test_new_stories_are_written_straight_into_the_wave(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One")
    page = here.browser().get(here.url(SCOPE))
    page = page.form(f"{here.url(SCOPE)}/new").submit(titles="Visit plan\n\nPrice list\n")
    assert "2 stories are added to One." in page.text
    assert sorted(titles(page, "wave")) == ["Price list", "Visit plan"]


def test_a_started_wave_says_that_changes_are_changes_of_scope(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here)])
    browser = here.browser()
    assert "change of its scope" not in browser.get(here.url(SCOPE)).text
    with here.working() as session:
        start_wave(session, wave_in(session, here), by=here.actor(), at=START)
    assert "change of its scope" in browser.get(here.url(SCOPE)).text


def test_the_page_of_a_story_plans_it(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One")
    page = here.browser().get(here.url("/stories/1"))
    assert "In the backlog, in no wave." in page.find("#wave_of_story").text_content()
    planned = page.form("Plan").submit(wave=wave_now(here).id)
    assert "VEN-1 is in One now." in planned.text
    assert "Wave 1: One" in planned.find("#wave_of_story").text_content()
    assert story_now(here, story).status == "planned"
    assert "In the backlog" in planned.form("Plan").submit(wave="").text


def test_the_backlog_filters_groups_and_shows_the_wave(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here, "Planned story")])
    add_story(here, "Free story")
    browser = here.browser()
    wave = wave_now(here).id
    only = browser.get(here.url(f"/backlog?wave={wave}&columns=title,wave"))
    assert [(row["Title"], row["Wave"]) for row in only.rows()] == [("Planned story", "One")]
    free = browser.get(here.url("/backlog?wave=none&columns=title,wave"))
    assert [row["Title"] for row in free.rows()] == ["Free story"]
    assert browser.get(here.url("/backlog?wave=x'y")).status == 200
    assert "One" in browser.get(here.url("/backlog?group=wave&columns=title,wave")).text


def test_the_wave_is_a_field_of_the_story_and_stays_when_others_change(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here, "Open quotes")
    add_wave(here, "One", [story])
    browser = here.browser()
    browser.get(here.url(f"/records/story/{story}/edit")).form("Save").submit(title="Another title")
    assert story_now(here, story).title == "Another title"
    assert len(facts_of(here, story, "wave")) == 1
    form = browser.get(here.url(f"/records/story/{story}/fields/wave/edit")).form("Save")
    assert form.value("wave") == str(wave_now(here).id)
    form.submit(wave="")
    assert facts_of(here, story, "wave")[-1][1] is None


def test_many_stories_are_put_into_a_wave_from_the_backlog(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, f"Story {number}") for number in range(3)]
    add_wave(here, "One")
    browser = here.browser()
    browser.get(here.url("/backlog"))
    page = browser.post(here.url("/lists/story/bulk"), {"ids": ids})
    page = page.form("Preview").fill(change=["wave"], wave=wave_now(here).id).submit(button="Preview")
    assert facts_of(here, ids[0], "wave") == []
    page.form("Change 3 rows").submit(button="Change 3 rows")
    assert [facts_of(here, story, "wave") for story in ids] == [[(None, str(wave_now(here).id))]] * 3


def test_a_wave_of_another_project_is_refused_in_every_way_in(app: Flask) -> None:
    here, other = rollout(app), rollout(app, "NOR")
    add_story(here)
    foreign_story = add_story(other)
    add_wave(here, "One")
    add_wave(other, "Elsewhere")
    foreign = wave_now(other).id
    browser = here.browser()
    browser.get(here.url(SCOPE))
    browser.post(here.url("/waves/stories/1"), {"wave": foreign}, status=409)
    browser.post(here.url(SCOPE), {"ids": [foreign_story]}, status=404)
    browser.post(here.url(f"{SCOPE}/move"), {"card": foreign_story, "status": "wave"}, status=404)
    browser.post(here.url(f"{SCOPE}/move"), {"card": "x1", "status": "wave"}, status=400)
    assert facts_of(other, foreign_story, "wave") == []


def test_only_who_plans_waves_changes_the_wave_of_a_story(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One")
    assert Role.MEMBER in here.actor(here.member).roles
    browser = here.browser(here.member)
    page = browser.get(here.url(SCOPE))
    assert not page.all("[data-move-url]")
    browser.post(here.url(SCOPE), {"ids": [story], "deed": "put"}, status=403)
    browser.get(here.url(f"/records/story/{story}/fields/wave/edit"), status=403)
