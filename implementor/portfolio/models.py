"""Tables of consolidated packs: what was frozen of a programme or of the portfolio, its files and its links."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.foundation.model import Model, Record, table_args
from implementor.projects.models import Programme

UNTOLD: dict[str, Any] = {"history": False}


class ConsolidatedPack(Record):
    """How several projects stood at one moment: those of a programme, or the whole portfolio (no programme).

    It is frozen as it is made. `content` is all that stands on it, in its `language`.
    """

    __tablename__ = "consolidated_pack"
    __record_kind__: ClassVar[str] = "consolidated_pack"
    __table_args__ = table_args(Index("ix_consolidated_pack_programme_id", "programme_id", "id"))

    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    language: Mapped[str]
    comment: Mapped[str] = mapped_column(default="")
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    content: Mapped[dict[str, Any]] = mapped_column(deferred=True, info=UNTOLD)

    programme: Mapped[Programme | None] = relationship(lazy="raise_on_sql")


class PackProject(Model):
    """A project that a pack tells of, and whether its money is in it: who may not see both does not see the pack."""

    __tablename__ = "consolidated_pack_project"
    __table_args__ = table_args(UniqueConstraint("pack_id", "project_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("consolidated_pack.id"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    shows_money: Mapped[bool]


class ConsolidatedFile(Model):
    """A file made of a pack; kept, so that it stays the same whatever draws later ones."""

    __tablename__ = "consolidated_file"
    __table_args__ = table_args(
        UniqueConstraint("pack_id", "format"), CheckConstraint("format IN ('pdf', 'pptx', 'xlsx')", name="format")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("consolidated_pack.id"))
    format: Mapped[str]
    data: Mapped[bytes] = mapped_column(deferred=True)
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str]
    made_at: Mapped[datetime]


class PackLink(Record):
    """An address by which somebody without an account reads one pack, until it expires or is revoked."""

    __tablename__ = "consolidated_link"
    __record_kind__: ClassVar[str] = "consolidated_link"
    __table_args__ = table_args(UniqueConstraint("token_hash"), Index("ix_consolidated_link_pack", "pack_id", "id"))

    pack_id: Mapped[int] = mapped_column(ForeignKey("consolidated_pack.id"))
    token_hash: Mapped[str] = mapped_column(info=UNTOLD)
    label: Mapped[str]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    def is_valid(self, at: datetime) -> bool:
        """Whether it opens the pack at a moment."""
        return self.revoked_at is None and at < self.expires_at


class PackOpening(Model):
    """That a link was opened: when, from which block of addresses, and which file was taken (None: the page)."""

    __tablename__ = "consolidated_opening"
    __table_args__ = table_args(Index("ix_consolidated_opening_link", "link_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("consolidated_link.id"))
    at: Mapped[datetime]
    block: Mapped[str]
    format: Mapped[str | None]
