"""Writing mails into the outbox, and the steps of their way out."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say
from implementor.notifications.mail import stored_line
from implementor.notifications.models import OutboxMessage

LEASE = timedelta(minutes=2)
"""A worker that took a mail and died has it taken up again after this time."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 960))


class MailIsGone(Refusal):
    """The mail was sent already."""


def send_mail(
    session: Session,
    to: str,
    subject: Phrase,
    lines: Iterable[Phrase | str],
    *,
    language: str,
    at: datetime,
    user_id: int | None = None,
    send_after: datetime | None = None,
    calendar: str | None = None,
) -> OutboxMessage:
    """Put a mail into the outbox, with a calendar file or without; it leaves once this transaction is committed."""
    message = OutboxMessage(
        user_id=user_id,
        to_address=clean_line(to),
        subject=subject.as_json(),
        language=language,
        created_at=at,
        lines=[stored_line(line) for line in lines],
        calendar=calendar,
        message_id=f"<{secrets.token_hex(16)}@implementor>",
        send_after=send_after or at,
    )
    session.add(message)
    return message


def send_again(message: OutboxMessage, *, at: datetime) -> None:
    """Try a mail anew that did not get out."""
    if message.sent_at is not None:
        raise MailIsGone(say("This mail was sent already."))
    message.given_up_at, message.attempts, message.send_after = None, 0, at


# --- the steps of delivery; each is one short transaction -------------------------------------------------------------


def take_message(session: Session, message: OutboxMessage, *, at: datetime) -> bool:
    """Reserve a mail for this worker; False when another one has it."""
    taken = (
        update(OutboxMessage)
        .where(OutboxMessage.id == message.id, OutboxMessage.attempts == message.attempts)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.given_up_at.is_(None))
        .values(attempts=OutboxMessage.attempts + 1, send_after=at + LEASE)
        .returning(OutboxMessage.id)
    )
    return session.execute(taken, execution_options={"synchronize_session": False}).one_or_none() is not None


def note_sent(session: Session, message_id: int, *, at: datetime) -> None:
    """The mail server has it; its text, which may hold links, is not needed any more."""
    gone = update(OutboxMessage).where(OutboxMessage.id == message_id)
    session.execute(gone.values(sent_at=at, lines=None, calendar=None, last_error=None))


def note_failed(session: Session, message_id: int, *, attempts: int, error: str, is_final: bool, at: datetime) -> None:
    """The mail server did not take it: try again later, or give up when it never will."""
    over = is_final or attempts > len(PAUSES)
    later = at if over else at + PAUSES[attempts - 1]
    failed = update(OutboxMessage).where(OutboxMessage.id == message_id)
    session.execute(failed.values(send_after=later, last_error=error[:500], given_up_at=at if over else None))
