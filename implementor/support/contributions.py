"""What requests add to the shared pages: their inbox, one's own requests, places in the side bar."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.words import say
from implementor.support import permissions
from implementor.support.kinds import declare
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    declare()
    directory(app).items += [
        NavItem("change", say("Requests"), "support.inbox", permissions.VIEW, in_project=True, order=84),
        NavItem("start", say("My requests"), "own_requests.mine", permissions.ASK, order=47),
    ]
