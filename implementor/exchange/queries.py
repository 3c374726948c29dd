"""Finding runs, what they did and what they refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Select, func, select

from implementor.auth.models import User
from implementor.exchange.models import BUSY, UNDONE, ImportedRow, ImportRun, RefusedRow, RememberedMapping
from implementor.foundation.model import Rows
from implementor.jobs.models import RUNNING as JOB_RUNNING
from implementor.jobs.models import WAITING as JOB_WAITING
from implementor.jobs.models import Job


def run_in_project(*, project_id: int | None, run_id: int) -> Select[ImportRun]:
    """A run of this project, or of none."""
    return select(ImportRun).where(ImportRun.id == run_id, ImportRun.project_id.is_not_distinct_from(project_id))


def runs_of_project(*, project_id: int | None, limit: int) -> Rows:
    """The latest runs with the name of who began them."""
    return (
        select(ImportRun, User.name.label("who"))
        .outerjoin(User, User.id == ImportRun.created_by_id)
        .where(ImportRun.project_id.is_not_distinct_from(project_id))
        .order_by(ImportRun.id.desc())
        .limit(limit)
    )


def runs_in_projects(ids: Collection[int] | None, *, limit: int) -> Select[ImportRun]:
    """The latest runs of these projects, of all where None."""
    statement = select(ImportRun).order_by(ImportRun.id.desc()).limit(limit)
    return statement if ids is None else statement.where(ImportRun.project_id.in_(ids))


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
