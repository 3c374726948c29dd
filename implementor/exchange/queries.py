"""Finding runs, what they did and what they refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from implementor.auth.models import User
from implementor.exchange.models import BUSY, UNDONE, EmptiedRow, ImportedRow, ImportRun, RefusedRow, RememberedMapping
from implementor.exchange.permissions import SEE_ALL
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.jobs.models import RUNNING as JOB_RUNNING
from implementor.jobs.models import WAITING as JOB_WAITING
from implementor.jobs.models import Job


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Runs that an actor may know of, once they may import: all of a project, of customer records their own.

    A file and its refused rows hold records that may be beyond the reach of others who import.
    """
    if actor.may(SEE_ALL):
        return true()
    return or_(ImportRun.project_id.is_not(None), ImportRun.created_by_id == actor.user_id)


def run_in_project(actor: Actor, *, project_id: int | None, run_id: int) -> Select[ImportRun]:
    """A run of this project, or of none, that the actor may know of."""
    here = ImportRun.project_id.is_not_distinct_from(project_id)
    return select(ImportRun).where(ImportRun.id == run_id, here, seen_by(actor))


def runs_of_project(actor: Actor, *, project_id: int | None, limit: int) -> Rows:
    """The latest runs that the actor may know of, with the name of who began them."""
    return (
        select(ImportRun, User.name.label("who"))
        .outerjoin(User, User.id == ImportRun.created_by_id)
        .where(ImportRun.project_id.is_not_distinct_from(project_id), seen_by(actor))
        .order_by(ImportRun.id.desc())
        .limit(limit)
    )


def latest_runs(actor: Actor, *, limit: int) -> Select[ImportRun]:
    """The latest runs of all projects and of none that the actor may know of, once they may import there."""
    return select(ImportRun).where(seen_by(actor)).order_by(ImportRun.id.desc()).limit(limit)


def job_of_run(*, job_id: int) -> Select[Job]:
    """The job that works on a run."""
    return select(Job).where(Job.id == job_id)


def busy_run(*, project_id: int | None, but: int) -> Select[int]:
    """Another run of the project on which a job is working or is going to."""
    return (
        select(ImportRun.id)
        .join(Job, Job.id == ImportRun.job_id)
        .where(
            ImportRun.project_id.is_not_distinct_from(project_id),
            ImportRun.id != but,
            ImportRun.state.in_(BUSY[1:]),
            Job.state.in_((JOB_WAITING, JOB_RUNNING)),
        )
        .limit(1)
    )


def refused_of_run(*, run_id: int, limit: int | None = None, after: int = 0) -> Select[RefusedRow]:
    """The refused rows of a run in the order of the file."""
    statement = select(RefusedRow).where(RefusedRow.run_id == run_id, RefusedRow.id > after).order_by(RefusedRow.id)
    return statement if limit is None else statement.limit(limit)


def emptied_of_run(*, run_id: int, limit: int | None = None) -> Select[EmptiedRow]:
    """The rows of a run that were taken without some of their cells, in the order of the file."""
    return select(EmptiedRow).where(EmptiedRow.run_id == run_id).order_by(EmptiedRow.id).limit(limit)


def remembered(*, kind: str, project_id: int | None, signature: str) -> Select[RememberedMapping]:
    """How columns of these headers were mapped last."""
    return select(RememberedMapping).where(
        RememberedMapping.kind == kind,
        RememberedMapping.project_id == (project_id or 0),
        RememberedMapping.signature == signature,
    )


def last_source_values(*, kind: str, record_ids: Iterable[int]) -> Rows:
    """What the other system said last about each record, as rows (record_id, source_values, run_id)."""
    last = (
        select(func.max(ImportedRow.id))
        .join(ImportRun, ImportRun.id == ImportedRow.run_id)
        .where(
            ImportedRow.kind == kind,
            ImportedRow.record_id.in_(list(record_ids)),
            ImportedRow.source_values.is_not(None),
            ImportRun.state != UNDONE,
        )
        .group_by(ImportedRow.record_id)
    )
    return select(ImportedRow.record_id, ImportedRow.source_values, ImportedRow.run_id).where(ImportedRow.id.in_(last))


def facts_of_run(*, run_id: int, before_id: int | None, limit: int) -> Select[ImportedRow]:
    """What a run did, the last first."""
    statement = select(ImportedRow).where(ImportedRow.run_id == run_id).order_by(ImportedRow.id.desc()).limit(limit)
    return statement if before_id is None else statement.where(ImportedRow.id < before_id)


def count_of_facts(*, run_id: int) -> Select[int]:
    """How many records a run touched."""
    return select(func.count()).select_from(ImportedRow).where(ImportedRow.run_id == run_id)


def imports_of_record(*, kind: str, record_id: int) -> Rows:
    """The runs that made or changed a record, as rows, latest first."""
    return (
        select(
            ImportedRow.id,
            ImportedRow.verb,
            ImportRun.file_name,
            ImportRun.started_at.label("at"),
            User.name.label("who"),
        )
        .join(ImportRun, ImportRun.id == ImportedRow.run_id)
        .outerjoin(User, User.id == ImportRun.created_by_id)
        .where(ImportedRow.kind == kind, ImportedRow.record_id == record_id, ImportRun.started_at.is_not(None))
        .order_by(ImportedRow.id.desc())
    )


def keys_in_use(keys: Collection[str]) -> Select[str]:
    """Those of these storage keys that a run needs."""
    return select(ImportRun.storage_key).where(ImportRun.storage_key.in_(keys))  # type: ignore[return-value]  # never null here
