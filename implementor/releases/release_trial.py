"""Carrying out the operations of a plan one by one; for a dry run inside a savepoint that is taken back at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration.rereading import Tables
from implementor.configuration.snapshots import load
from implementor.foundation.errors import Refusal
from implementor.foundation.live import living
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import noting
from implementor.releases.findings import findings_of
from implementor.releases.item_kinds import Finding, Image, ItemKind, Operation, RowChange, RowMove
from implementor.releases.release_models import DryRun, ReleaseWaiver
from implementor.releases.release_plan import Plan, Step, Tried, said_to
from implementor.releases.row_moving import MOST_AT_ONCE, still_under_way
from implementor.waves.models import Wave


class NotClean(Refusal):
    """The release stays undone; the sentence names the item."""


class StillMoving(Refusal):
    """What an earlier release does to the same records is not through."""


@dataclass(frozen=True)
class Done:
    """A step that was carried out: the records that moved or move later, and what the setting is now."""

    step: Step
    rows: Sequence[RowChange]
    after: Image | None
    later: Sequence[RowMove] = ()


def try_out(session: Session, wave: Wave, plan: Plan, *, by: Actor, at: datetime) -> DryRun:
    """Try the release on the live data and keep what was found; nothing else stays."""
    tried = rehearsed(session, plan, project_id=wave.project_id, by=by, at=at)
    run = DryRun(
        project_id=wave.project_id, wave_id=wave.id, at=at, by_id=by.user_id, digest=plan.digest,
        configuration_number=plan.configuration_number, findings=[one.as_json() for one in tried],
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def rehearsed(session: Session, plan: Plan, *, project_id: int, by: Actor, at: datetime) -> list[Tried]:
    """How each step goes, one after the other; afterwards the database is as it was before."""
    session.flush()
    savepoint = session.begin_nested()
    try:
        with noting(session, by=by, at=at, project_id=project_id):
            tables = Tables(session)
            return [_tried(session, step, tables, by, at) for step in plan.todo]
    finally:
        savepoint.rollback()
        # what bulk statements of the rehearsal told these objects is not so
        session.expire_all()


def _tried(session: Session, step: Step, tables: Tables, by: Actor, at: datetime) -> Tried:
    kind, operation, item_id = step.kind, step.operation, step.item.id
    if kind is None or step.faults or step.is_idle:
        return Tried(item_id)
    with living(load(session, tables)):
        findings = findings_of(session, kind, operation, project_id=step.item.project_id)
        try:
            with session.begin_nested():
                rows, later = _applied(session, kind, operation, MOST_AT_ONCE, by, at)
        except Refusal as refusal:
            is_answered = all(said_to(one, operation.answers, {}).is_settled for one in findings)
            # an open question says it already, and with a way out
            return Tried(item_id, findings, refusal=refusal.reason if is_answered else None)
    return Tried(item_id, findings, len(rows) + sum(one.count for one in later))


def _applied(
    session: Session, kind: ItemKind, operation: Operation, most: int, by: Actor, at: datetime
) -> tuple[Sequence[RowChange], Sequence[RowMove]]:
    """Apply one operation; the records that moved with it, and those that move later because they are very many."""
    if still_under_way(session, operation):
        raise StillMoving(say("Records of an earlier release are still moving to or from it. Wait a while."))
    later = kind.moves(session, operation)
    is_much = sum(one.count for one in later) > most
    rows = kind.apply(session, replace(operation, moves_later=is_much), by=by, at=at)
    session.flush()
    return rows, later if is_much else ()


def carried_out(
    session: Session, step: Step, waivers: Mapping[str, ReleaseWaiver], *, by: Actor, at: datetime,
    most: int = MOST_AT_ONCE, tables: Tables | None = None,
) -> Done:  # fmt: skip
    """Make one setting so, on the data as they are now; more than `most` records follow in a job.

    Those who make several give the same `tables` to each, so that what did not change is read once. Raises NotClean
    naming the item.
    """
    kind = _ready(step)
    if step.is_idle:
        return Done(step, (), step.operation.after)
    with living(load(session, tables)):
        for finding in findings_of(session, kind, step.operation, project_id=step.item.project_id):
            if not said_to(finding, step.operation.answers, waivers).is_settled:
                raise NotClean(_about(step, finding.text))
        try:
            rows, later = _applied(session, kind, step.operation, most, by, at)
        except Refusal as refusal:
            raise NotClean(_about(step, refusal.reason)) from refusal
        return Done(step, rows, kind.live(session, step.operation.uid), later)


def _ready(step: Step) -> ItemKind:
    if step.waits_for_choice:
        told = say("It was changed outside of this wave. Adopt that, overwrite it or leave the item out.")
        raise NotClean(_about(step, told))
    first: Finding | None = next(iter(step.faults), None)
    if step.kind is None or first is not None:
        raise NotClean(_about(step, first.text if first else say("This kind of setting is not known.")))
    return step.kind


def _about(step: Step, why: Any) -> Any:
    return say(
        "The release stopped at “%(item)s” of story %(number)s: %(why)s", item=step.item.label,
        number=step.story.number, why=why,
    )  # fmt: skip


def undone(
    session: Session, kind: ItemKind, operation: Operation, rows: Sequence[RowChange], *, by: Actor, at: datetime,
    tables: Tables | None = None,
) -> Sequence[RowChange]:  # fmt: skip
    """Take one operation back; the records that went back."""
    with living(load(session, tables)):
        back = kind.revert(session, operation, rows, by=by, at=at)
        session.flush()
        return back
