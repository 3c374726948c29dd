"""The real server as a process: it answers, it ends when told to, and what was answered before stays true."""

import subprocess
import sys
import urllib.request
from collections.abc import Callable

import pytest

from implementor.settings import PROJECT_ROOT
from tests.machinery.servers import LiveServer

pytestmark = pytest.mark.slow


def test_it_answers_and_ends_cleanly_when_told_to(make_server: Callable[..., LiveServer]) -> None:
    server = make_server()
    server.start()
    with urllib.request.urlopen(f"{server.url}/health/live") as answer:
        assert answer.status == 200
    assert server.stop() == 0


@pytest.mark.sqlite_only(reason="no database is reached")
def test_settings_that_cannot_be_used_end_it_with_their_reason(
    make_server: Callable[..., LiveServer],
) -> None:
    environment = make_server(IMPLEMENTOR_THREADS="none").environment()
    command = [sys.executable, "-m", "implementor", "serve"]
    ended = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "IMPLEMENTOR_THREADS is 'none': use a whole number from 1 to 256." in ended.stderr
