"""Real servers in tests: our own web server as a process of its own, and a mail server that keeps what it gets."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from implementor.settings import PROJECT_ROOT

START_LIMIT = 120  # seconds; a busy machine is slow to import, a broken server ends at once
STOP_LIMIT = 60  # seconds; the same, it ends at once where there is room


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class LiveServer:
    """The real server on a free port, with the test's database."""

    database_url: str
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the server printed."""
        return self.folder / "server.log"

    def is_running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def environment(self) -> dict[str, str]:
        """Everything the process sees: nothing of this machine's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("IMPLEMENTOR_")}
        given = {
            "IMPLEMENTOR_DATABASE_URL": self.database_url,
            "IMPLEMENTOR_SECRET_KEY": "a-key-for-tests-only-a-key-for-tests-only",
            "IMPLEMENTOR_VAR_DIR": str(self.folder),
            "IMPLEMENTOR_ASSETS": "local",
        }
        return {**kept, **given, **self.settings}

    def launch(self) -> None:
        """Start it, without waiting."""
        command = [sys.executable, "-m", "implementor", "serve", "--port", str(self.port)]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command, cwd=PROJECT_ROOT, env=self.environment(), stdout=output, stderr=output
            )

    def start(self) -> None:
        """Start and wait until it answers. Raises RuntimeError with the server's own words when it does not."""
        self.launch()
        if not self._answers():
            self.kill()
            raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")

    def wait_until_listening(self) -> None:
        """Wait until connections are taken, which is before anybody can answer them; it must have been launched."""
        assert self.process is not None
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=START_LIMIT).close()
            except OSError:
                with suppress(subprocess.TimeoutExpired):
                    raise RuntimeError(f"It ended with {self.process.wait(0.02)}:\n{self.log.read_text()}") from None
            else:
                return

    def _answers(self) -> bool:
        """Ask until it answers or ends; a refused connection waits for the process, not for a clock."""
        assert self.process is not None
        for _ in range(START_LIMIT * 10):
            try:
                with urllib.request.urlopen(f"{self.url}/health/live", timeout=START_LIMIT):
                    return True
            except OSError:
                try:
                    self.process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
                return False
        return False

    def stop(self) -> int:
        """End it as an operator does; returns the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_LIMIT)

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(STOP_LIMIT)


@pytest.fixture
def live_server(workshop: Any, database: str, database_kind: str, database_folder: Path) -> LiveServer:
    """The real server on this test's database, answering; the tests of a worker share it, as they share `app`."""
    servers: dict[str, LiveServer] = workshop.servers
    if database_kind not in servers or not servers[database_kind].is_running():
        servers[database_kind] = LiveServer(database, database_folder)
        servers[database_kind].start()
    return servers[database_kind]


@pytest.fixture
def make_server(database: str, tmp_path: Path) -> Iterator[Callable[..., LiveServer]]:
    """A server of its own, to be started, stopped and killed: `make_server(IMPLEMENTOR_LOG="json").start()`."""
    made: list[LiveServer] = []

    def make(**settings: str) -> LiveServer:
        made.append(LiveServer(database, tmp_path, settings))
        return made[-1]

    yield make
    for server in made:
        if server.is_running():
            server.stop()


class Mailbox:
    """Mails that arrived, in order."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.url = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Keep one mail."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 kept"


@pytest.fixture
def smtp() -> Iterator[Mailbox]:
    """A real mail server on the loopback; `.url` is a value for IMPLEMENTOR_SMTP_URL."""
    from aiosmtpd.controller import Controller

    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    mailbox.url = f"smtp://127.0.0.1:{controller.port}"
    yield mailbox
    controller.stop()
