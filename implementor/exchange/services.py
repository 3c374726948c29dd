"""What can happen to an import: begun, mapped, checked, run, called off, finished. Services never commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from implementor.exchange import queries
from implementor.exchange.kinds import ImportKind, Options, Outcome
from implementor.exchange.mapping import recalled, remembering, signature
from implementor.exchange.models import (
    CANCELLED,
    DONE,
    FAILED,
    MAPPED,
    PREVIEWED,
    PREVIEWING,
    RUNNING,
    UNDOING,
    UPLOADED,
    EmptiedRow,
    ImportedRow,
    ImportRun,
    RefusedRow,
    RememberedMapping,
)
from implementor.exchange.readers.source import Column
from implementor.exchange.sources import shut_from
from implementor.exchange.storage import StoredUpload
from implementor.foundation.bulk import write_many
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.encoding import encoded
from implementor.jobs.services import cancel_job, enqueue

COUNTS = ("created", "updated", "unchanged", "refused")
LONGEST_KEPT_CELL = 32_767  # what a sheet can hold


class NotNow(Refusal):
    """The import is not at the point at which this can be done."""


def begin_run(
    session: Session, *, kind: ImportKind, project_id: int | None, upload: StoredUpload, by: Actor, at: datetime,
    defaults: Mapping[str, str] | None = None,
) -> ImportRun:  # fmt: skip
    """Take up a file; `defaults` are taken where its rows say nothing."""
    run = ImportRun(
        kind=kind.name, project_id=project_id, file_name=upload.name, file_size=upload.size, sha256=upload.sha256,
        storage_key=upload.key, state=UPLOADED, created_at=at, updated_at=at, created_by_id=by.user_id,
        updated_by_id=by.user_id, options=Options(time_zone=by.time_zone, defaults=defaults or {}).as_json(),
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def correct_reading(run: ImportRun, hints: Mapping[str, Any]) -> None:
    """Read the file in another way; what was mapped before belonged to the other reading."""
    _refuse_begun(run)
    run.hints = dict(hints)
    run.mapping, run.learned, run.columns, run.state = {}, {}, [], UPLOADED


def keep_shape(run: ImportRun, *, detected: str, columns: Sequence[Column], heads: list[dict[str, str]]) -> None:
    """Keep what the file turned out to be."""
    run.detected, run.columns, run.header_signature = detected, heads, signature(columns)


def recall_mapping(session: Session, run: ImportRun, columns: Sequence[Column]) -> dict[int, str] | None:
    """The mapping that columns of these headers had last in this project."""
    kept = session.scalars(
        queries.remembered(kind=run.kind, project_id=run.project_id, signature=signature(columns))
    ).one_or_none()
    return recalled(columns, kept.mapping) if kept is not None else None


def set_mapping(
    session: Session, run: ImportRun, kind: ImportKind, columns: Sequence[Column], mapping: Mapping[int, str],
    options: Options, *, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Say which column fills which field; remembered for the next file of these headers. Raises InvalidInput."""
    _refuse_begun(run)
    refuse_mapping(kind, columns, mapping, by)
    run.mapping = {str(column): field for column, field in mapping.items()}
    run.options, run.learned, run.state = options.as_json(), {}, MAPPED
    run.header_signature = signature(columns)
    kept = session.scalars(
        queries.remembered(kind=run.kind, project_id=run.project_id, signature=run.header_signature)
    ).one_or_none()
    if kept is None:
        kept = RememberedMapping(kind=run.kind, project_id=run.project_id or 0, signature=run.header_signature)
        session.add(kept)
    shut = {name: field for name, field in (kept.mapping or {}).items() if not kind.is_open(field, by)}
    kept.mapping, kept.user_id, kept.at = shut | remembering(columns, mapping), by.user_id, at


def refuse_mapping(kind: ImportKind, columns: Sequence[Column], mapping: Mapping[int, str], by: Actor) -> None:
    """Raise InvalidInput, by `column_N` or `mapping`, where a mapping makes no sense or is not for this person."""
    errors: dict[str, Phrase] = {}
    taken: set[str] = set()
    for column, field in sorted(mapping.items()):
        target = kind.target(field)
        if target is None or not 0 <= column < len(columns):
            errors[f"column_{column}"] = say("Choose a field from the list.")
        elif not kind.is_open(field, by):
            errors[f"column_{column}"] = shut_from(target.label)
        elif field in taken and not target.repeatable:
            errors[f"column_{column}"] = say("%(field)s is filled by another column already.", field=target.label)
        taken.add(field)
    if kind.needs and taken.isdisjoint(kind.needs):
        first = kind.target(kind.needs[0])
        label = first.label if first is not None else kind.needs[0]
        errors.setdefault("mapping", say("No column fills %(field)s. Choose the one that does.", field=label))
    if errors:
        raise InvalidInput(errors)


# --- asking for work --------------------------------------------------------------------------------------------------


def ask_preview(session: Session, run: ImportRun, *, by: Actor, at: datetime) -> None:
    """Let a job look at the whole file without writing anything."""
    _refuse_begun(run)
    _ask(session, run, "exchange.preview_import", PREVIEWING, say("Checking %(file)s", file=run.file_name), by, at)


def ask_run(session: Session, run: ImportRun, *, by: Actor, at: datetime) -> None:
    """Let a job bring the file in; also goes on where an interrupted one stopped."""
    if run.state not in (PREVIEWED, FAILED, CANCELLED, RUNNING):
        raise NotNow(say("Check the file first; then it can be imported."))
    run.started_at, run.message = run.started_at or at, None
    _ask(session, run, "exchange.run_import", RUNNING, say("Importing %(file)s", file=run.file_name), by, at)


