"""The table of calendar feeds: an address of one's own under which calendar programs read one's meetings."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Record, table_args

_WORKS = text("revoked_at IS NULL")


class MeetingFeed(Record):
    """The feed of one person, one that works at most; its address is signed and names `secret`, never kept itself."""

    __tablename__ = "meeting_feed"
    __record_kind__: ClassVar[str] = "meeting_feed"
    __table_args__ = table_args(
        Index("uq_meeting_feed_works", "user_id", unique=True, sqlite_where=_WORKS, postgresql_where=_WORKS),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    secret: Mapped[str] = mapped_column(info={"history": False})
    revoked_at: Mapped[datetime | None]
