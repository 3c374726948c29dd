"""Fields of one's own: adding, changing, withdrawing and restoring them; what records hold of them is never deleted."""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.models import BY_HAND, CustomField
from implementor.configuration.services.checking import Identity, Step, identified, step_rank
from implementor.configuration.services.field_indexes import settle_index
from implementor.configuration.services.field_search import find_anew
from implementor.configuration.services.field_wishes import FieldChange, FieldWish, checked_change, checked_wish
from implementor.configuration.services.field_words import add_words_of
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.extensible import configurable
from implementor.foundation.extension import is_key
from implementor.foundation.fields import entities
from implementor.foundation.permissions import Actor
from implementor.foundation.rank import rank_between
from implementor.foundation.words import Speech, say
from implementor.history.services import name_action

MOST_FIELDS = 500
KEY_LETTERS = string.ascii_lowercase + string.digits
KEY_LENGTH = 5


class TooManyFields(Refusal):
    """The kind has all the fields that it can have."""


def add_field(
    session: Session,
    kind: str,
    wish: FieldWish,
    *,
    speeches: Sequence[Speech],
    by: Actor,
    at: datetime,
    identity: Identity | None = None,
) -> CustomField:
    """Give a kind of record another field, after its others. `speeches` are those of the languages of configuration.

    Raises NotFound for kinds that get none, InvalidInput by the names of `FieldWish`, TooManyFields.
    """
    if kind not in configurable:
        raise NotFound(kind)
    beside = list(session.scalars(queries.custom_fields(kind)))
    if len(beside) >= MOST_FIELDS:
        told = {"most": MOST_FIELDS, "what": entities[kind].label_plural}
        raise TooManyFields(say("%(what)s have %(most)s fields of your own already.", **told))
    columns = checked_wish(kind, wish, beside, speeches)
    row = CustomField(
        kind=kind,
        key=_free_key(session, identity),
        rank=rank_between(beside[-1].rank if beside else None, None),
        **columns,
        **identified(identity),
    )
    told = {"field": row.label, "what": entities[kind].label_plural}
    name_action(session, say("Added the field %(field)s to %(what)s", **told))
    if wish.words:
        row.picklist_id = add_words_of(session, row, wish.words, by=by, at=at)
    session.add(row)
    session.flush()
    settle_index(session, row, by=by, at=at)
    return row


def change_field(
    session: Session,
    row: CustomField,
    change: FieldChange,
    *,
    speeches: Sequence[Speech],
    by: Actor,
    at: datetime,
) -> None:
    """Call a field otherwise, explain it otherwise, bound it otherwise; what it holds never becomes another kind.

    Values that are beyond new bounds stay until somebody writes them anew. Raises InvalidInput.
    """
    columns = checked_change(row, change, _others(session, row), speeches)
    name_action(session, say("Changed the field %(field)s", field=row.label))
    for name, value in columns.items():
        setattr(row, name, value)
    row.source = BY_HAND
    session.flush()
    settle_index(session, row, by=by, at=at)


def move_field(session: Session, row: CustomField, *, step: Step, by: Actor, at: datetime) -> None:
    """Move a field one place up or down among those of its kind in use."""
    rank = step_rank([one for one in _all_of(session, row) if not one.is_archived], row, step)
    if rank is not None:
        name_action(session, say("Moved the field %(field)s", field=row.label))
        row.rank = rank
        session.flush()


def withdraw_field(session: Session, row: CustomField, *, by: Actor, at: datetime) -> None:
    """Let nobody meet a field any more; records keep what they hold of it, and it returns with the field."""
    if row.is_archived:
        return
    name_action(session, say("Withdrew the field %(field)s", field=row.label))
    row.archived_at, row.archived_by_id = at, by.user_id
    session.flush()
    settle_index(session, row, by=by, at=at)
    find_anew(session, row, by=by, at=at)


def restore_field(session: Session, row: CustomField, *, speeches: Sequence[Speech], by: Actor, at: datetime) -> None:
    """Let a withdrawn field be met again, with what records hold. Raises InvalidInput where its name is taken now."""
    if not row.is_archived:
        return
    checked_change(row, FieldChange.of(row), _others(session, row), speeches)
    name_action(session, say("Restored the field %(field)s", field=row.label))
    row.archived_at = row.archived_by_id = None
    session.flush()
    settle_index(session, row, by=by, at=at)
    find_anew(session, row, by=by, at=at)


def field_of_key(session: Session, key: str) -> CustomField | None:
    """The field of one's own of that key, withdrawn ones too."""
    return session.scalars(queries.custom_field_by_key(key)).one_or_none()


def _all_of(session: Session, row: CustomField) -> list[CustomField]:
    return list(session.scalars(queries.custom_fields(row.kind)))


def _others(session: Session, row: CustomField) -> list[CustomField]:
    return [one for one in _all_of(session, row) if one.id != row.id]


def _free_key(session: Session, identity: Identity | None) -> str:
    """A key that no field of the installation has; the one that its identity brings, where that is free."""
    key = identity.key if identity is not None else ""
    while not is_key(key) or field_of_key(session, key) is not None:
        key = "f_" + "".join(secrets.choice(KEY_LETTERS) for _ in range(KEY_LENGTH))
    return key


def put_back_field(
    session: Session,
    row: CustomField,
    values: Mapping[str, Any],
    *,
    speeches: Sequence[Speech],
    by: Actor,
    at: datetime,
) -> None:
    """Set a field back as an undo has it. Raises InvalidInput where another field got its name meanwhile."""
    was = row.is_archived
    for name, value in values.items():
        setattr(row, name, value)
    if not row.is_archived:
        with session.no_autoflush:
            checked_change(row, FieldChange.of(row), _others(session, row), speeches)
    session.flush()
    settle_index(session, row, by=by, at=at)
    if was != row.is_archived:
        find_anew(session, row, by=by, at=at)
