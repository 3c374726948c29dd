"""The standings that this request shows, read once however often they are asked for."""

from __future__ import annotations

from flask import g

from implementor.portfolio.standings import Standings
from implementor.web.guard import actor
from implementor.web.unit_of_work import session, today


def standings() -> Standings:
    """Where the projects of the reader stand today."""
    if "standings" not in g:
        g.standings = Standings(session(), actor(), today())
    found: Standings = g.standings
    return found
