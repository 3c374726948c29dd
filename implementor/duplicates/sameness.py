"""The registry by which packages say what makes two of their records the same, and how two become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from implementor.duplicates.portraits import Shape
from implementor.foundation.access import Verb
from implementor.foundation.errors import NotFound
from implementor.foundation.fields import Entity
from implementor.foundation.model import Column, Rows
from implementor.foundation.permissions import Actor, Permission

Reachable = Callable[[Actor, Verb], Rows | None]
Mend = Callable[[Session, Any, Actor, datetime], None]
Settle = Callable[[Session, Any, Any, Actor, datetime], None]


@dataclass(frozen=True, eq=False)
class Source:
    """A table that tells of records of a kind: the record itself, its telephones, the accounts it belongs to.

    `record_id` is the column that names the record. `roles` are the columns of each role of
    `normal_forms.NORMAL_FORMS`; several columns are one text, with a space between them. `where` leaves out rows that
    are put away, `join` brings in the tables of columns that stand elsewhere.
    """

    record_id: Column
    roles: Mapping[str, tuple[Column, ...]]
    where: ColumnElement[bool] | None = None
    join: Callable[[Rows], Rows] | None = None

    @cached_property
    def shape(self) -> Shape:
        """Where in a row the texts of each role stand, behind the record's id."""
        shape, place = [], 1
        for role, columns in self.roles.items():
            shape.append((role, place, tuple(range(place + 1, place + len(columns)))))
            place += len(columns)
        return tuple(shape)


@dataclass(frozen=True)
class Sameness:
    """How records of one kind are recognised and merged.

    The model has `merged_into_id` and `archived_at`. `reachable` gives the ids an actor may see or edit, None for all.
    `cautious` are yes-or-no fields that stay yes when either record says so, such as "do not call".
    `settle(session, survivor, loser, by, at)` mends what only the package knows, after everything was moved and before
    it is written; it may refuse. `mend(session, record, by, at)` puts in order what a record repeats of its rows, after
    rows came or went. `derived` are the fields that do so and are never chosen. `keeps` are foreign keys, such as
    `lead_event.lead_id`, whose rows tell what happened to the record itself and stay with it.
    """

    kind: str
    entity: Entity
    sources: tuple[Source, ...]
    may_view: Permission
    may_edit: Permission
    reachable: Reachable
    cautious: frozenset[str] = frozenset()
    settle: Settle | None = None
    mend: Mend | None = None
    derived: frozenset[str] = frozenset()
    keeps: frozenset[str] = frozenset()

    @property
    def model(self) -> Any:
        return self.entity.model

    @property
    def title(self) -> Column:
        """The column of what a record is called."""
        return self.entity.fields[self.entity.title_field].column


samenesses: dict[str, Sameness] = {}
"""Kinds that can be compared and merged, by name."""


def sameness(declared: Sameness) -> Sameness:
    """Let records of a kind be compared and merged; called from a package's contributions."""
    samenesses[declared.kind] = declared
    return declared


def sameness_of(kind: str) -> Sameness:
    """The declaration of a kind named in an address. Raises NotFound."""
    if kind not in samenesses:
        raise NotFound(kind)
    return samenesses[kind]


def told_by(changed_kind: str) -> list[tuple[Sameness, Source, str]]:
    """Whom a change of a record concerns: declaration, source, and the attribute that names the record it tells of."""
    return [
        (declared, source, str(source.record_id.key))  # type: ignore[attr-defined]
        for declared in samenesses.values()
        for source in declared.sources
        if source.record_id.class_.__dict__.get("__record_kind__") == changed_kind  # type: ignore[attr-defined]
    ]
