"""Records about other records: with whom they are, what they are about, and who sees them for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, inspect, or_, select, true
from sqlalchemy.orm import Session

from implementor.crm.records import queries
from implementor.crm.records.kinds import CrmKind, crm_kinds
from implementor.crm.records.models import Concerning
from implementor.crm.records.sight import Condition, Sight
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope
from implementor.foundation.model import Column
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef, kinds
from implementor.foundation.words import Phrase, say

WITH = {"account": "account_id", "contact": "contact_id"}
"""Kinds that a record is with, by a column of their own; whatever else it is about is named by kind and id."""


@dataclass(frozen=True)
class Subject:
    """A record that others are about, as its reader may know it."""

    ref: RecordRef
    title: str
    label: Phrase
    endpoint: str
    values: Mapping[str, Any]


# --- who sees it ------------------------------------------------------------------------------------------------------


def sight_by_subject(own: Condition) -> Sight:
    """What is about a record is seen by who sees that record, and by those whose own it is."""
    return Sight(own, lambda model, actor: _visible(model, actor, own))


def owned_by(*columns: str) -> Condition:
    """Records that name the person in one of these columns."""
    return lambda model, actor: or_(*(getattr(model, column) == actor.user_id for column in columns))


def _visible(model: Any, actor: Actor, own: Condition) -> ColumnElement[bool]:
    if all(queries.reaches_all(kind.entity.model, actor) for kind in subject_kinds()):
        return true()
    return or_(own(model, actor), *(_sees_subject(model, kind, actor) for kind in subject_kinds()))


def _sees_subject(model: Any, kind: CrmKind, actor: Actor) -> ColumnElement[bool]:
    subject = kind.entity.model
    column, named = _pointer(model, kind.kind)
    if queries.reaches_all(subject, actor):
        return named
    seen = select(subject.id).where(subject.id == column, queries.within(subject, actor))
    return and_(named, seen.correlate(model).exists())


def _pointer(model: Any, kind: str) -> tuple[Column, ColumnElement[bool]]:
    """The column that points at records of a kind, and the condition that it does."""
    if kind in WITH:
        column = getattr(model, WITH[kind])
        return column, column.is_not(None)
    return model.about_id, model.about_kind == kind


def subject_kinds() -> list[CrmKind]:
    """The kinds that people talk, meet and promise about; those people are with come first."""
    return sorted(
        (one for one in crm_kinds.values() if one.is_subject), key=lambda one: (one.kind not in WITH, one.kind)
    )


# --- finding ----------------------------------------------------------------------------------------------------------


def concerns(model: Any, ref: RecordRef) -> ColumnElement[bool]:
    """Rows that are with or about one record."""
    column, named = _pointer(model, ref.kind)
    return column == ref.id if ref.kind in WITH else and_(named, column == ref.id)


def subjects_of(session: Session, actor: Actor, refs: Iterable[RecordRef]) -> dict[RecordRef, Subject]:
    """The records that are pointed at, as far as the actor sees them; one statement for each kind."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        by_kind[ref.kind].add(ref.id)
    found: dict[RecordRef, Subject] = {}
    for kind, ids in sorted(by_kind.items()):
        if kind not in kinds:
            continue
        for row in session.execute(kinds[kind].visible(actor, sorted(ids))):
            ref = RecordRef(kind, row.id)
            endpoint, values = kinds[kind].endpoint_values(row)
            found[ref] = Subject(ref, str(row.title or kinds[kind].label), kinds[kind].label, endpoint, values)
    return found


def subject_of(session: Session, actor: Actor, kind: str | None, record_id: int | None) -> Subject | None:
    """The one record that is pointed at, if there is one and the actor sees it."""
    if kind is None or record_id is None:
        return None
    ref = RecordRef(kind, record_id)
    return subjects_of(session, actor, [ref]).get(ref)


# --- writing ----------------------------------------------------------------------------------------------------------


def pointing_at(ref: RecordRef) -> dict[str, Any]:
    """The attributes of a new record that is with or about another one."""
    return {WITH[ref.kind]: ref.id} if ref.kind in WITH else {"about_kind": ref.kind, "about_id": ref.id}


def complete_concern(session: Session, record: Concerning, by: Actor) -> None:
    """Fill in with whom a record is from what it is about: the account and contact of a deal, the account of a contact.

    Raises InvalidInput where nothing is named, or something that the actor does not see; what stood there before may
    stay.
    """
    scope, seen = Scope(None, by), {}
    for kind, record_id, field in _named(record):
        seen[field] = _seen(session, kind, record_id, scope, field)
    # what a deal or a contact brings along is taken as it is, even out of the sight of who writes
    about, contact = seen.get("about"), seen.get("contact")
    record.account_id = record.account_id or getattr(about, "account_id", None)
    record.contact_id = record.contact_id or getattr(about, "contact_id", None)
    record.account_id = record.account_id or getattr(contact, "account_id", None)
    if record.account_id is None and record.contact_id is None and record.about_kind is None:
        raise InvalidInput({"account": say("Say with whom: name an account or a contact.")})


def _named(record: Concerning) -> list[tuple[str, int, str]]:
    """(kind, id, field) of the records that whoever writes this has just named."""
    state: Any = inspect(record)
    is_new = state.transient or state.pending
    pointers = [
        (record.about_kind, "about_id", "about"), ("contact", "contact_id", "contact"),
        ("account", "account_id", "account"),
    ]  # fmt: skip
    return [
        (kind, getattr(record, column), field)
        for kind, column, field in pointers
        if kind is not None and getattr(record, column) is not None
        if is_new or state.attrs[column].history.has_changes()
    ]


def _seen(session: Session, kind: str, record_id: int, scope: Scope, field: str) -> Any:
    declared = crm_kinds.get(kind)
    found = None
    if declared is not None and declared.is_subject:
        statement = queries.record_of(declared.entity.model, scope, record_id)
        with session.no_autoflush:  # an impossible subject is refused here, not by the database
            found = session.scalars(statement).one_or_none()
    if found is None:
        raise InvalidInput({field: say("Choose a record of the list.")})
    return found
