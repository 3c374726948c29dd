"""The way back to the first page."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.words import say
from implementor.web.navigation import NavItem, Shortcut, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    board = directory(app)
    board.items.append(NavItem("start", say("My work"), "home.show", SIGNED_IN, order=10))
    board.shortcuts.append(Shortcut("g h", say("Go to my work"), "home.show"))
    board.shortcuts.append(Shortcut("g p", say("Go to the projects"), "projects.index"))
