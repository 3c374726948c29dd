"""Tables of status reports, of colours set by hand and their limits, of files made of a report and of its links."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, table_args

DRAFT = text("issued_at IS NULL")
FORMATS = ("pdf", "pptx", "xlsx")
TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What a file of each format says that it is."""
_DIMENSIONS = "('scope', 'time', 'money', 'quality', 'adoption', 'risk')"
_COLOURS = "('green', 'amber', 'red')"
UNTOLD: dict[str, Any] = {"history": False}


class StatusReport(Record):
    """What a project tells its committee about a period: a draft until it is issued, and frozen from then on.

    `content` is all that stands on it, in its `language`; `colours` repeats the colour of each dimension for the strip.
    `last_change_id` is the last change of the history that it tells of. A newer edition that `replaces_id` names this
    one withdraws it at `replaced_at`.
    """

    __tablename__ = "status_report"
    __record_kind__: ClassVar[str] = "status_report"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        ForeignKeyConstraint(["project_id", "replaces_id"], ["status_report.project_id", "status_report.id"]),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("(issued_at IS NULL) = (content IS NULL)", name="issued_with_content"),
        Index("uq_status_report_draft", "project_id", unique=True, sqlite_where=DRAFT, postgresql_where=DRAFT),
        Index("uq_status_report_replaces", "replaces_id", unique=True),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    language: Mapped[str]
    comment: Mapped[str] = mapped_column(default="")
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    content: Mapped[dict[str, Any] | None] = mapped_column(deferred=True, info=UNTOLD)
    colours: Mapped[dict[str, Any] | None] = mapped_column(info=UNTOLD)
    last_change_id: Mapped[int | None] = mapped_column(info=UNTOLD)
    replaces_id: Mapped[int | None]
    replaced_at: Mapped[datetime | None]

    @property
    def is_issued(self) -> bool:
        """Whether it is frozen."""
        return self.issued_at is not None


class ColourOverride(Record):
    """A colour set by hand in the place of the computed one, for a reason and until a day, which is included."""

    __tablename__ = "colour_override"
    __record_kind__: ClassVar[str] = "colour_override"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint(f"dimension IN {_DIMENSIONS}", name="dimension"),
        CheckConstraint(f"colour IN {_COLOURS}", name="colour"),
        Index(
            "uq_colour_override_stands", "project_id", "dimension", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    dimension: Mapped[str]
    colour: Mapped[str]
    reason: Mapped[str]
    expires_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ColourLimit(Record):
    """The limits between the colours of a project, in per cent but for days; each change is a row with its number."""

    __tablename__ = "colour_limit"
    __record_kind__: ClassVar[str] = "colour_limit"
    __table_args__ = table_args(UniqueConstraint("project_id", "id"), UniqueConstraint("project_id", "number"))

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    scope_green: Mapped[int] = mapped_column(Integer)
    scope_amber: Mapped[int] = mapped_column(Integer)
    time_green: Mapped[int] = mapped_column(Integer)
    time_amber: Mapped[int] = mapped_column(Integer)
    days_late: Mapped[int] = mapped_column(Integer)
    money_green: Mapped[int] = mapped_column(Integer)
    money_amber: Mapped[int] = mapped_column(Integer)
    quality_green: Mapped[int] = mapped_column(Integer)
    quality_amber: Mapped[int] = mapped_column(Integer)


class PackFile(Model):
    """A file made of an issued report; kept, so that it stays the same whatever draws later ones."""

    __tablename__ = "pack_file"
    __table_args__ = table_args(
        UniqueConstraint("report_id", "format"),
        ForeignKeyConstraint(["project_id", "report_id"], ["status_report.project_id", "status_report.id"]),
        CheckConstraint("format IN ('pdf', 'pptx', 'xlsx')", name="format"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    report_id: Mapped[int]
    format: Mapped[str]
    data: Mapped[bytes] = mapped_column(deferred=True)
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str]
    made_at: Mapped[datetime]


class ShareLink(Record):
    """An address by which somebody without an account reads one issued report, until it expires or is revoked."""

    __tablename__ = "share_link"
    __record_kind__: ClassVar[str] = "share_link"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("token_hash"),
        ForeignKeyConstraint(["project_id", "report_id"], ["status_report.project_id", "status_report.id"]),
        Index("ix_share_link_report", "report_id", "id"),
    )

    project_id: Mapped[int]
    report_id: Mapped[int]
    token_hash: Mapped[str] = mapped_column(info=UNTOLD)
    label: Mapped[str]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    def is_valid(self, at: datetime) -> bool:
        """Whether it opens the report at a moment."""
        return self.revoked_at is None and at < self.expires_at


class ShareOpening(Model):
    """That a link was opened: when, from which block of addresses, and which file was taken (None: the page)."""

    __tablename__ = "share_opening"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "link_id"], ["share_link.project_id", "share_link.id"]),
        Index("ix_share_opening_link", "link_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    link_id: Mapped[int]
    at: Mapped[datetime]
    block: Mapped[str]
    format: Mapped[str | None]
