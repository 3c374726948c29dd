"""What a worker does for imports: checks a file, brings it in, takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from implementor.exchange import running, services, undoing
from implementor.exchange.kinds import Outcome
from implementor.exchange.models import CANCELLED, DONE, FAILED, MAPPED, PREVIEWED, ImportRun
from implementor.exchange.storage import UploadStore
from implementor.exchange.uploads import upload_store
from implementor.foundation.errors import Refusal
from implementor.foundation.words import say
from implementor.jobs.context import JobCancelled, JobContext
from implementor.jobs.tasks import Result, task


@task("exchange.preview_import")
def preview_import(job: JobContext, *, run_id: int) -> Result:
    """Look at the whole file and keep what would become of it."""
    path = _path(job, run_id)
    with _telling(job, run_id, cancelled=MAPPED, failed=MAPPED):
        with job.writing() as session:
            services.clear_outcome(session, run_id)
            kind, setup = running.setup_of(session.get_one(ImportRun, run_id), path, by=job.by, at=job.now())

        def keep(outcomes: Sequence[Outcome]) -> None:
            if any(outcome.is_told for outcome in outcomes):
                with job.writing() as session:
                    services.keep_told(session, run_id, outcomes)

        checked = running.check(job, kind, setup, keep)
        with job.writing() as session:
            services.keep_counts(
                session,
                run_id,
                vars(checked.counts),
                state=PREVIEWED,
                learned=checked.learned,
                message=None,
                total=checked.counts.read,
                remarks=[remark.as_json() for remark in checked.remarks],
            )
    return vars(checked.counts)


@task("exchange.run_import")
def run_import(job: JobContext, *, run_id: int) -> Result:
    """Bring the file in; a second attempt goes on where the first one was killed."""
    path = _path(job, run_id)
    with _telling(job, run_id, cancelled=CANCELLED, failed=FAILED):
        running.carry_out(job, run_id, path)
    return None


@task("exchange.undo_import")
def undo_import(job: JobContext, *, run_id: int) -> Result:
    """Take the import back."""
    with _telling(job, run_id, cancelled=DONE, failed=DONE):
        undone = undoing.take_back(job, run_id)
    return {"restored": undone.restored, "kept": len(undone.kept)}


def _path(job: JobContext, run_id: int) -> Path:
    with job.reading() as session:
        key = session.get_one(ImportRun, run_id).storage_key
    store: UploadStore = upload_store(job.app)
    return store.path(key) if key else Path("/nowhere")


@contextmanager
def _telling(job: JobContext, run_id: int, *, cancelled: str, failed: str) -> Iterator[None]:
    """Keep with the run how its job ended; the job itself keeps it too."""
    try:
        yield
    except JobCancelled:
        with job.writing() as session:
            services.end_run(session, run_id, cancelled, at=job.now())
        raise
    except FileNotFoundError as gone:
        reason = say("The file is no longer stored. Upload it again.")
        with job.writing() as session:
            services.end_run(session, run_id, failed, at=job.now(), message=reason)
        raise Refusal(reason) from gone
    except Refusal as refusal:
        with job.writing() as session:
            services.end_run(session, run_id, failed, at=job.now(), message=refusal.reason)
        raise
