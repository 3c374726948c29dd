"""The line of those who want to write to SQLite, among the working processes of one server.

SQLite lets one write at a time and has everybody else look again after pauses that grow, while perhaps nobody writes.
Who stands in this line is woken at the moment the one before is done. It is a courtesy: who waited long enough goes on
without it, and SQLite says who may write, also to programs that stand in no line.
"""

import os
import select
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACE = "WRITERS_LINE"
"""The variable that tells working processes where the line is; the server sets it, people never do."""
PATIENCE = 1.0  # seconds
TURN, ENOUGH = b"\0", 64


@contextmanager
def shared_line() -> Iterator[None]:
    """Let the working processes of a server stand in one line; to be begun before they are started."""
    with tempfile.TemporaryDirectory(prefix="implementor-line-") as folder:
        place = Path(folder) / "line"
        os.mkfifo(place)
        os.environ[PLACE] = str(place)
        pipe = os.open(place, os.O_RDWR | os.O_NONBLOCK)
        os.write(pipe, TURN)
        try:
            yield
        finally:
            os.environ.pop(PLACE)
            os.close(pipe)


class Line:
    """One process in the line: its threads wait for each other first, then for the turn that goes round in the pipe.

    A turn that was lost with its process is made again by whoever went on without it; turns that meet become one.
    """

    def __init__(self, place: str, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._ours = threading.Lock()
        self._pipe = os.open(place, os.O_RDWR | os.O_NONBLOCK)
        self._arrival = select.poll()
        self._arrival.register(self._pipe, select.POLLIN)

    def join(self) -> bool:
        """Wait for the turn, but for `patience` seconds at most; whether there is something to `leave`."""
        ends = time.monotonic() + self.patience
        if not self._ours.acquire(timeout=self.patience):
            return False
        while not self._take() and (rest := ends - time.monotonic()) > 0:
            self._arrival.poll(rest * 1000)
        return True

    def leave(self) -> None:
        """Give the turn to the next."""
        os.write(self._pipe, TURN)
        self._ours.release()

    def _take(self) -> bool:
        try:
            return bool(os.read(self._pipe, ENOUGH))
        except BlockingIOError:
            return False