def ask_undo(session: Session, run: ImportRun, *, by: Actor, at: datetime) -> None:
    """Let a job take the import back."""
    refuse_undo(run)
    _ask(session, run, "exchange.undo_import", UNDOING, say("Taking back %(file)s", file=run.file_name), by, at)


def refuse_undo(run: ImportRun) -> None:
    """Raise where there is nothing to take back."""
    if run.state not in (DONE, FAILED, CANCELLED):
        raise NotNow(say("Only an import that has ended can be taken back."))


def _ask(session: Session, run: ImportRun, task: str, state: str, title: Phrase, by: Actor, at: datetime) -> None:
    if session.scalar(queries.busy_run(project_id=run.project_id, but=run.id)) is not None:
        raise NotNow(say("Another import of this project is under way. Wait until it has ended, or cancel it."))
    if run.job_id is not None:
        job = session.scalars(queries.job_of_run(job_id=run.job_id)).one_or_none()
        if job is not None and not job.is_over:
            raise NotNow(say("A job is working on this import already."))
    run.state = state
    run.job_id = enqueue(
        session, task, arguments={"run_id": run.id}, title=title, by=by, at=at, project_id=run.project_id
    ).id


def cancel_run(session: Session, run: ImportRun, *, by: Actor, at: datetime) -> None:
    """Call off the job of this import; batches that are in stay until they are taken back."""
    job = session.scalars(queries.job_of_run(job_id=run.job_id)).one_or_none() if run.job_id else None
    if job is None:
        raise NotNow(say("Nothing is under way that could be cancelled."))
    cancel_job(job, by=by, at=at)
    if job.is_over:
        run.state = MAPPED if run.state == PREVIEWING else CANCELLED


def _refuse_begun(run: ImportRun) -> None:
    if run.started_at is not None:
        raise NotNow(say("This import has begun. Upload the file again to take it in another way."))


# --- keeping what happened --------------------------------------------------------------------------------------------


def keep_told(session: Session, run_id: int, outcomes: Sequence[Outcome]) -> None:
    """Keep refused rows with their reasons and cells, and which cells of others were left out."""
    refused = [
        {
            "run_id": run_id,
            "row": outcome.row.number,
            "reasons": [reason.as_json() for reason in outcome.reasons],
            "cells": [kept_cell(cell) for cell in outcome.row.cells],
        }
        for outcome in outcomes
        if outcome.verb == "refused"
    ]
    emptied = [
        {"run_id": run_id, "row": one.row.number, "reasons": [reason.as_json() for reason in one.emptied]}
        for one in outcomes
        if one.verb != "refused" and one.emptied
    ]
    for model, rows in ((RefusedRow, refused), (EmptiedRow, emptied)):
        if rows:
            session.execute(insert(model), rows)


def kept_cell(cell: Any) -> Any:
    """A cell in JSON, cut to what a sheet can hold."""
    return cell[:LONGEST_KEPT_CELL] if isinstance(cell, str) else encoded(cell)


def keep_batch(
    session: Session, run_id: int, outcomes: Sequence[Outcome], facts: Sequence[Mapping[str, Any]], *, position: int
) -> None:
    """Keep what a batch did, in the batch's own transaction."""
    keep_told(session, run_id, outcomes)
    keep_facts(session, run_id, facts)
    counted = {f"{verb}_count": sum(one.verb == verb for one in outcomes) for verb in COUNTS}
    columns = ImportRun.__table__.c
    values: dict[str, Any] = {name: columns[name] + count for name, count in counted.items()}
    values |= {"position": position, "read_count": columns.read_count + len(outcomes)}
    set_columns(session, run_id, **values)


def keep_facts(session: Session, run_id: int, facts: Sequence[Mapping[str, Any]]) -> None:
    """Keep what was done to which record."""
    rows = [{"before": None, "source_values": None, **one, "run_id": run_id} for one in facts]
    write_many(session, insert(ImportedRow), rows)


def clear_outcome(session: Session, run_id: int) -> None:
    """Forget an earlier check."""
    for model in (RefusedRow, EmptiedRow):
        session.execute(delete(model).where(model.run_id == run_id))
    zero = {f"{verb}_count": 0 for verb in COUNTS}
    set_columns(session, run_id, read_count=0, position=0, remarks=[], **zero)


def keep_counts(session: Session, run_id: int, counts: Mapping[str, int], **columns: Any) -> None:
    """Keep the counts of a check."""
    set_columns(session, run_id, **{f"{name}_count": count for name, count in counts.items()}, **columns)


def end_run(
    session: Session, run_id: int, state: str, *, at: datetime, remarks: Sequence[Phrase] = (),
    message: Phrase | None = None,
) -> None:  # fmt: skip
    """Say how it ended."""
    columns: dict[str, Any] = {"state": state, "finished_at": at, "message": message and message.as_json()}
    if remarks:
        columns["remarks"] = [remark.as_json() for remark in remarks]
    set_columns(session, run_id, **columns)


def set_columns(session: Session, run_id: int, **columns: Any) -> None:
    """Set columns of a run by one statement, so that a job and a page do not stand in each other's way."""
    session.execute(
        update(ImportRun).where(ImportRun.id == run_id).values(**columns),
        execution_options={"synchronize_session": False},
    )
