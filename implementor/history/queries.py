"""Finding what happened: to one record, since one version, in one project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload

from implementor.auth.models import User
from implementor.history.models import Action, Change


def changes_of(*, kind: str, record_id: int) -> Select[Change]:
    """Every change of one record with its action, newest first."""
    return (
        select(Change)
        .where(Change.record_kind == kind, Change.record_id == record_id)
        .options(joinedload(Change.action))
        .order_by(Change.id.desc())
    )


def changes_of_latest_actions(*, kind: str, record_id: int, before: datetime | None, limit: int) -> Select[Change]:
    """Changes of one record in the latest `limit` actions on it (older than `before`), with their actions, in order."""
    about = (Change.record_kind == kind, Change.record_id == record_id)
    latest = select(Change.action_id).where(*about)
    if before is not None:
        latest = latest.where(Change.at < before)
    newest_first = (func.max(Change.at).desc(), Change.action_id.desc())
    latest = latest.group_by(Change.action_id).order_by(*newest_first).limit(limit)
    chosen = select(Change).where(*about, Change.action_id.in_(latest.scalar_subquery()))
    return chosen.options(joinedload(Change.action)).order_by(Change.id)


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
    """Everything done in a project; unordered, for pages by key."""
    return select(Action).where(Action.project_id == project_id)


def touching(kind: str | None, verb: str | None) -> ColumnElement[bool]:
    """Actions that created, changed or removed (None: any of these) a record of a kind (None: of any)."""
    parts = [Change.action_id == Action.id]
    parts += [Change.record_kind == kind] if kind else []
    parts += [Change.verb == verb] if verb else []
    return exists().where(*parts)


def first_changes(*, action_ids: Iterable[int]) -> Select[Change]:
    """The first change of each of these actions."""
    first = select(func.min(Change.id)).where(Change.action_id.in_(list(action_ids))).group_by(Change.action_id)
    return select(Change).where(Change.id.in_(first.scalar_subquery()))


def people_in_history(*, project_id: int) -> Select[int, str]:
    """(id, name) of everybody who ever changed something in a project, by name."""
    acted = select(Action.actor_id).where(Action.project_id == project_id, Action.actor_id.is_not(None)).distinct()
    return select(User.id, User.name).where(User.id.in_(acted.scalar_subquery())).order_by(User.name_key, User.id)


def latest_actions_on(records: Mapping[str, Iterable[int]], *, limit: int) -> Select[Action]:
    """The latest actions that changed any of these records (kind -> ids), newest first."""
    among = [and_(Change.record_kind == kind, Change.record_id.in_(list(ids))) for kind, ids in records.items()]
    latest = (
        select(Change.action_id)
        .where(or_(false(), *among))
        .group_by(Change.action_id)
        .order_by(func.max(Change.id).desc())
        .limit(limit)
    )
    return select(Action).where(Action.id.in_(latest.scalar_subquery())).order_by(Action.id.desc())
