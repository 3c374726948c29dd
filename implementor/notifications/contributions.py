"""The outbox's place among the settings, its turn in every worker, and the mark on the bell of every page."""

from __future__ import annotations

from typing import Any

from flask import Flask, g
from sqlalchemy.orm import Session

from implementor.auth.current import Carried, carried
from implementor.foundation.words import say
from implementor.jobs.worker import chore
from implementor.notifications import queries
from implementor.notifications.delivery import deliver_due
from implementor.notifications.permissions import SEE_OUTBOX
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
