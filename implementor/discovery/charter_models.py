"""The table of the charters of a project: why it exists, what belongs to it, its rules and limits, and who signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.discovery.editions import InEditions
from implementor.foundation.model import Archivable, Record, table_args

UNSIGNED = text("signed_at IS NULL AND archived_at IS NULL")


class Charter(InEditions, Archivable, Record):
    """Why a project exists, in editions; sponsor and project lead sign, never one person for both.

    `frozen` is what objectives and roles were when the first of them signed (see `charter_parts`). The limits are money
    in minor units of `budget_currency`, two days, and in words who may decide what alone.
    """

    __tablename__ = "charter"
    __record_kind__: ClassVar[str] = "charter"
    SIGNATURES: ClassVar[tuple[str, str]] = ("sponsor_signed_at", "lead_signed_at")
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("replaces_id"),
        ForeignKeyConstraint(["project_id", "replaces_id"], ["charter.project_id", "charter.id"]),
        CheckConstraint("sponsor_signed_by_id <> lead_signed_by_id", name="nobody_signs_for_both"),
        CheckConstraint("(sponsor_signed_at IS NULL) = (sponsor_signed_by_id IS NULL)", name="sponsor"),
        CheckConstraint("(lead_signed_at IS NULL) = (lead_signed_by_id IS NULL)", name="lead"),
        CheckConstraint("(budget_amount IS NULL) = (budget_currency IS NULL)", name="budget_has_a_currency"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        CheckConstraint(
            "(signed_at IS NULL) = (sponsor_signed_at IS NULL OR lead_signed_at IS NULL)", name="signed_by_both"
        ),
        Index("ix_charter_list", "project_id", "edition", "id"),
        Index("uq_charter_draft", "project_id", unique=True, sqlite_where=UNSIGNED, postgresql_where=UNSIGNED),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    edition: Mapped[int] = mapped_column(SmallInteger, default=1)
    replaces_id: Mapped[int | None]
    purpose: Mapped[str | None]
    scope_in: Mapped[str | None]
    scope_out: Mapped[str | None]
    rules: Mapped[str | None]
    budget_amount: Mapped[int | None]
    budget_currency: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    authority: Mapped[str | None]
    sponsor_signed_at: Mapped[datetime | None]
    sponsor_signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    lead_signed_at: Mapped[datetime | None]
    lead_signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    frozen: Mapped[dict[str, Any] | None]
