"""The outbox: mails wait here in the transaction that caused them, and leave from a worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args

_IS_DUE = text("sent_at IS NULL AND given_up_at IS NULL")


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
