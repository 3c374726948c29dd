"""Reading what is live when a command or job begins, and a new stamp whenever a row of the configuration changes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.auth.events import CommandBegan
from implementor.configuration.first_use import bring_in_shipped
from implementor.configuration.models import (
    AccessProfile,
    AssignmentRule,
    CustomField,
    FieldLabel,
    KindShape,
    PicklistValue,
    PipelineStage,
    RequiredRule,
    StoredPicklist,
    StoredPipeline,
)
from implementor.configuration.rereading import note_changed
from implementor.configuration.services.versions import bump
from implementor.configuration.snapshots import refresh
from implementor.foundation.events import listens_to
from implementor.history.events import RecordChanged
from implementor.jobs.events import JobBegan

KINDS = frozenset(
    model.__record_kind__
    for model in (
        StoredPicklist,
        PicklistValue,
        StoredPipeline,
        PipelineStage,
        AccessProfile,
        CustomField,
        KindShape,
        FieldLabel,
        RequiredRule,
        AssignmentRule,
    )
)


@listens_to(RecordChanged)
def stamp_anew(session: Session, event: RecordChanged) -> None:
    """Whoever changes the configuration and however (a page, an undo): every process reads it anew."""
    if event.kind in KINDS:
        note_changed(session, event.kind)
        bump(session, at=event.at, by_id=event.actor.user_id, action_id=event.action_id)


@listens_to(CommandBegan)
def read_for_command(session: Session, event: CommandBegan) -> None:
    """A command works with what is live as it begins; a newer program first brings in its own."""
    _read(session, event)


@listens_to(JobBegan)
def read_for_job(session: Session, event: JobBegan) -> None:
    """A job works with what is live as it begins, to its end."""
    _read(session, event)


def _read(session: Session, event: CommandBegan | JobBegan) -> None:
    bring_in_shipped(session, at=event.at)
    refresh(session, user_id=event.actor.user_id)
