"""Rows that remember: one action per piece of work, one change per record in it, and the seals over both."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.foundation.model import Model, table_args
from implementor.foundation.words import Phrase, phrase_from_json

Verb = Literal["created", "changed", "removed"]
Source = Literal["web", "cli", "import", "job"]


class Action(Model):
    """What one person did at one moment, however many records it touched; the unit that is taken back."""

    __tablename__ = "action"
    __table_args__ = table_args(
        CheckConstraint("source in ('web', 'cli', 'import', 'job')", name="source"),
        Index(None, "project_id", "id"),
        Index(None, "project_id", "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # projects stand above this package, so the number carries no foreign key
    project_id: Mapped[int | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    actor_name: Mapped[str]
    at: Mapped[datetime]
    verb: Mapped[str]
    summary: Mapped[dict[str, Any] | None]
    record_count: Mapped[int] = mapped_column(Integer, default=0)
    source: Mapped[str]
    request_id: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    @property
    def sentence(self) -> Phrase | None:
        """What was done in words, where the service named it; for what was taken back: what that was."""
        return phrase_from_json(self.summary) if self.summary else None


class Change(Model):
    """What one action did to one record: the fields that differ, before and after, in their stored form."""

    __tablename__ = "change"
    __table_args__ = table_args(
        CheckConstraint("verb in ('created', 'changed', 'removed')", name="verb"),
        Index(None, "record_kind", "record_id", "id"),
        Index(None, "project_id", "id"),
        Index(None, "action_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    project_id: Mapped[int | None]
    record_kind: Mapped[str]
    record_id: Mapped[int]
    verb: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    """The record's version after the change; 1 where the record keeps none."""
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    at: Mapped[datetime]

    action: Mapped[Action] = relationship(lazy="raise_on_sql", viewonly=True)


class Seal(Model):
    """One link of the chain over all changes; whoever alters a sealed change breaks every seal after it.

    `payload_digest` covers the values under a salt of its own, so that an erasure can drop values and salt
    (which data protection demands) while the chain still holds.
    """

    __tablename__ = "seal"
    __table_args__ = table_args()

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """1, 2, 3 ... without gaps, so that a missing link is seen."""
    change_id: Mapped[int] = mapped_column(unique=True)
    salt: Mapped[str | None]
    payload_digest: Mapped[str]
    digest: Mapped[str]
    sealed_at: Mapped[datetime]
