"""The outbox's place among the settings, and its turn in every worker."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.words import say
from implementor.jobs.worker import chore
from implementor.notifications.delivery import deliver_due
from implementor.notifications.permissions import SEE_OUTBOX
from implementor.web.navigation import NavItem, directory

LOOK_EVERY = 2.0  # seconds


def contribute(app: Flask) -> None:
    """Send mails from the worker and show the outbox to administrators."""
    chore("notifications.deliver", every=LOOK_EVERY)(deliver_due)
    outbox = NavItem("settings", say("Outbox"), "notifications.index", SEE_OUTBOX, order=80)
    directory(app).items.append(outbox)
