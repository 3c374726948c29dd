"""A bell that other threads and signals ring: what waits for it wakes, and nothing that rings it ever waits."""

import contextlib
import signal
import socket
from collections.abc import Iterable
from multiprocessing import connection
from types import FrameType

ENDINGS = (signal.SIGTERM, signal.SIGINT)
ENOUGH = 4096  # more rings than are ever waiting


class Bell:
    """Takes the place of `threading.Event`, whose lock a signal may find held by the very thread it interrupts."""

    def __init__(self) -> None:
        self.hearer, self.ringer = socket.socketpair()
        self.hearer.setblocking(False)
        self.ringer.setblocking(False)

    def set(self) -> None:
        """Ring; it stays rung until somebody waits for it."""
        with contextlib.suppress(BlockingIOError):  # so many rings are waiting that one more says nothing new
            self.ringer.send(b"\0")

    def wait(self, *others: int) -> None:
        """Wait until it rings, or until one of the other things to wait for (file numbers, sentinels) is ready."""
        connection.wait([self.hearer, *others])
        with contextlib.suppress(BlockingIOError):
            self.hearer.recv(ENOUGH)

    def clear(self) -> None:
        """Nothing: a wait takes the rings, and what is looked at after it cannot be missed."""

    def close(self) -> None:
        """Give its two ends back."""
        self.hearer.close()
        self.ringer.close()

    def ring_on(self, signals: Iterable[signal.Signals]) -> None:
        """Ring on these signals, for the main thread only; a handler set for them later is called as well.

        The interpreter's own wake-up rings it too, since a handler written in Python may come only after the wait.
        """
        signal.set_wakeup_fd(self.ringer.fileno(), warn_on_full_buffer=False)
        for each in signals:
            signal.signal(each, self._hear)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.set()


def hear_no_more() -> None:
    """Be deaf to signals to end: the process is ending, and one while the interpreter closes would count as killed."""
    for each in ENDINGS:
        signal.signal(each, signal.SIG_IGN)
