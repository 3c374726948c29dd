"""The line of writers: each has the turn when the one before is done, and nobody waits for a turn that is lost."""

import os
import select
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from implementor.web.database import prepare
from implementor.web.line import PLACE, Line, shared_line

LONG, SHORT = 60.0, 0.02  # seconds; the long one is never waited for


@pytest.fixture
def place() -> Iterator[str]:
    """Where the line of a server is."""
    with shared_line():
        yield os.environ[PLACE]


def turns(place: str) -> int:
    """How many turns lie there for whoever comes next; they are left there."""
    pipe = os.open(place, os.O_RDWR | os.O_NONBLOCK)
    found = os.read(pipe, 64) if select.select([pipe], [], [], 0)[0] else b""
    os.write(pipe, found)
    os.close(pipe)
    return len(found)


def test_a_writer_waits_for_the_one_of_another_process_and_is_woken(place: str) -> None:
    first, second = Line(place, LONG), Line(place, LONG)
    assert first.join()
    waiting = threading.Thread(target=second.join)
    waiting.start()
    waiting.join(SHORT)
    assert waiting.is_alive()
    first.leave()
    waiting.join(LONG)
    assert not waiting.is_alive()


def test_threads_of_one_process_wait_for_each_other_as_long_as_they_have_patience(place: str) -> None:
    line = Line(place, SHORT)
    assert line.join()
    assert not line.join()
    line.leave()
    assert line.join()


def test_a_turn_that_was_lost_with_its_process_is_made_again(place: str) -> None:
    gone, impatient = Line(place, SHORT), Line(place, SHORT)
    assert gone.join()
    assert impatient.join()
    impatient.leave()
    assert turns(place) == 1


def test_turns_that_meet_become_one(place: str) -> None:
    slow, impatient = Line(place, SHORT), Line(place, SHORT)
    assert slow.join()
    assert impatient.join()
    for each in (slow, impatient):
        each.leave()
    assert turns(place) == 2
    assert slow.join()
    assert turns(place) == 0
    slow.leave()
    assert turns(place) == 1


@pytest.mark.sqlite_only(reason="other databases let several write at once")
def test_who_writes_stands_in_the_line_until_the_connection_comes_back(place: str, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'lined.sqlite3'}")
    prepare(engine)
    for how in ("commit", "rollback", "invalidate", "close"):
        with engine.connect().execution_options(implementor_writes=True) as connection:
            connection.execute(text("SELECT 1"))
            assert turns(place) == 0
            getattr(connection, how)()
        assert turns(place) == 1
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert turns(place) == 1
    engine.dispose()
