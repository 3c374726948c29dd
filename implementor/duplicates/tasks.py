"""Searching all records of a kind for duplicates, and writing keys anew after bulk writes, in the background."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from implementor.duplicates import queries
from implementor.duplicates.match_keys import portraits_between, refresh_keys
from implementor.duplicates.proposing import drop_stale, write_candidates
from implementor.duplicates.sameness import Sameness, samenesses
from implementor.duplicates.scanning import DRAWERS, Search
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
        total = session.scalar(queries.count_in_use(declared)) or 0
    with (
        TemporaryDirectory(prefix="implementor-duplicates-") as folder,
        closing(Search(Path(folder), is_small_base=total <= SMALL_BASE)) as search,
    ):
        count = _look(job, declared, search, total)
        for done in search.meet():
            job.progress(count + count * done // DRAWERS, 3 * count, say("Bringing similar records together"))
        found = _compare(job, kind, search, count, began)
    with job.writing() as session:
        drop_stale(session, kind, before=began)
    return {"records": count, "candidates": found}


def _look(job: JobContext, declared: Sameness, search: Search, total: int) -> int:
    """Take in every record; returns how many."""
    done = last = 0
    while True:
        with job.reading() as session:
            ids = session.scalars(queries.next_ids(declared, after=last, limit=AT_ONCE)).all()
            if not ids:
                return done
            search.look(portraits_between(session, declared, ids).items())
        last, done = ids[-1], done + len(ids)
        job.progress(done, 3 * max(total, done), say("Reading records"))


def _compare(job: JobContext, kind: str, search: Search, count: int, began: datetime) -> int:
    """Write down the candidates; returns how many."""
    found = 0
    for done, candidates in enumerate(search.compare(), start=1):
        for start in range(0, len(candidates), WRITTEN_AT_ONCE):
            with job.writing() as session:
                found += write_candidates(session, kind, candidates[start : start + WRITTEN_AT_ONCE], at=began)
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
