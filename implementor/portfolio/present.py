"""The standings that this request shows, read once however often they are asked for."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from flask import g

from implementor.portfolio.standings import Standings
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session


def today() -> date:
    """The day it is where the reader is."""
    return now().astimezone(ZoneInfo(actor().time_zone)).date()


def standings() -> Standings:
    """Where the projects of the reader stand today."""
    if "standings" not in g:
        g.standings = Standings(session(), actor(), today())
    found: Standings = g.standings
    return found
