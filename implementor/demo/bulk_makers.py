"""Has parts of a large world made by processes of their own, while the one that asked writes them."""

from __future__ import annotations

import gc
import multiprocessing
import pickle  # nosec B403  # between our own processes only
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext
from typing import Any

MAKERS = 2
"""Processes that make while one writes; where a system cannot fork, the one that writes makes too."""

Work = Callable[[], Any]


@contextmanager
def made_by(work: Sequence[Work], makers: int = MAKERS) -> Iterator[Iterator[Any]]:
    """What each piece of work yields, in order. A maker stays no further ahead than its pipe holds."""
    if makers < 1 or len(work) <= makers or "fork" not in multiprocessing.get_all_start_methods():
        yield (one() for one in work)
        return
    context = multiprocessing.get_context("fork")
    started = [_start(context, work[first::makers]) for first in range(makers)]
    try:
        yield (pickle.loads(started[place % makers][1].recv_bytes()) for place in range(len(work)))  # nosec B301  # noqa: S301  # our own process wrote it
    finally:
        for process, reader in started:
            reader.close()
            process.terminate()
            process.join()


def _start(context: ForkContext, work: Sequence[Work]) -> tuple[Any, Connection]:
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(work, writer), daemon=True)
    process.start()
    writer.close()
    return process, reader


def _make(work: Sequence[Work], writer: Connection) -> None:
    gc.disable()  # rows hold no circles, and this process ends soon
    for one in work:
        writer.send_bytes(pickle.dumps(one(), protocol=pickle.HIGHEST_PROTOCOL))
