"""The outbox's place among the settings, its turn in every worker, and the mark on the bell of every page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, g
from sqlalchemy.orm import Session

from implementor.auth.current import Carried, carried
from implementor.foundation.words import say
from implementor.jobs.worker import chore
from implementor.notifications import queries
from implementor.notifications.delivery import deliver_due, reason_not_to_send
from implementor.notifications.permissions import SEE_OUTBOX
from implementor.web.doctor import FAULT, GOOD, NOTE, looks_at, settings_of
from implementor.web.navigation import NavItem, directory

LOOK_EVERY = 2.0  # seconds


def contribute(app: Flask) -> None:
    """Send mails from the worker, show the outbox to administrators, and mark the bell."""
    chore("notifications.deliver", every=LOOK_EVERY)(deliver_due)
    outbox = NavItem("settings", say("Outbox"), "notifications.index", SEE_OUTBOX, order=80)
    directory(app).items.append(outbox)
    carried["has_news"] = Carried(queries.has_unread(), take_news)
    app.context_processor(lambda: {"has_news": g.get("has_news", False)})


def take_news(_session: Session, has_unread: Any) -> None:
    """Mark the bell of this request's page where there is something unread."""
    g.has_news = bool(has_unread)


@looks_at("mail")
def look_at_mail(app: Flask, _at: datetime) -> tuple[str, str]:
    """The mail server takes mails, where there is one; nothing is sent to know it."""
    address = settings_of(app).smtp_url
    if not address:
        return NOTE, "IMPLEMENTOR_SMTP_URL is not set: mails are kept in the outbox"
    reason = reason_not_to_send(address)
    return (GOOD, "the mail server answers") if reason is None else (FAULT, f"no mail can leave: {reason}")
