"""The worker process: it begins, does what waits, and ends when told."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from typing import Any

from flask import Flask

from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import say
from implementor.jobs import services
from implementor.jobs.context import JobContext
from implementor.jobs.models import Job
from implementor.jobs.tasks import task
from implementor.jobs.worker import Worker
from implementor.notifications.services import send_mail
from implementor.settings import PROJECT_ROOT
from tests.history.builders import NOON, reading, working

DONE = Event()
LIMIT = 30  # seconds


@task("tests.ring")
def ring(_job: JobContext) -> None:
    DONE.set()


def test_a_worker_does_what_waits_and_ends_cleanly(app: Flask) -> None:
    DONE.clear()
    with working(app) as (session, _note):
        job_id = services.enqueue(session, "tests.ring", arguments={}, title=say("Ring"), by=SYSTEM, at=NOON).id
    worker, ended = Worker(app), []
    thread = Thread(target=lambda: ended.append(worker.run()))
    thread.start()
    assert DONE.wait(LIMIT)
    worker.stopping.set()
    thread.join(LIMIT)
    assert ended == [True]
    with reading(app) as session:
        assert session.get_one(Job, job_id).state == "done"


def test_the_process_sends_mails_and_obeys_sigterm(app: Flask, database: str, smtp: Any, tmp_path: Path) -> None:
    with working(app) as (session, _note):
        send_mail(session, "ana@example.com", say("Hello"), [say("A line.")], language="en", at=NOON)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IMPLEMENTOR_")}
    given = {
        "IMPLEMENTOR_DATABASE_URL": database,
        "IMPLEMENTOR_SECRET_KEY": "a-key-for-tests-only-a-key-for-tests-only",
        "IMPLEMENTOR_VAR_DIR": str(tmp_path),
        "IMPLEMENTOR_SMTP_URL": smtp.url,
    }
    arrived = Event()
    smtp.messages = _Ringing(arrived)
    with (tmp_path / "worker.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "implementor", "worker"],
            cwd=PROJECT_ROOT,
            env={**kept, **given},
            stdout=output,
            stderr=output,
        )
    try:
        assert arrived.wait(LIMIT), (tmp_path / "worker.log").read_text()
        for _ in range(300):  # far more than anybody sends: one of them interrupts another, and ends it no less
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT) == 0, (tmp_path / "worker.log").read_text()
    finally:
        process.kill()
        process.wait(LIMIT)


class _Ringing(list[Any]):
    """A list of mails that tells when the first one comes."""

    def __init__(self, arrived: Event) -> None:
        super().__init__()
        self.arrived = arrived

    def append(self, mail: Any) -> None:
        super().append(mail)
        self.arrived.set()
