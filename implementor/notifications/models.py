"""The outbox, where mails wait in the transaction that caused them; notices, and what people want to hear of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args

_IS_DUE = text("sent_at IS NULL AND given_up_at IS NULL")
_IS_UNREAD = text("read_at IS NULL")


class OutboxMessage(Model):
    """One mail to one person. Sentences are kept untranslated and written in `language` when they leave."""

    __tablename__ = "outbox_message"
    __table_args__ = table_args(
        Index("ix_outbox_message_due", "send_after", "id", sqlite_where=_IS_DUE, postgresql_where=_IS_DUE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    to_address: Mapped[str]
    subject: Mapped[dict[str, Any]]
    lines: Mapped[list[Any] | None]
    """Paragraphs: stored phrases, or text that no language changes. Emptied once sent, as they may hold links."""
    calendar: Mapped[str | None]
    """A calendar file (RFC 5545) that goes with it, as it is; emptied with the text."""
    language: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    send_after: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]

    @property
    def state(self) -> str:
        """sent, given_up, retrying or waiting."""
        if self.sent_at is not None:
            return "sent"
        if self.given_up_at is not None:
            return "given_up"
        return "retrying" if self.attempts else "waiting"


class Notice(Model):
    """Something one person should know about a record. `key` says what it was, so that nobody hears it twice.

    The sentence names no more than a number; the record's title is found when it is read, within what its reader sees.
    `moment` is the one it is about, such as when a promise is due.
    """

    __tablename__ = "notice"
    __table_args__ = table_args(
        UniqueConstraint("user_id", "key"),
        Index("ix_notice_newest", "user_id", "id"),
        Index("ix_notice_unread", "user_id", sqlite_where=_IS_UNREAD, postgresql_where=_IS_UNREAD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str]
    key: Mapped[str]
    sentence: Mapped[dict[str, Any]]
    record_kind: Mapped[str]
    record_id: Mapped[int]
    moment: Mapped[datetime | None]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class NoticeChoice(Model):
    """How one person wants to hear of one kind of news, where that differs from what is usual."""

    __tablename__ = "notice_choice"
    __table_args__ = table_args(UniqueConstraint("user_id", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str]
    by_bell: Mapped[bool] = mapped_column(Boolean)
    by_mail: Mapped[bool] = mapped_column(Boolean)
