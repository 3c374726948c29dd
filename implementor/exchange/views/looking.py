"""Checking a file from a page: at once where it is small, else by a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.exchange import running, services
from implementor.exchange.kinds import ImportKind, Outcome, Setup
from implementor.exchange.models import PREVIEWED, ImportRun
from implementor.exchange.running import Checked
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session

SMALL = {"csv": 400_000, "text": 400_000, "json": 400_000, "trello": 1_000_000}
SMALL_PACKED = 60_000
"""Bytes up to which a file is checked while the person waits; sheets are packed."""


class LookingWork:
    """The engine's `Work` for a dry run inside a request: it reads, and nothing more."""

    def __init__(self, by: Actor) -> None:
        self.by = by

    def now(self) -> datetime:
        """The moment of the request."""
        return now()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The request's own session."""
        yield session()

    def writing(self, summary: Phrase | None = None) -> AbstractContextManager[Session]:
        """Nothing is written while looking."""
        raise RuntimeError(f"a check writes nothing: {summary}")

    def progress(self, done: int, total: int | None = None, message: Phrase | None = None) -> None:
        """Nobody watches."""


def is_small(run: ImportRun, setup: Setup) -> bool:
    """Whether the person can wait for the check."""
    return run.file_size <= SMALL.get(setup.source.kind, SMALL_PACKED)


def looked_at(kind: ImportKind, setup: Setup) -> tuple[Checked, list[Outcome]]:
    """The dry run of a small file, with the rows that there is something to tell of."""
    told: list[Outcome] = []

    def keep(outcomes: Sequence[Outcome]) -> None:
        told.extend(outcome for outcome in outcomes if outcome.is_told)

    return running.check(LookingWork(actor()), kind, setup, keep), told


def keep_look(run: ImportRun, checked: Checked, told: Sequence[Outcome]) -> None:
    """Keep what the dry run found; call in the writing part of the request."""
    services.clear_outcome(session(), run.id)
    services.keep_told(session(), run.id, told)
    session().flush()
    services.keep_counts(
        session(), run.id, vars(checked.counts), state=PREVIEWED, learned=checked.learned, message=None,
        total=checked.counts.read, remarks=[remark.as_json() for remark in checked.remarks],
    )  # fmt: skip
