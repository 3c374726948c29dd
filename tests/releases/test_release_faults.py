"""Whatever breaks while a release is applied or rolled back, and after whichever statement: all of it, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from implementor.waves.services import close_wave
from tests.auth.builders import reading
from tests.releases.release_builders import Shop, shop
from tests.releases.test_releases import everything
from tests.waves.builders import START, wave_in


class Broken(Exception):
    """What a power cut is to the program."""


@contextmanager
def breaking_after(count: int) -> Iterator[None]:
    """Let the statement after `count` others fail."""
    seen = 0

    def note(*_about: Any) -> None:
        nonlocal seen
        seen += 1
        if seen > count:
            raise Broken

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def break_at_each(app: Flask, deed: Callable[[], None], *, step: int, whole_each: int = 1) -> int:
    """Break after every `step`th statement of a deed; the database is as before each time. How often it broke.

    What stayed of one attempt would be there after the next ones too, so the whole is compared after `whole_each`.
    """
    before = everything(app)
    count, broken = 0, 0
    while True:
        try:
            with breaking_after(count):
                deed()
        except Broken:
            broken += 1
            count += step
            if broken % whole_each == 0:
                assert everything(app) == before, f"something stayed after {count - step} statements or before"
            continue
        return broken


@pytest.fixture
def made(app: Flask) -> Shop:
    """A release of three settings, one of which moves a record."""
    made, (story,) = shop(app)
    words = made.words()
    made.account("Acme", words[0])
    made.retired(story, words[0], answers={"held": made.word(words[1]).uid})
    made.new_word(story, "Space travel", "Viajes espaciales")
    made.renamed(story, words[1], "Building", "Obras")
    return made


@pytest.mark.sqlite_only("every statement, which is the same on both; the other database breaks at some of them below")
def test_a_release_that_breaks_after_any_statement_is_not_there(app: Flask, made: Shop) -> None:
    with reading(app) as watching:
        commits = watching.scalar(text("PRAGMA data_version"))
        with pytest.raises(StillTheSame):
            break_at_each(app, lambda: all_but_commit(made), step=1, whole_each=40)
        assert watching.scalar(text("PRAGMA data_version")) == commits
    made.close()
    assert "space_travel" in made.words()


class StillTheSame(Exception):
    """Every statement came through, and nothing is committed yet."""


def all_but_commit(made: Shop) -> None:
    """Close the wave up to the moment at which it would be committed."""
    with made.here.working() as session:
        close_wave(session, wave_in(session, made.here), {}, by=made.here.actor(), at=START)
        session.flush()
        raise StillTheSame


@pytest.mark.parametrize("deed", ["close", "roll_back"])
def test_going_live_and_back_break_cleanly_on_both_databases(app: Flask, made: Shop, deed: str) -> None:
    if deed == "roll_back":
        made.close()
    assert break_at_each(app, getattr(made, deed), step=17) > 5
    assert ("space_travel" in made.words()) == (deed == "close")
