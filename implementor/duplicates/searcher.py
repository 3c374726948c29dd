"""A process that takes part in a search for duplicates: it reads orders from its input and answers each on its output.

Started by `searching`, as `python -m implementor.duplicates.searcher`; it knows no application and no session, which
is why it is there in a moment. An order is (what, first, second); what is sent are pickles, one after the other.
"""

from __future__ import annotations

import gc
import pickle  # nosec B403  # between our own processes only
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from implementor.duplicates.reading import Reading
from implementor.duplicates.scanning import Search
from implementor.duplicates.weights import SHIPPED, Weighing

LOOK, MEET, COMPARE, CLOSE_STEP = "look", "meet", "compare", "close step"
Order = tuple[str, int, int]


@dataclass(frozen=True)
class Engagement:
    """What a searcher is told first."""

    reading: Reading
    folder: Path
    place: int
    of: int
    is_small_base: bool
    weighing: Weighing = SHIPPED

    def search(self) -> Search:
        """Its part of the search."""
        return Search(
            self.folder, place=self.place, of=self.of, is_small_base=self.is_small_base, weighing=self.weighing
        )


def answer(search: Search, reading: Reading, cursor: Any, order: Order) -> Any:
    """Do what is ordered: `look` from one id to another (how many there were), `meet` or `compare` for a drawer."""
    what, first, second = order
    if what == LOOK:
        return search.look(reading.portraits(cursor, first, second))
    if what == COMPARE:
        return search.compare(first)
    if what == MEET:
        search.meet(first)
    else:
        search.close_step()
    return True


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Answer orders until there are no more."""
    gc.disable()  # portraits and pairs hold no circles
    mine: Engagement = pickle.load(orders)  # nosec B301  # noqa: S301  # from the process that started this one
    with closing(mine.search()) as search, closing(mine.reading.connected()) as connection:
        cursor = connection.cursor()
        while (order := pickle.load(orders)) is not None:  # nosec B301  # noqa: S301
            pickle.dump(answer(search, mine.reading, cursor, order), answers, protocol=pickle.HIGHEST_PROTOCOL)
            answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
