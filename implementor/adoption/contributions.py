"""What adoption adds to the shared pages: its places, and the facts that are read once an hour."""

from __future__ import annotations

from flask import Flask

from implementor.adoption import permissions
from implementor.adoption.schedule import LOOK_EVERY, ask_if_due
from implementor.foundation.words import say
from implementor.jobs.worker import chore
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    chore("adoption.facts", every=LOOK_EVERY)(ask_if_due)
    found = directory(app)
    found.items += [
        NavItem("project", say("Use of the CRM"), "adoption.index", permissions.VIEW, in_project=True, order=80),
        NavItem("crm", say("My use"), "own_use.mine", permissions.OWN, order=95),
    ]
