"""Records are found with their change, in what a person may see, whatever is typed, alike on both databases."""

from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.history.models import Action
from implementor.history.services import noting, undo_action
from implementor.projects.models import Project
from implementor.search.finding import best_of, newest_of, question_of
from implementor.search.index import create_index, drop_index
from implementor.search.models import SearchDocument
from implementor.search.queries import CANDIDATES, FRESH
from implementor.search.services import rebuild_batch
from implementor.stories.models import Story
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_person, reading, working
from tests.comments.builders import NOW, add_story
from tests.machinery.statements import counting
from tests.projects.builders import add_project, take_from_project

PMO = Actor(None, "PMO", roles=frozenset({Role.PMO}))


class World:
    """Two projects: Ana is in VEN, Sam in OTH."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ana, self.sam = add_person(app, "Ana Ruiz"), add_person(app, "Sam Odd")
        self.ven = add_project(app, "VEN", people=[(Role.MEMBER, self.ana)])
        self.oth = add_project(app, "OTH", people=[(Role.MEMBER, self.sam)])

    def found(self, words: str, by: Person | Actor | None = None, **narrowed: Any) -> list[str]:
        """Titles found for these words, in their order."""
        actor = by if isinstance(by, Actor) else (by or self.ana).actor
        with reading(self.app) as session:
            answer = best_of(session, actor, question_of(words, **narrowed))
            return [row.title for row in answer.rows]

    def titles(self, *titles: str, project_id: int | None = None) -> None:
        """Write a story for each title."""
        for title in titles:
            add_story(self.app, project_id or self.ven, title)


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


def change(app: Flask, model: type[Any], record_id: int, **values: Any) -> int:
    """Set values of a record; returns the action."""
    with working(app) as session:
        loaded = session.get_one(model, record_id)
        for name, value in values.items():
            setattr(loaded, name, value)
        session.flush()
        return session.scalars(select(Action.id).order_by(Action.id.desc())).first() or 0


def document_ids(app: Flask) -> list[int]:
    with reading(app) as session:
        return list(session.scalars(select(SearchDocument.id).order_by(SearchDocument.id)))


@pytest.mark.parametrize("words", ["cotizacion", "COTIZACIÓN", "cotiz", "aprob cotiz", "cotización aprobar"])
def test_words_are_found_by_their_beginning_without_accents(world: World, words: str) -> None:
    world.titles("Aprobar cotización", "Otra cosa")
    assert world.found(words) == ["Aprobar cotización"]


def test_text_fields_and_tags_are_found(world: World) -> None:
    add_story(world.app, world.ven, "Plain", description="It **mentions** a zebra.", tags="okapi, gnu")
    assert world.found("zebra") == world.found("okapi gnu") == ["Plain"]


def test_a_record_is_found_by_its_key_first(world: World) -> None:
    story = add_story(world.app, world.ven, "First")
    world.titles(f"About VEN-{story.number}")
    assert world.found(f"ven-{story.number}") == ["First"]
    assert world.found("VEN")[0] == "Rollout VEN"


def test_better_titles_come_first_and_newer_ones_among_equals(world: World) -> None:
    world.titles("Quote", "The quote", "Big quotes", "Quote rules", "Quote limits")
    assert world.found("quote") == ["Quote", "Quote limits", "Quote rules", "The quote", "Big quotes"]


def test_only_people_of_a_project_find_its_records(world: World) -> None:
    world.titles("canary here")
    assert world.found("canary", world.ana) == ["canary here"]
    assert world.found("canary", world.sam) == []
    assert world.found("VEN-1", world.sam) == []
    assert world.found("canary", world.sam, project_id=world.ven) == []
    assert world.found("canary", PMO) == ["canary here"]
    take_from_project(world.app, world.ven, world.ana, world.sam)
    assert world.found("canary", world.ana) == []


def test_marks_of_the_index_cannot_be_typed(world: World) -> None:
    world.titles("canary here")
    for words in (f"\ue000{world.ven}", f"canary \ue000{world.ven}", "\ue001story"):
        assert world.found(words, world.sam) == []


def test_a_search_can_be_narrowed_to_a_kind_and_a_project(world: World) -> None:
    world.titles("rollout story")
    world.titles("rollout story too", project_id=world.oth)
    assert world.found("rollout", kind="project") == ["Rollout VEN"]
    assert world.found("rollout", PMO, kind="story", project_id=world.oth) == ["rollout story too"]


@pytest.mark.parametrize(
    "words",
    [
        "'",
        '"',
        '"quote',
        "quote*",
        "quote AND",
        "NOT quote",
        "NEAR(quote, 2)",
        "title:quote",
        "-quote",
        "^quote",
        "quote) OR (1=1",
        "'; DROP TABLE story; --",
        "%",
        "_",
        "\\",
        "quote & | ! :* <->",
        "\x00quote",
        "\ud800quote",
        "quote " * 2000,
        "💥",
        "‮quote",
        "q" * 10_000,
        "()",
        "{}",
        "quote:*",
        "a'b\"c",
    ],
)
def test_whatever_is_typed_is_only_words(world: World, words: str) -> None:
    world.titles("Quote")
    assert world.found(words) in ([], ["Quote"])
    with reading(world.app) as session:
        newest_of(session, world.ana.actor, question_of(words), limit=5, after=None, before=None)


def test_a_changed_text_is_found_with_the_change_and_the_old_one_is_not(world: World) -> None:
    action_id = change(world.app, Project, world.ven, name="Modern words")
    assert (world.found("rollout"), world.found("modern")) == ([], ["Modern words"])
    with working(world.app) as session:
        undo_action(session, session.get_one(Action, action_id), by=PMO, at=NOW)
    assert world.found("rollout") == ["Rollout VEN"]


def test_a_change_that_is_taken_back_leaves_no_trace(world: World) -> None:
    with writing_session(world.app) as session, noting(session, by=SYSTEM, at=NOW):
        session.add(Story(project_id=world.ven, number=99, title="Ghost", rank="a", tags=[]))
        session.flush()
        session.rollback()
    assert world.found("ghost") == []


def test_archived_records_are_not_found_until_they_are_restored(world: World) -> None:
    story = add_story(world.app, world.ven, "Sleeping")
    change(world.app, Story, story.id, archived_at=NOW)
    assert world.found("sleeping") == []
    change(world.app, Story, story.id, archived_at=None)
    assert world.found("sleeping") == ["Sleeping"]


def test_a_card_that_only_moves_writes_no_document(world: World) -> None:
    story = add_story(world.app, world.ven, "Still")
    before = document_ids(world.app)
    change(world.app, Story, story.id, rank="zz", value=8)
    assert document_ids(world.app) == before


def test_many_records_of_one_flush_are_written_at_once(world: World) -> None:
    def statements(count: int) -> int:
        with counting() as seen, working(world.app) as session:
            session.add_all(_stories(world.ven, count))
        return len([one for one in seen if "search_document" in one])

    assert statements(1) == statements(30) == 1  # there is nothing of theirs to take away first


def _stories(project_id: int, count: int, title: str = "S") -> Iterable[Story]:
    numbers = range(1000 * count, 1001 * count)
    return [Story(project_id=project_id, number=number, title=title, rank="a", tags=[]) for number in numbers]


def test_what_is_older_than_very_many_of_strangers_is_found(world: World) -> None:
    world.titles("Lighthouse 1", "Lighthouse 2")
    with working(world.app) as session:
        session.add_all(_stories(world.oth, FRESH + CANDIDATES, "Lighthouse of strangers"))
    world.titles("Lighthouse 3", "Lantern")
    mine = ["Lighthouse 3", "Lighthouse 2", "Lighthouse 1"]
    assert world.found("lighthouse") == world.found("lighth") == mine
    assert world.found("lighthouse", kind="story") == world.found("lighthouse", project_id=world.ven) == mine
    assert world.found("lantern") == ["Lantern"]
    assert len(world.found("lighthouse", world.sam)) == len(world.found("lighthouse", PMO)) == CANDIDATES


def test_the_index_can_be_dropped_and_made_again_with_its_rows(world: World) -> None:
    world.titles("Kept")
    with working(world.app) as session:
        drop_index(session.connection())
        create_index(session.connection())
    assert world.found("kept") == ["Kept"]


def test_everything_can_be_written_anew(world: World) -> None:
    world.titles(*(f"Again {number}" for number in range(7)))
    with working(world.app) as session:
        session.execute(text("delete from search_document"))
    assert world.found("again") == []
    last: int | None = 0
    while last is not None:
        with working(world.app) as session:
            last = rebuild_batch(session, "story", at=NOW, after_id=last, size=3)
    assert len(world.found("again")) == 7


def test_all_matches_are_read_page_by_page_the_newest_first(world: World) -> None:
    world.titles(*(f"Page {number}" for number in range(7)))
    seen: list[str] = []
    after: str | None = None
    with reading(world.app) as session:
        while True:
            page = newest_of(session, world.ana.actor, question_of("page"), limit=3, after=after, before=None)
            seen += [row.title for row in page.rows]
            after = page.next
            if after is None:
                break
    assert seen == [f"Page {number}" for number in reversed(range(7))]


@pytest.mark.sqlite_only(reason="the integrity check is of the index of SQLite")
def test_the_index_agrees_with_its_table(world: World) -> None:
    story = add_story(world.app, world.ven, "One")
    change(world.app, Story, story.id, title="Two")
    with reading(world.app) as session:
        _check(session)


def _check(session: Session) -> None:
    session.execute(text("insert into search_index(search_index, rank) values ('integrity-check', 1)"))


def test_a_search_needs_no_more_than_four_statements(world: World) -> None:
    world.titles(*(f"Many {number}" for number in range(30)))
    for actor in (world.ana.actor, PMO, SYSTEM):
        for words in ("many", "man", "VEN-1", "VEN-99999", "nothing"):
            with counting() as seen:
                world.found(words, actor)
            assert len([one for one in seen if one != "BEGIN"]) <= 4, seen
