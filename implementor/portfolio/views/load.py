"""Load by profile and month over all projects, and the stories behind one cell of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Response, request

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import SIGNED_IN
from implementor.portfolio.load import NOTHING, ahead, load_map, month_shares
from implementor.portfolio.load_queries import MOST_STORIES, efforts_ahead, stories_of_profile, waves_ahead
from implementor.portfolio.room import room_ahead
from implementor.portfolio.views.routing import blueprint, tabs
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session, today

HIGH, MIDDLE = Decimal("0.75"), Decimal("0.35")
"""Shares of the highest load of the map from which a cell is drawn as high, and as in between."""


@dataclass(frozen=True)
class Share:
    """A story with the hours of the month that is looked at."""

    row: Any
    hours: Decimal


@blueprint.get("/portfolio/load")
@allow(SIGNED_IN)
def load() -> Response:
    """Who is needed how much, month by month, and whether the waves fit."""
    efforts = session().execute(efforts_ahead(actor())).all()
    waves = session().execute(waves_ahead(actor())).all()
    drawn = load_map(efforts, waves, first=today(), room=room_ahead(session(), actor(), today=today()))
    return draw("portfolio/load.html", drawn=drawn, tabs=tabs(), high=HIGH, middle=MIDDLE)


@blueprint.get("/portfolio/load/stories")
@allow(SIGNED_IN)
def load_stories() -> Response:
    """The stories behind a cell, and the hours of projects that the reader does not see."""
    profile, month = request.args.get("profile", "").strip(), month_of(request.args.get("month", ""))
    if month is None or not profile:
        raise NotFound("month")
    found = []
    for row in session().execute(stories_of_profile(actor(), profile)):
        share = month_shares(*ahead(row.starts_on, row.ends_on, today())).get(month)
        if share:
            found.append(Share(row, row.hours * share))
    seen = [one for one in found if one.row.is_seen]
    hidden = sum((one.hours for one in found if not one.row.is_seen), NOTHING)
    return draw(
        "portfolio/load_stories.html",
        profile=profile,
        month=month,
        stories=seen[:MOST_STORIES],
        more=max(len(seen) - MOST_STORIES, 0),
        total=sum((one.hours for one in seen), NOTHING),
        hidden=hidden,
    )


def month_of(text: str) -> date | None:
    """The first day of a month as addresses write it (2026-03); None for anything else."""
    if not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text, re.ASCII):
        return None
    return date.fromisoformat(f"{text}-01")
