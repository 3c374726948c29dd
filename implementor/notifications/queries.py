"""Finding mails and notices: what may leave now, and what somebody has not read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from implementor.auth.models import User, UserSession
from implementor.foundation.model import Rows
from implementor.notifications.models import Notice, NoticeChoice, OutboxMessage

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


# --- notices ----------------------------------------------------------------------------------------------------------


def notices_of(user_id: int) -> Select[Notice]:
    """What somebody was told; unordered, for pages by key."""
    return select(Notice).where(Notice.user_id == user_id)


def unread_notices(user_id: int) -> Select[Notice]:
    """What somebody has not read."""
    return notices_of(user_id).where(Notice.read_at.is_(None))


def notice_of(user_id: int, notice_id: int) -> Select[Notice]:
    """One of the notices of a person."""
    return notices_of(user_id).where(Notice.id == notice_id)


def has_unread() -> Any:
    """Whether the person of a session has unread notices: a column for the statement that finds the session."""
    unread = select(Notice.id).where(Notice.user_id == UserSession.user_id, Notice.read_at.is_(None))
    return unread.correlate(UserSession).exists()


def choices_of(user_ids: Iterable[int]) -> Select[NoticeChoice]:
    """How these people want to hear of things, where they said so."""
    return select(NoticeChoice).where(NoticeChoice.user_id.in_(list(user_ids)))


def people_to_tell(user_ids: Iterable[int]) -> Rows:
    """(id, name, email, language, time zone) of those among these people who may sign in."""
    return (
        select(User.id, User.name, User.email, User.language, User.time_zone)
        .where(User.id.in_(list(user_ids)), User.disabled_at.is_(None))
        .order_by(User.id)
    )


def told_already(user_ids: Iterable[int], key: str) -> Select[int]:
    """Ids of those who were told this before."""
    return select(Notice.user_id).where(Notice.user_id.in_(list(user_ids)), Notice.key == key)
