"""Counting the statements of a block, of the thread that runs it."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


class Statements(list[str]):
    """What ran, in its order."""

    def beyond(self, other: "Statements") -> str:
        """What ran here oftener than there, a line each: said by a test that finds two pages of different costs."""
        more = Counter(self) - Counter(other)
        return "\n" + "\n".join(f"{times} more: {statement}" for statement, times in more.items())


@contextmanager
def counting() -> Iterator[Statements]:
    """The statements that run in the block, on any engine."""
    seen = Statements()
    here = threading.get_ident()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if threading.get_ident() == here:
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
