"""The real server as a process: it answers, it ends when told to, and what was answered before stays true."""

import signal
import socket
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from implementor.__main__ import main
from tests.machinery.applications import TEST_SECRET_KEY
from tests.machinery.servers import STOP_LIMIT, LiveServer

pytestmark = pytest.mark.slow


@pytest.mark.full  # the signals below end a server on SQLite in the same way
def test_it_answers_and_ends_cleanly_when_told_to(make_server: Callable[..., LiveServer]) -> None:
    server = make_server()
    server.start()
    with urllib.request.urlopen(f"{server.url}/health/live") as answer:
        assert answer.status == 200
    assert server.stop() == 0


def shower_with_signals(process: "subprocess.Popen[bytes]", *signals: signal.Signals) -> None:
    """Far more signals than anybody sends, so close to each other that many come while another is being handled."""
    for _ in range(300):
        for each in signals:
            process.send_signal(each)


@pytest.mark.sqlite_only(reason="no database is reached")
@pytest.mark.parametrize(
    "signals", [pytest.param([signal.SIGTERM], marks=pytest.mark.full), [signal.SIGTERM, signal.SIGINT]]
)
def test_a_shower_of_signals_ends_it_as_one_does(
    make_server: Callable[..., LiveServer], signals: list[signal.Signals]
) -> None:
    server = make_server()
    server.start()
    assert server.process is not None
    shower_with_signals(server.process, *signals)
    assert server.process.wait(STOP_LIMIT) == 0
    assert "Killing" not in server.log.read_text()


@pytest.mark.full
@pytest.mark.sqlite_only(reason="no database is reached")
def test_it_ends_at_once_while_its_working_process_still_loads(make_server: Callable[..., LiveServer]) -> None:
    server = make_server()
    server.launch()
    assert server.process is not None
    server.wait_until_listening()
    shower_with_signals(server.process, signal.SIGTERM, signal.SIGINT)
    assert server.process.wait(STOP_LIMIT) == 0
    assert "Killing" not in server.log.read_text()


@pytest.mark.sqlite_only(reason="no database is reached")
def test_the_figures_of_all_working_processes_are_added_up(make_server: Callable[..., LiveServer]) -> None:
    server = make_server(IMPLEMENTOR_PROCESSES="2", IMPLEMENTOR_METRICS_TOKEN="a-token-of-tests")
    server.start()
    for _ in range(39):  # beside the one that waited for the start; each on a line of its own, to either process
        urllib.request.urlopen(f"{server.url}/health/live").close()
    asked = urllib.request.Request(f"{server.url}/metrics", headers={"Authorization": "Bearer a-token-of-tests"})
    with urllib.request.urlopen(asked) as answer:
        assert b'implementor_requests_total{route="observability.live",status="200"} 40.0' in answer.read()
    assert server.stop() == 0


@pytest.mark.sqlite_only(reason="no database is reached")
def test_its_working_process_ends_with_it_even_when_it_is_killed(make_server: Callable[..., LiveServer]) -> None:
    server = make_server()
    server.start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=STOP_LIMIT) as line:
        line.sendall(b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 200")
        server.kill()
        while line.recv(65536):
            pass  # the rest of the answer; then the line closes, or this ends with a timeout


def ended(monkeypatch: pytest.MonkeyPatch, word: str, **settings: str) -> int | str | None:
    """The exit code of a command with these settings, run in this process as the program runs it."""
    monkeypatch.setattr("sys.argv", ["implementor", word])
    for name, value in {**settings, "FLASK_RUN_FROM_CLI": "true"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


def test_settings_that_cannot_be_used_end_it_with_their_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "serve", IMPLEMENTOR_THREADS="none") == 2
    assert "IMPLEMENTOR_THREADS is 'none': use a whole number from 1 to 256." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("sqlite:///{folder}/new.sqlite3", "run `implementor db upgrade` first"),
        ("sqlite:///{folder}/no/such/folder.sqlite3", "cannot be reached"),
        ("postgresql://ana:a-password@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_a_command_says_what_is_the_matter_with_its_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, address: str, reason: str
) -> None:
    given = {
        "IMPLEMENTOR_DATABASE_URL": address.format(folder=tmp_path),
        "IMPLEMENTOR_SECRET_KEY": TEST_SECRET_KEY,
        "IMPLEMENTOR_VAR_DIR": str(tmp_path),
    }
    assert ended(monkeypatch, "seed", **given) == 1
    told = capsys.readouterr().err
    assert reason in told
    assert "Traceback" not in told
    assert "a-password" not in told
