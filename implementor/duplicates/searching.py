"""Shares a search for duplicates out among processes: who is free takes the next part; any number finds the same."""

from __future__ import annotations

import os
import pickle  # nosec B403  # between our own processes only
import subprocess  # nosec B404  # to start this very program
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Engine

from implementor.duplicates import queries
from implementor.duplicates.own_roles import sources_with
from implementor.duplicates.reading import Reading
from implementor.duplicates.sameness import Sameness
from implementor.duplicates.scanning import DRAWERS
from implementor.duplicates.searcher import CLOSE_STEP, COMPARE, LOOK, MEET, Engagement, Order, answer
from implementor.duplicates.weights import SHIPPED, Weighing
from implementor.foundation.model import Column, Rows

FEW = 20_000
"""Up to so many records another process would be there later than the search has ended."""
SEARCHERS = 2
ROOT = Path(__file__).resolve().parent.parent.parent
LISTENING = 0.5  # seconds until somebody who waits for an answer hears that they should not


class SearchEnded(RuntimeError):
    """A process of the search ended before its work did."""


class Crew(Protocol):
    """Those who search."""

    def ask(self, orders: Sequence[Order]) -> Iterator[Any]:
        """Have every order carried out once by somebody; yields the answers as they come, None meanwhile."""
        ...

    def tell_all(self, order: Order) -> None:
        """Have everybody carry out an order, and wait until they have."""
        ...


class Alone:
    """The search in this process."""

    def __init__(self, engagement: Engagement, cursor: Any) -> None:
        self._reading, self._cursor = engagement.reading, cursor
        self.search = engagement.search()

    def ask(self, orders: Sequence[Order]) -> Iterator[Any]:
        """One after the other."""
        for order in orders:
            yield answer(self.search, self._reading, self._cursor, order)

    def tell_all(self, order: Order) -> None:
        """There is nobody else."""
        answer(self.search, self._reading, self._cursor, order)


class Several:
    """Searchers in processes of their own, each with a thread here that hands it orders."""

    def __init__(self, engagements: Sequence[Engagement]) -> None:
        self.searchers = [_start() for _one in engagements]
        for searcher, engagement in zip(self.searchers, engagements, strict=True):
            _send(searcher, engagement)
        self.hands: list[Thread] = []

    def ask(self, orders: Sequence[Order]) -> Iterator[Any]:
        """Whoever is free takes the next one."""
        waiting, answers = deque(orders), SimpleQueue[tuple[bool, Any]]()
        self.hands = [Thread(target=_hand, args=(one, waiting, answers), daemon=True) for one in self.searchers]
        for hand in self.hands:
            hand.start()
        left = len(orders)
        while left:
            try:
                is_answer, found = answers.get(timeout=LISTENING)
            except Empty:
                yield None
                continue
            if not is_answer:
                raise SearchEnded from found
            left -= 1
            yield found
        for hand in self.hands:
            hand.join()

    def tell_all(self, order: Order) -> None:
        """Everybody at once."""
        for one in self.searchers:
            _send(one, order)
        for one in self.searchers:
            _receive(one)

    def close(self) -> None:
        """End them, whatever they are doing."""
        for one in self.searchers:
            one.kill()
            one.wait()
        for hand in self.hands:
            hand.join()
        for one in self.searchers:
            assert one.stdin is not None  # pipes
            assert one.stdout is not None
            one.stdout.close()
            with suppress(OSError):  # what was not sent any more
                one.stdin.close()


def _start() -> subprocess.Popen[bytes]:
    """A searcher; all of them must find the same number for a text."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # nosec B603  # our own program with fixed arguments
        [sys.executable, "-m", "implementor.duplicates.searcher"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": path},
    )  # fmt: skip


def _hand(searcher: subprocess.Popen[bytes], waiting: deque[Order], answers: SimpleQueue[tuple[bool, Any]]) -> None:
    try:
        while waiting:
            try:
                order = waiting.popleft()
            except IndexError:  # the other one took the last
                return
            _send(searcher, order)
            answers.put((True, _receive(searcher)))
    except (OSError, EOFError, pickle.UnpicklingError) as fault:
        waiting.clear()
        answers.put((False, fault))


def _send(searcher: subprocess.Popen[bytes], what: Any) -> None:
    assert searcher.stdin is not None  # a pipe
    pickle.dump(what, searcher.stdin, protocol=pickle.HIGHEST_PROTOCOL)
    searcher.stdin.flush()


def _receive(searcher: subprocess.Popen[bytes]) -> Any:
    assert searcher.stdout is not None  # a pipe
    return pickle.load(searcher.stdout)  # nosec B301  # noqa: S301  # our own program wrote it


@contextmanager
def crew(
    engine: Engine, declared: Sameness, folder: Path, total: int, *, is_small_base: bool, weighing: Weighing = SHIPPED
) -> Iterator[Crew]:
    """Those who search so many records of a kind, until the block ends: the more records, the more of them."""
    reading = reading_of(engine, declared, weighing)
    of = 1 if total <= FEW else SEARCHERS
    engagements = [Engagement(reading, folder, place, of, is_small_base, weighing) for place in range(of)]
    if of == 1:
        with closing(reading.connected()) as connection:
            alone = Alone(engagements[0], connection.cursor())
            with closing(alone.search):
                yield alone
        return
    with closing(Several(engagements)) as several:
        yield several


def reading_of(engine: Engine, declared: Sameness, weighing: Weighing = SHIPPED) -> Reading:
    """How a searcher reads the records of a kind, with the fields of one's own that count."""
    told = sources_with(declared, weighing.table)
    first: Column = bindparam("first")
    last: Column = bindparam("last")
    model = declared.model
    ids: Rows = select(model.id).where(model.id.between(first, last), *queries.in_use(model)).order_by(model.id)
    dialect = engine.dialect

    def text_of(statement: Rows) -> str:
        compiled = statement.compile(dialect=dialect)
        assert compiled.params.keys() == {"first", "last"}, "a source that binds values of its own cannot be sent"
        return str(compiled)

    arguments, options = dialect.create_connect_args(engine.url)
    return Reading(
        driver=str(dialect.dbapi.__name__),  # type: ignore[union-attr]  # an engine has one
        # texts and days need no adapters, which could not be sent
        arguments=(tuple(arguments), {name: value for name, value in options.items() if name != "context"}),
        ids=text_of(ids),
        sources=tuple((text_of(queries.texts_between(one, first, last)), one.shape) for one in told),
        is_positional=dialect.positional,
    )


@dataclass(frozen=True)
class Steps:
    """A search from beginning to end by some crew: every step yields what was answered, None while nobody answers."""

    crew: Crew

    def look(self, spans: Sequence[tuple[int, int]]) -> Iterator[int | None]:
        """Look at the records from one id to another, span by span upwards: how many each had."""
        yield from self.crew.ask([(LOOK, first, last) for first, last in spans])
        self.crew.tell_all((CLOSE_STEP, 0, 0))

    def meet(self) -> Iterator[bool]:
        """Bring together who stands in one block, drawer by drawer: whether a drawer is done."""
        answers: Iterator[Any] = self.crew.ask([(MEET, drawer, 0) for drawer in range(DRAWERS)])
        yield from (one is not None for one in answers)
        self.crew.tell_all((CLOSE_STEP, 0, 0))

    def compare(self) -> Iterator[list[Any] | None]:
        """Compare, drawer by drawer: the candidates."""
        yield from self.crew.ask([(COMPARE, drawer, 0) for drawer in range(DRAWERS)])
