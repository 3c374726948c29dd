"""What the portfolio puts up: its list, its place in the side bar, its key."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, url_for

from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.words import say
from implementor.history.restoring import undone_elsewhere
from implementor.lists.sheets import sheet, sheet_of
from implementor.portfolio.catalogue import PORTFOLIO, declare_fields
from implementor.portfolio.permissions import REPLAY, ROADMAP
from implementor.portfolio.waiting import contribute_dependencies
from implementor.web.navigation import NavItem, Shortcut, directory


def contribute(app: Flask) -> None:
    """Called once by the factory, after everything that adds to projects."""
    declare_fields()
    sheet(replace(sheet_of("project"), entity=PORTFOLIO, index_url=lambda: url_for("portfolio.index")))
    contribute_dependencies()
    for verb in ("pack.issue", "pack.share", "pack.revoke"):
        undone_elsewhere[verb] = say("An issued pack stays as it is; a link is revoked on its page.")
    board = directory(app)
    board.items.append(NavItem("start", say("Portfolio"), "portfolio.index", SIGNED_IN, order=25))
    board.items.append(
        NavItem("project", say("Roadmap"), "portfolio.project_roadmap", ROADMAP, in_project=True, order=45)
    )
    board.items.append(NavItem("project", say("Look back"), "portfolio.replay", REPLAY, in_project=True, order=90))
    board.shortcuts.append(Shortcut("g f", say("Go to the portfolio"), "portfolio.index"))
