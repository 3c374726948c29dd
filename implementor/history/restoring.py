"""Which kinds can be put back, by whom, and how one change is reversed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.model import Archivable
from implementor.foundation.permissions import Actor, Permission, Role
from implementor.foundation.words import Phrase, say
from implementor.history.encoding import decoded_values, encoded
from implementor.history.models import Change

AT_ONCE = 500

Restore = Callable[[Session, Any, dict[str, Any], Actor, datetime], None]
"""Takes session, record, the typed values to set, person and moment; a Refusal keeps the record as it is."""


@dataclass(frozen=True)
class Restorer:
    """How records of a kind are put back; `restore` sets values by the rules of the kind instead of plainly.

    `may` is what somebody must be allowed to do now, whatever they could do when they changed it (None: nothing more).
    Where it `asks_to_put_away`, `restore` also decides whether what was made can be put away again. What `stays` once
    it was made belongs to a record that is put away instead, such as the stages of a project.
    """

    model: type[Any]
    restore: Restore | None = None
    may: Permission | None = None
    asks_to_put_away: bool = False
    stays: bool = False


@dataclass(frozen=True)
class Kept:
    """Something that was not put back, and why."""

    kind: str
    record_id: int
    field: str | None
    reason: Phrase


undoable: dict[str, Restorer] = {}
"""Kinds that can be taken back; packages add theirs in contributions."""

undone_elsewhere: dict[str, Phrase] = {}
"""Verbs of actions that only their own package can take back, and where that is done."""

RolesInProject = Callable[[Session, Actor, int], Iterable[Role] | None]


class Places:
    """Who a person is in a project, as the package of projects tells it: their roles there, None for strangers."""

    roles_in_project: RolesInProject = staticmethod(lambda _session, _actor, _project_id: ())


places = Places()


def load_records(session: Session, changes: Iterable[Change]) -> list[Any]:
    """Read the records of many changes in few statements; `restore_change` finds them while the answer is held."""
    ids: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        ids[change.record_kind].add(change.record_id)
    held: list[Any] = []
    for kind in sorted(ids.keys() & undoable.keys()):
        model, wanted = undoable[kind].model, sorted(ids[kind])
        for start in range(0, len(wanted), AT_ONCE):
            held += session.scalars(select(model).where(model.id.in_(wanted[start : start + AT_ONCE])))
    return held


def restore_change(session: Session, change: Change, *, by: Actor, at: datetime) -> list[Kept]:
    """Reverse one change as far as nobody touched the record since; what stays is returned."""
    restorer = undoable.get(change.record_kind)
    if restorer is None:
        return [Kept(change.record_kind, change.record_id, None, say("This kind of record cannot be put back."))]
    if restorer.may is not None and not by.may(restorer.may):
        return [Kept(change.record_kind, change.record_id, None, say("You may not change records of this kind."))]
    record = session.get(restorer.model, change.record_id)
    if change.verb == "removed":
        return _put_in_again(session, restorer, change, record)
    if record is None:
        return [Kept(change.record_kind, change.record_id, None, say("It no longer exists."))]
    if change.verb == "created" and restorer.stays:
        return []
    if change.verb == "created" and restorer.asks_to_put_away and record.archived_at is None:
        away = {"archived_at": at, "archived_by_id": by.user_id}
        return _by_rules(session, restorer, change, record, away, by, at)
    if change.verb == "created":
        return _put_away(session, record, by, at)
    return _set_back(session, restorer, change, record, by, at)


def _put_in_again(session: Session, restorer: Restorer, change: Change, record: Any) -> list[Kept]:
    if record is not None:
        return [Kept(change.record_kind, change.record_id, None, say("It exists again already."))]
    values = decoded_values(inspect(restorer.model), change.before or {})
    session.add(restorer.model(id=change.record_id, **values))
    session.flush()
    return []


def _put_away(session: Session, record: Any, by: Actor, at: datetime) -> list[Kept]:
    """What was made is put away; only rows that cannot be put away (links, marks) are deleted."""
    if not isinstance(record, Archivable):
        session.delete(record)
        session.flush()
    elif record.archived_at is None:
        record.archived_at, record.archived_by_id = at, by.user_id
    return []


def _by_rules(
    session: Session, restorer: Restorer, change: Change, record: Any, values: dict[str, Any], by: Actor, at: datetime
) -> list[Kept]:
    """Set values as the kind wants it, plainly where it has no wish; what it refused, if it did."""
    if restorer.restore is None:
        for name, value in values.items():
            setattr(record, name, value)
        return []
    try:
        with session.begin_nested():
            restorer.restore(session, record, values, by, at)
    except Refusal as refusal:
        return [Kept(change.record_kind, change.record_id, None, refusal.reason)]
    return []


def _set_back(session: Session, restorer: Restorer, change: Change, record: Any, by: Actor, at: datetime) -> list[Kept]:
    before, after = change.before or {}, change.after or {}
    untouched = [name for name in before if hasattr(record, name) and encoded(getattr(record, name)) == after.get(name)]
    values = decoded_values(inspect(restorer.model), {name: before[name] for name in untouched})
    if values and (refused := _by_rules(session, restorer, change, record, values, by, at)):
        return refused
    return [
        Kept(change.record_kind, change.record_id, name, say("It was changed again since."))
        for name in before
        if name not in untouched
    ]
