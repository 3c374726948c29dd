"""The worker process: hands that do jobs, a beat that tells they live, and what is to be done every so often."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import OperationalError

from implementor.foundation.bell import ENDINGS, Bell, hear_no_more
from implementor.jobs import services
from implementor.jobs.running import run_next
from implementor.web.database import writing_session

HANDS = 2
LOOK_EVERY = 0.5  # seconds between two looks at an empty queue
BEAT_EVERY = 10.0  # seconds
SWEEP_EVERY = 30.0  # seconds
GRACE = 15.0  # seconds a job has to reach a safe point when the worker is told to end

log = logging.getLogger("implementor.jobs")


@dataclass(frozen=True)
class Chore:
    """Something small that a worker does every so often, such as sending mails; several workers may do it at once."""

    name: str
    every: float
    do: Callable[[Flask], object]


chores: dict[str, Chore] = {}


def chore(name: str, *, every: float) -> Callable[[Callable[[Flask], object]], Callable[[Flask], object]]:
    """Register a chore with the seconds between two turns."""

    def register(do: Callable[[Flask], object]) -> Callable[[Flask], object]:
        chores[name] = Chore(name, every, do)
        return do

    return register


class Worker:
    """Runs until told to stop; jobs that reach no safe point in time are given back to the next worker."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stopping = Event()
        self.busy_with: set[int] = set()
        self.broken = False

    def run(self) -> bool:
        """Work until `stopping` is set; False when something broke or a job had to be left unfinished."""
        chore("jobs.sweep", every=SWEEP_EVERY)(self.sweep)
        chore("jobs.beat", every=BEAT_EVERY)(self.beat)
        hands = [self._thread(self._hand) for _ in range(HANDS)]
        minders = [self._thread(partial(self._mind, one)) for one in chores.values()]
        self.stopping.wait()
        for thread in (*hands, *minders):
            thread.join(GRACE)
        return not self.broken and not any(thread.is_alive() for thread in hands)

    def stop_on(self, bell: Bell) -> None:
        """Stop when the bell rings."""
        bell.wait()
        self.stopping.set()

    def _thread(self, work: Callable[[], None]) -> Thread:
        thread = Thread(target=self._until_stopped, args=(work,), daemon=True)
        thread.start()
        return thread

    def _until_stopped(self, work: Callable[[], None]) -> None:
        """A thread that breaks ends the whole worker: whoever started it sees that and starts another."""
        try:
            work()
        finally:
            self.broken = self.broken or not self.stopping.is_set()
            self.stopping.set()

    def _hand(self) -> None:
        while not self.stopping.is_set():
            if not self._try("job", lambda: run_next(self.app, self.stopping, self.busy_with)):
                self.stopping.wait(LOOK_EVERY)

    def _mind(self, one: Chore) -> None:
        while not self.stopping.is_set():
            self._try(one.name, lambda: one.do(self.app))
            self.stopping.wait(one.every)

    def _try(self, name: str, do: Callable[[], object]) -> object:
        """A database that is away or busy is waited for; the next turn tries again."""
        try:
            with self.app.app_context():
                return do()
        except OperationalError as fault:
            log.warning("%s waits for the database", name, exc_info=fault)
            return None

    def beat(self, app: Flask) -> None:
        """Tell that the jobs in hand are alive."""
        if self.busy_with:
            with writing_session(app) as session:
                services.beat(session, sorted(self.busy_with), at=datetime.now(UTC))
                session.commit()

    def sweep(self, app: Flask) -> None:
        """Let jobs of workers that died wait again."""
        with writing_session(app) as session:
            rescued = services.rescue_jobs(session, at=datetime.now(UTC), mine=frozenset(self.busy_with))
            session.commit()
        if rescued:
            log.warning("%s jobs of silent workers were taken up", rescued)


def work(app: Flask) -> None:
    """Be the worker of this process until it is told to end (SIGTERM, SIGINT)."""
    worker, bell = Worker(app), Bell()
    # a signal's own handler may not set the event: it may interrupt the thread that holds the event's lock
    bell.ring_on(ENDINGS)
    Thread(target=worker.stop_on, args=(bell,), daemon=True).start()
    log.info("worker begins")
    if not worker.run():
        # a thread that hears nothing cannot be ended otherwise; its transaction is taken back, its job is swept up
        os._exit(1)
    hear_no_more()
    log.info("worker ends")
