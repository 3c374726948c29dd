"""The story of one record: its changes and whatever upper packages contribute (comments, files), newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.pages import BadCursor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.history import queries
from implementor.history.amounts import currencies_of
from implementor.history.models import Change
from implementor.history.services import may_undo
from implementor.history.wording import (
    FieldWords,
    entity_of,
    merged_values,
    names_of,
    referenced,
    sentence_on_record,
    worded,
)

ON_A_PAGE = 30


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `key` is unique among all entries; `template` draws a body of its own from `entry`."""

    at: datetime
    key: str
    who: str | None
    text: Phrase | str
    icon: str = "edit"
    fields: tuple[FieldWords, ...] = ()
    undo_action_id: int | None = None
    template: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Timeline:
    """Entries, newest first, and the cursor of the older ones (None at the beginning of everything)."""

    entries: list[Entry]
    next: str | None


@dataclass(frozen=True)
class Asked:
    """What a source is asked for: the latest `limit` entries of a record before a moment (None: up to now)."""

    record: RecordRef
    scope: Scope
    now: datetime
    before: datetime | None
    limit: int


Source = Callable[[Session, Asked], list[Entry]]
sources: dict[str, Source] = {}
"""Sources by name; packages add theirs in contributions. Each needs a number of statements that rows do not change."""


def timeline_of(
    session: Session,
    kind: str,
    record_id: int,
    scope: Scope,
    *,
    at: datetime,
    after: str | None = None,
    limit: int = ON_A_PAGE,
) -> Timeline:
    """One page of a record's timeline; `after` is the cursor of an earlier page. The caller has checked visibility."""
    asked = Asked(RecordRef(kind, record_id), scope, at, _moment(after), limit + 1)
    entries = [entry for load in sources.values() for entry in load(session, asked)]
    entries.sort(key=lambda entry: (entry.at, entry.key), reverse=True)
    cut = limit
    # a cursor is a moment, so what happened at one moment stays on one page
    while 0 < cut < len(entries) and entries[cut].at == entries[cut - 1].at:
        cut += 1
    return Timeline(entries[:cut], entries[cut - 1].at.isoformat() if len(entries) > limit else None)


def _moment(cursor: str | None) -> datetime | None:
    if not cursor:
        return None
    try:
        moment = datetime.fromisoformat(cursor)
    except ValueError as fault:
        raise BadCursor(say("This page of the list does not exist. Start again from its first page.")) from fault
    if moment.tzinfo is None:
        raise BadCursor(say("This page of the list does not exist. Start again from its first page."))
    return moment


def changes_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """The source that history itself is: one entry per action, with the fields it changed on this record."""
    statement = queries.changes_of_latest_actions(
        kind=asked.record.kind, record_id=asked.record.id, before=asked.before, limit=asked.limit
    )
    changes = sorted(session.scalars(statement), key=lambda change: (change.action_id, change.id))
    entity = entity_of(asked.record.kind)
    grouped = [list(group) for _action_id, group in groupby(changes, key=lambda change: change.action_id)]
    values = [merged_values(group) for group in grouped]
    wanted = [one for each in values for one in referenced(entity, each)] if entity else []
    names = names_of(session, asked.scope.actor, wanted)
    currencies = currencies_of(session, entity, asked.record.id, values)
    return [
        _entry(group, worded(entity, each, asked.scope, names, of_amounts), asked)
        for group, each, of_amounts in zip(grouped, values, currencies, strict=True)
    ]


def _entry(changes: list[Change], fields: tuple[FieldWords, ...], asked: Asked) -> Entry:
    action = changes[0].action
    verbs = {change.verb for change in changes}
    icon = "plus" if "created" in verbs else "undo" if action.undoes_id is not None else "edit"
    takeable = may_undo(action, by=asked.scope.actor, at=asked.now)
    return Entry(
        at=action.at,
        key=f"action-{action.id}",
        who=action.actor_name,
        text=sentence_on_record(action, changes, [one.field.label for one in fields]),
        icon=icon,
        # what a record began with is on the page already
        fields=() if "created" in verbs else fields,
        undo_action_id=action.id if takeable else None,
    )


sources["history"] = changes_as_entries
