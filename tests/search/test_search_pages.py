"""The search page and the palette, as people of two projects use them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import Role
from implementor.search.models import Visit
from implementor.search.queries import Address
from implementor.search.visits import VisitBook, page_patterns, write_visits
from tests.auth.builders import add_person, reading, working
from tests.comments.builders import NOW, add_story
from tests.machinery.pages import Browser, Page
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of

LIMIT = 30  # seconds


class World:
    """Ana leads VEN, Sam leads OTH; each project has a story."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ana, self.sam = add_person(app, "Ana Ruiz"), add_person(app, "Sam Odd")
        self.ven = add_project(app, "VEN", people=[(Role.PROJECT_LEAD, self.ana)])
        self.oth = add_project(app, "OTH", people=[(Role.PROJECT_LEAD, self.sam)])
        self.story = add_story(app, self.ven, "Approve <b>quotes</b>", description="The canary sings & flies.")

    def at(self, person: Any, language: str = "en") -> Browser:
        """A browser of this person."""
        browser = browser_of(self.app, person)
        browser.headers["Accept-Language"] = language
        return browser


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


def options(page: Page) -> dict[str, str]:
    """Text of each option of the palette -> its address."""
    return {" ".join(one.text_content().split()): one.get("href") for one in page.all("[role=option]")}


def test_the_page_shows_where_the_words_stand(world: World) -> None:
    page = world.at(world.ana).get("/search?q=CANARY")
    assert page.texts("#found mark") == ["canary"]
    assert "Approve <b>quotes</b>" in page.text
    assert "&lt;b&gt;" in page.html
    assert page.heading == "Records with “CANARY”"


def test_snippets_show_text_without_its_markup(world: World) -> None:
    add_story(world.app, world.ven, "Marked", description="## Goals\n**Every** [quote](https://x.example/a) counts")
    page = world.at(world.ana).get("/search?q=marked")
    assert "Goals Every quote counts" in page.text


def test_a_stranger_finds_nothing_and_is_told_how_to_go_on(world: World) -> None:
    page = world.at(world.sam).get("/search?q=canary&project=VEN&kind=story")
    assert "Nothing has these words" in page.text
    assert "Approve" not in page.html
    palette = world.at(world.sam).get("/palette?q=canary&from=/projects/VEN/")
    assert "Approve" not in palette.html
    assert "/projects/VEN" not in palette.html


def test_an_empty_page_says_what_it_is_for(world: World) -> None:
    assert "Find any record" in world.at(world.ana).get("/search").text


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%22",
        "q=%EF%BF%BD%27",
        "q=a&kind=%27",
        "q=a&project=..%2F..",
        "q=a&order=newest&after=%%%",
        "q=a&_external=1&_scheme=javascript&order=newest",
        "q=" + "a" * 10_000,
    ],
)
def test_hostile_addresses_are_answered(world: World, query: str) -> None:
    page = world.at(world.ana).get(f"/search?{query}", status=None)
    assert page.status in (200, 409)
    assert "javascript:" not in page.html
    world.at(world.ana).get(f"/palette?{query}&from=/projects/{query}")


def test_newest_first_goes_on_to_further_pages(world: World) -> None:
    for number in range(25):
        add_story(world.app, world.ven, f"Many {number}")
    page = world.at(world.ana).get("/search?q=many").follow("Newest first")
    assert page.texts("#found li mark")[:2] == ["Many", "Many"]
    further = page.follow("Next")
    assert len(further.all("#found li.card")) == 5
    assert len(further.follow("Previous").all("#found li.card")) == 20


def test_the_palette_offers_records_pages_and_actions(world: World) -> None:
    browser = world.at(world.ana)
    shown = options(browser.get(f"/palette?q=ven-{world.story.number}&from=/projects/VEN/"))
    assert next(iter(shown.values())) == f"/projects/VEN/stories/{world.story.number}"
    assert "/projects/VEN/people" in options(browser.get("/palette?q=peop&from=/projects/VEN/")).values()
    assert "/projects/VEN/records/story/new" in options(browser.get("/palette?q=new sto&from=/projects/VEN/x")).values()
    assert "/projects/VEN/people" not in options(browser.get("/palette?q=peop&from=/")).values()


def test_labels_match_in_every_language(world: World) -> None:
    for language in ("en", "es"):
        shown = options(world.at(world.ana, language).get("/palette?q=people&from=/projects/VEN/"))
        assert "/projects/VEN/people" in shown.values()


def test_a_palette_takes_no_more_than_six_statements(world: World) -> None:
    browser = world.at(world.ana)
    for words in ("", "quotes", "quo", "VEN-1", "zzz"):
        browser.get(f"/palette?q={words}&from=/projects/VEN/")
        with counting() as seen:
            browser.get(f"/palette?q={words}&from=/projects/VEN/")
        assert len([one for one in seen if one != "BEGIN"]) <= 6, seen


def test_what_was_opened_last_is_offered_first(world: World) -> None:
    browser = world.at(world.ana)
    other = add_story(world.app, world.ven, "Other")
    pages = [f"/projects/VEN/stories/{story.number}" for story in (world.story, other)]
    for page in pages:
        browser.get(page)
    for _ in range(2):  # first from memory, then from the table
        shown = options(browser.get("/palette?q=&from=/"))
        assert list(shown.values())[:2] == [pages[1], pages[0]]
    assert "Opened last" in browser.get("/palette?q=&from=/").text


def test_visits_are_written_once_a_minute() -> None:
    book = VisitBook()
    one, two = Address("story", "VEN", 1, False), Address("story", "VEN", 2, False)
    assert book.note(7, one, NOW) == {one: NOW}
    assert book.note(7, two, NOW.replace(second=30)) == {}
    assert book.note(8, one, NOW) == {one: NOW}
    later = NOW.replace(minute=2)
    assert book.note(7, one, later) == {two: NOW.replace(second=30), one: later}
    assert book.take(7, later) == {}


def test_every_page_of_a_record_is_recognised(app: Flask) -> None:
    assert page_patterns()["stories.show"].kind == "story"


def test_a_visit_of_what_is_not_there_is_forgotten(world: World) -> None:
    visits = {
        Address("story", "VEN", 4711, False): NOW,
        Address("story", None, 1, False): NOW,
        Address("story", "ven", world.story.number, False): NOW,
    }
    for _ in range(2):
        with working(world.app) as session:
            write_visits(session, user_id=world.ana.id, visits=visits)
    with reading(world.app) as session:
        assert session.execute(select(Visit.kind, Visit.record_id)).all() == [("story", world.story.id)]


def test_two_processes_write_what_one_person_opened_without_waiting_for_each_other(world: World) -> None:
    opened = [Address("story", None, number, True) for number in range(1, 41)]
    ready = Barrier(2)

    def write(visits: list[Address]) -> None:
        for _ in range(5):
            ready.wait(LIMIT)
            with working(world.app) as session:
                write_visits(session, user_id=world.ana.id, visits=dict.fromkeys(visits, NOW))

    with ThreadPoolExecutor(2) as both:
        ended = [both.submit(write, each) for each in (opened, opened[::-1])]
    for one in ended:
        one.result()
    with reading(world.app) as session:
        assert len(session.scalars(select(Visit.record_id)).all()) == len(opened)
