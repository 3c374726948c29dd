"""Writing documents anew in the background: after bulk writes that tell nobody, or when what is found changed."""

from __future__ import annotations

from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import Result, task
from implementor.search.services import rebuild_batch
from implementor.search.sources import searched_kinds


@task("search.rebuild")
def rebuild(job: JobContext, kind: str | None = None, project_id: int | None = None) -> Result:
    """Every document, or those of one kind, or those of one kind in one project; in short transactions."""
    done = 0
    for one in [kind] if kind else searched_kinds():
        last: int | None = 0
        while last is not None:
            with job.writing() as session:
                last = rebuild_batch(session, one, at=job.now(), after_id=last, project_id=project_id)
            done += 1
            job.progress(done, message=say("Reading %(kind)s", kind=one))
    return {"batches": done}
