"""Mails that follow from what other packages did."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.auth.events import AccountLinkIssued
from implementor.foundation.events import listens_to
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.note import note_of
from implementor.notifications.services import send_mail


@listens_to(AccountLinkIssued)
def mail_account_link(session: Session, event: AccountLinkIssued) -> None:
    """Send an invitation or a reset link to the person it is for; the first administrator's is printed instead."""
    if event.purpose not in ("invite", "reset"):
        return
    at = note_of(session).at
    hours = max(1, round((event.expires_at - at).total_seconds() / 3600))
    subject, reason = _words(event)
    lines: list[Phrase | str] = [
        say("Hello %(name)s,", name=event.name),
        reason,
        event.url,
        say_n(
            "The link works once, within %(count)s hour. Give it to nobody.",
            "The link works once, within %(count)s hours. Give it to nobody.",
            hours,
        ),
    ]
    send_mail(session, event.email, subject, lines, language=event.language, at=at, user_id=event.user_id)


def _words(event: AccountLinkIssued) -> tuple[Phrase, Phrase]:
    if event.purpose == "invite":
        return (
            say("Your invitation to Implementor"),
            say("You have been invited to Implementor. Open this address to choose your password:"),
        )
    return (
        say("Your new password for Implementor"),
        say("Somebody asked for a new password for you. If it was you, open this address; if not, do nothing:"),
    )
