"""Finding mails: those that may leave now, and all of them for the administrator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select

from implementor.notifications.models import OutboxMessage

UNSENT = (OutboxMessage.sent_at.is_(None), OutboxMessage.given_up_at.is_(None))


def due_messages(at: datetime) -> Select[OutboxMessage]:
    """Mails that may leave, those that wait longest first."""
    return (
        select(OutboxMessage)
        .where(*UNSENT, OutboxMessage.send_after <= at)
        .order_by(OutboxMessage.send_after, OutboxMessage.id)
    )


def all_messages() -> Select[OutboxMessage]:
    """Every mail; unordered, for pages by key."""
    return select(OutboxMessage)
