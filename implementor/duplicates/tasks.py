"""Searching all records of a kind for duplicates, and writing keys anew after bulk writes, in the background."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from implementor.duplicates import queries
from implementor.duplicates.match_keys import refresh_keys
from implementor.duplicates.proposing import drop_stale, write_candidates
from implementor.duplicates.sameness import Sameness, samenesses
from implementor.duplicates.scanning import DRAWERS
from implementor.duplicates.searching import Steps, crew
from implementor.duplicates.weighed import weighing_of
from implementor.duplicates.weights import SMALL_BASE
from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import Result, task

AT_ONCE = 5000
KEYS_AT_ONCE = 500
WRITTEN_AT_ONCE = 2000


@task("duplicates.scan")
def scan(job: JobContext, kind: str) -> Result:
    """Find the candidates among all records of a kind in use; what was found before and is no more goes."""
    declared, began = samenesses[kind], job.now()
    with job.reading() as session:
        total, engine = session.scalar(queries.count_in_use(declared)) or 0, session.get_bind().engine
        weighing = weighing_of(session, kind)
    with (
        TemporaryDirectory(prefix="implementor-duplicates-") as folder,
        crew(engine, declared, Path(folder), total, is_small_base=total <= SMALL_BASE, weighing=weighing) as searchers,
    ):
        search = Steps(searchers)
        count = _look(job, declared, search, total)
        _meet(job, search, count)
        found = _compare(job, kind, search, count, began)
    with job.writing() as session:
        drop_stale(session, kind, before=began)
    return {"records": count, "candidates": found}


def _look(job: JobContext, declared: Sameness, search: Steps, total: int) -> int:
    """Take in every record; returns how many."""
    done = 0
    for count in search.look(list(_spans(job, declared))):
        done += count or 0
        job.progress(done, 3 * max(total, done, 1), say("Reading records"))
    return done


def _spans(job: JobContext, declared: Sameness) -> Iterator[tuple[int, int]]:
    """First and last ids of parts of about the same size."""
    last = 0
    while True:
        with job.reading() as session:
            ids = session.scalars(queries.next_ids(declared, after=last, limit=AT_ONCE)).all()
        if not ids:
            return
        yield ids[0], ids[-1]
        last = ids[-1]


def _meet(job: JobContext, search: Steps, count: int) -> None:
    done = 0
    for is_done in search.meet():
        done += is_done
        job.progress(count + count * done // DRAWERS, 3 * count, say("Bringing similar records together"))


def _compare(job: JobContext, kind: str, search: Steps, count: int, began: datetime) -> int:
    """Write down the candidates; returns how many."""
    found = done = 0
    for answered in search.compare():
        candidates = answered or []
        for start in range(0, len(candidates), WRITTEN_AT_ONCE):
            with job.writing() as session:
                found += write_candidates(session, kind, candidates[start : start + WRITTEN_AT_ONCE], at=began)
        done += answered is not None
        job.progress(2 * count + count * done // DRAWERS, 3 * count, say("Comparing similar records"))
    return found


@task("duplicates.rebuild_keys")
def rebuild_keys(job: JobContext, kind: str | None = None) -> Result:
    """Write the keys of every record anew, or of one kind, in short transactions."""
    done = 0
    for name in [kind] if kind else sorted(samenesses):
        last: int | None = 0
        while last is not None:
            with job.writing() as session:
                ids = session.scalars(queries.next_ids(samenesses[name], after=last, limit=KEYS_AT_ONCE)).all()
                refresh_keys(session, name, ids)
            last, done = (ids[-1] if ids else None), done + len(ids)
            job.progress(done, message=say("Reading records"))
    return {"records": done}
