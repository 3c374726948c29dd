"""Moving the records of a release, done by the worker: batch by batch, each of them whole."""

from __future__ import annotations

from typing import Any

from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import task
from implementor.releases.move_models import ReleaseMove
from implementor.releases.row_moving import BATCH, TASK, next_batch, told, under_way


@task(TASK)
def move_rows(job: JobContext, *, release_id: int, limit: int = BATCH) -> dict[str, Any]:
    """Move what is under way of a release, there or back, at most `limit` records in one transaction.

    It goes on where another attempt ended, and does nothing a second time.
    """
    with job.reading() as session:
        ids = [one.id for one in session.scalars(under_way(release_id=release_id))]
    for move_id in ids:
        while move := _batch(job, move_id, limit):
            job.progress(move.moved, max(move.moved, move.total), told(move))
    return {"moves": len(ids)}


def _batch(job: JobContext, move_id: int, limit: int) -> ReleaseMove | None:
    with job.writing() as session:
        name_action(session, say("Moved records of a release"))
        move = next_batch(session, move_id, by=job.by, at=job.now(), limit=limit)
        if move is not None:
            session.flush()
            session.expunge(move)
    return move
