"""What marketing and sales together add to the shared pages: their place in the side bar."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.words import say
from implementor.market import permissions
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    directory(app).items += [
        NavItem("project", say("Marketing and sales"), "market.show", permissions.VIEW, in_project=True, order=86),
    ]
