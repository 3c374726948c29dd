"""Views of lists that people keep, share and pin."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Model, Record, table_args


class SavedView(Record, Archivable):
    """A list as somebody arranged it: filter, columns, sort and group, as the query of its address."""

    __tablename__ = "saved_view"
    __record_kind__: ClassVar[str] = "saved_view"
    __table_args__ = table_args(Index("ix_saved_view_list", "project_id", "entity_kind", "owner_id"))

    project_id: Mapped[int | None]
    entity_kind: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str]
    address: Mapped[str]
    shared_at: Mapped[datetime | None]

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None


class PinnedView(Model):
    """A view that somebody wants among the tabs of its list."""

    __tablename__ = "pinned_view"
    __table_args__ = ()

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id"), primary_key=True)
    pinned_at: Mapped[datetime]
