"""Taking a file through its kind: all of it without writing, or batch by batch so that a kill loses nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from implementor.exchange import services
from implementor.exchange.kinds import Importer, ImportKind, Options, Outcome, Setup, kind_named
from implementor.exchange.models import DONE, RUNNING, ImportRun
from implementor.exchange.readers.kept import KeptRows
from implementor.exchange.readers.source import Row
from implementor.exchange.sources import open_file
from implementor.foundation.growth import count_what_grew
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.note import note_of

BATCH = 1000


class Work(Protocol):
    """What the engine works with: sessions, the clock, and a way to say how far it is (which may raise to stop it)."""

    by: Actor

    def now(self) -> datetime: ...

    def writing(self, summary: Phrase | None = None) -> AbstractContextManager[Session]: ...

    def reading(self) -> AbstractContextManager[Session]: ...

    def progress(self, done: int, total: int | None = None, message: Phrase | None = None) -> None: ...


@dataclass
class Counts:
    """How many rows became what."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Count a batch."""
        self.read += len(outcomes)
        for outcome in outcomes:
            setattr(self, outcome.verb, getattr(self, outcome.verb) + 1)


@dataclass
class Checked:
    """What a dry run found."""

    counts: Counts = field(default_factory=Counts)
    remarks: list[Phrase] = field(default_factory=list)
    learned: dict[str, Any] = field(default_factory=dict)


Sink = Callable[[Sequence[Outcome]], None]


def setup_of(run: ImportRun, path: Path, *, by: Actor, at: datetime) -> tuple[ImportKind, Setup]:
    """The file of a run, opened with everything its kind needs. Raises UnreadableFile."""
    kind = kind_named(run.kind)
    source, detected = open_file(path, filename=run.file_name, hints=run.hints, kind=kind)
    setup = Setup(
        run.id, run.project_id, run.file_name, source, detected, run.columns_to_fields, Options(**run.options), by, at,
        dict(run.learned),
    )  # fmt: skip
    return kind, setup


def batches(setup: Setup) -> Iterator[list[Row]]:
    """The rows of a file, a thousand at once."""
    rows = setup.source.rows()
    while batch := list(islice(rows, BATCH)):
        yield batch


@contextmanager
def learned(importer: Importer, setup: Setup) -> Iterator[None]:
    """See the whole file first where that is needed and was not done before; its rows stay at hand in the block."""
    if not importer.needs_learning():
        yield
        return
    with closing(KeptRows(setup.source.stream)) as kept:
        setup.source.stream = kept.stream
        importer.learn(setup.source.rows())
        yield


def check(work: Work, kind: ImportKind, setup: Setup, sink: Sink) -> Checked:
    """The dry run: the whole file planned like a run, and nothing written."""
    checked = Checked()
    with work.reading() as session:
        importer = kind.prepare(session, setup)
    with learned(importer, setup):
        for rows in batches(setup):
            drafts = importer.parse(rows)
            with work.reading() as session:
                spare_memory(session)
                outcomes = importer.plan(session, drafts, locking=False)
            checked.counts.add(outcomes)
            sink(outcomes)
            work.progress(checked.counts.read, None, say("Checking row %(row)s", row=checked.counts.read))
    checked.remarks = [*setup.source.warnings, *importer.remarks()]
    checked.learned = setup.learned
    return checked


def carry_out(work: Work, run_id: int, path: Path) -> None:
    """Bring the file in, from where an earlier attempt stopped. What is committed stays whatever happens next."""
    with work.reading() as session:
        run = session.get_one(ImportRun, run_id)
        kind, setup = setup_of(run, path, by=work.by, at=work.now())
        done, total, file_name = run.position, run.total, run.file_name
        importer = kind.prepare(session, setup)
    summary = say("Imported %(file)s", file=file_name)
    position = 0
    with learned(importer, setup), sparing_the_collector():
        _begin(work, run_id, setup, is_fresh=done == 0)
        for rows in batches(setup):
            drafts = importer.parse(rows)
            position += len(rows)
            if position > done:
                fresh = drafts[max(0, done - (position - len(rows))) :]
                _write_batch(work, importer, run_id, fresh, position=position, summary=summary)
            work.progress(position, total)
    _end(work, kind, importer, setup, run_id, summary)


@contextmanager
def sparing_the_collector() -> Iterator[None]:
    """Let what lives already not be looked through again and again while rows come and go: a fifth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _begin(work: Work, run_id: int, setup: Setup, *, is_fresh: bool) -> None:
    with work.writing() as session:
        if is_fresh:
            services.clear_outcome(session, run_id)
        services.set_columns(session, run_id, state=RUNNING, learned=setup.learned)


def _write_batch(
    work: Work, importer: Importer, run_id: int, drafts: Sequence[Any], *, position: int, summary: Phrase
) -> None:
    with work.writing(summary) as session:
        spare_memory(session)
        note_of(session).source = "import"
        outcomes = importer.plan(session, drafts, locking=True)
        facts = importer.write(session, outcomes)
        services.keep_batch(session, run_id, outcomes, facts, position=position)
        count_what_grew(session)


def _end(work: Work, kind: ImportKind, importer: Importer, setup: Setup, run_id: int, summary: Phrase) -> None:
    more = True
    while more:
        with work.writing(summary) as session:
            spare_memory(session)
            note_of(session).source = "import"
            more = importer.finish(session)
    remarks = [*setup.source.warnings, *importer.remarks()]
    with work.writing() as session:
        services.end_run(session, run_id, DONE, at=work.now(), remarks=remarks)
        kind.after(session, session.get_one(ImportRun, run_id), work.by, work.now())


def spare_memory(session: Session) -> None:
    """Let SQLite read the database instead of mapping it: an import walks over all of it and would hold it all."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA mmap_size=0")
