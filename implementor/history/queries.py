"""Finding what happened: to one record, since one version, in one project."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from implementor.history.models import Action, Change


def changes_of(*, kind: str, record_id: int) -> Select[Change]:
    """Every change of one record with its action, newest first."""
    return (
        select(Change)
        .where(Change.record_kind == kind, Change.record_id == record_id)
        .join(Change.action)
        .options(contains_eager(Change.action).joinedload(Action.undoes))
        .order_by(Change.id.desc())
    )


def changes_since_version(*, kind: str, record_id: int, version: int) -> Select[Change]:
    """Changes that led from a version of a record to the present one, oldest first, with their actions."""
    return (
        select(Change)
        .where(Change.record_kind == kind, Change.record_id == record_id, Change.version > version)
        .options(joinedload(Change.action))
        .order_by(Change.id)
    )


def changes_of_action(*, action_id: int) -> Select[Change]:
    """What one action did, in order."""
    return select(Change).where(Change.action_id == action_id).order_by(Change.id)


def actions_of_project(*, project_id: int) -> Select[Action]:
    """Everything done in a project, with what each undo took back; unordered, for pages by key."""
    return select(Action).where(Action.project_id == project_id).options(joinedload(Action.undoes))


def action_with_undone(*, action_id: int) -> Select[Action]:
    """One action, with the one it took back."""
    return select(Action).where(Action.id == action_id).options(joinedload(Action.undoes))


