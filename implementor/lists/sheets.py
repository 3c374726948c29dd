"""The registry by which packages declare their lists and records to the shared pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from implementor.foundation.errors import NotFound
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.words import Phrase

Create = Callable[[Session, Scope, dict[str, Any], Actor, datetime], Any]
Change = Callable[[Session, Any, dict[str, Any], Actor, datetime], None]


@dataclass(frozen=True)
class Existing:
    """A record that bears already what only one record can bear."""

    id: int
    title: str


Exists = Callable[[Session, Mapping[str, Any], Actor], Sequence[Existing]]


@dataclass(frozen=True)
class Sheet:
    """How one entity is listed, opened, made and changed.

    `base` selects the visible rows of a scope that are in use; `record` finds one by id, archived ones too.
    `may_change` is the condition under which a visible row may be changed by who looks (None: every one); `why_not`
    says of a record why nobody changes it as it stands, where it is not a matter of who asks.
    `link_columns` are selected with every row for `record_url`. `order_url` takes a row that was moved in the
    hand-made order: POST `card`, `after`, `before`, each the first link column of a row, or
    `place` first or last; `order_form_url` is the form that does the same for one row.
    Records that are not `archived_here` are put away, if at all, on pages of their own.
    `exists` finds the records that a new one of some values would double; `may_double` lets people say why it must be.
    """

    entity: Entity
    base: Callable[[Scope], Rows]
    record: Callable[[Scope, int], Rows]
    record_url: Callable[[Any], str]
    index_url: Callable[[], str]
    may_view: Permission
    may_edit: Permission
    change: Change
    create: Create | None = None
    link_columns: tuple[str, ...] = ()
    new_label: Phrase | None = None
    order_url: Callable[[], str] | None = None
    order_form_url: Callable[[Any], str] | None = None
    may_change: Callable[[Scope], ColumnElement[bool]] | None = None
    why_not: Callable[[Any], Phrase | None] | None = None
    exists: Exists | None = None
    may_double: Permission | None = None
    archived_here: bool = True


sheets: dict[str, Sheet] = {}


def sheet(declared: Sheet) -> Sheet:
    """Make an entity's pages known; called from a package's contributions."""
    sheets[declared.entity.kind] = declared
    return declared


def sheet_of(kind: str) -> Sheet:
    """The sheet of a kind named in an address."""
    if kind not in sheets:
        raise NotFound(kind)
    return sheets[kind]
