"""The bell that signals and threads ring."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from threading import Thread

import pytest

from implementor.foundation.bell import Bell
from implementor.settings import PROJECT_ROOT

# a process that waits, is woken, and says so; more signals than one come while it waits, wakes and waits again
WAITS = """
import signal
from implementor.foundation.bell import Bell
bell = Bell()
bell.ring_on([signal.SIGTERM, signal.SIGINT])
print("waiting", flush=True)
while True:
    bell.wait()
    print("woken", flush=True)
"""


@pytest.fixture
def bell() -> Iterator[Bell]:
    with closing(Bell()) as made:
        yield made


def test_a_bell_rung_before_anybody_waits_is_heard(bell: Bell) -> None:
    bell.set()
    bell.wait()


def test_ringing_never_waits_however_often_it_is_done(bell: Bell) -> None:
    for _ in range(100_000):
        bell.set()
    bell.wait()


def test_another_thread_rings_it(bell: Bell) -> None:
    ringer = Thread(target=bell.set)
    ringer.start()
    bell.wait()
    ringer.join()


def test_something_else_that_is_ready_ends_the_wait(bell: Bell) -> None:
    reader, writer = os.pipe()
    os.close(writer)
    bell.wait(reader)
    os.close(reader)


def test_each_of_many_signals_in_quick_succession_wakes() -> None:
    command = [sys.executable, "-c", WAITS]
    with subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        for _ in range(50):
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGINT)
            assert process.stdout.readline() == b"woken\n"
        process.kill()
