"""What a task is given: who asked, sessions to work in, and the way to say how far it is and to hear it should end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase
from implementor.history.services import noting
from implementor.jobs.models import Job
from implementor.jobs.services import report_progress
from implementor.web.database import db, writing_session

EVERY = 0.5  # seconds between two reports


class JobCancelled(Exception):
    """Somebody called the job off; raised at a safe point."""


class JobStopped(Exception):
    """The worker ends; the job waits for the next one."""


class JobContext:
    """One attempt at one job."""

    def __init__(self, app: Flask, job: Job, by: Actor, stopping: Event | None = None) -> None:
        self.app = app
        self.job = job
        self.by = by
        self.stopping = stopping or Event()
        self._reported_at = 0.0
        self._is_writing = False
        self._cancel_asked = False

    def now(self) -> datetime:
        """The present moment; a job is its own edge of the program, so it may ask."""
        return datetime.now(UTC)

    @contextmanager
    def writing(self, summary: Phrase | None = None) -> Iterator[Session]:
        """A transaction whose changes are recorded as one action of the person who asked; commits at its end.

        Keep it short: on SQLite nobody else writes meanwhile.
        """
        self._is_writing = True
        try:
            with writing_session(self.app) as session:
                with noting(
                    session,
                    by=self.by,
                    at=self.now(),
                    source="job",
                    project_id=self.job.project_id,
                    summary=summary,
                    request_id=f"job-{self.job.id}",
                ):
                    yield session
                session.commit()
        finally:
            self._is_writing = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read from; what is changed in it is not kept."""
        with self.app.app_context(), Session(db.engine) as session:
            yield session

    def progress(
        self, done: int, total: int | None = None, message: Phrase | None = None, *, at_once: bool = False
    ) -> None:
        """Say how far the job is (`total` None: unknown), written at most twice a second, or at once where a job has
        few and long steps.

        Inside `writing()` nothing is written, because the lock is taken. Raises JobCancelled and JobStopped outside
        it: call it where everything done so far may stay.
        """
        if self._is_writing:
            return
        clock = time.monotonic()
        if at_once or clock - self._reported_at >= EVERY or done == total:
            self._reported_at = clock
            with writing_session(self.app) as session:
                self._cancel_asked = report_progress(
                    session, self.job, done=done, total=total, message=message, at=self.now()
                )
                session.commit()
        self.stop_if_asked()

    def cancelled(self) -> bool:
        """Whether somebody was heard to call the job off, for tasks that clean up themselves."""
        return self._cancel_asked

    def stop_if_asked(self) -> None:
        """Raise what should end this attempt, if anything should."""
        if self._cancel_asked:
            raise JobCancelled
        if self.stopping.is_set():
            raise JobStopped
