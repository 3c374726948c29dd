"""The blueprint of waves, finding the wave an address names, and what their forms send."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, g, request

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import Permission
from implementor.foundation.words import Phrase, say, say_n
from implementor.stories.models import Story
from implementor.waves import board_queries, permissions, queries
from implementor.waves.catalogue import STAGES
from implementor.waves.models import Wave
from implementor.waves.tabs import tabs_of
from implementor.web.guard import actor
from implementor.web.language import show_number
from implementor.web.unit_of_work import session

blueprint = Blueprint("waves", __name__, url_prefix="/projects/<project_key>/waves")
MOST_IDS = 2000


def wave_or_404(number: int) -> Wave:
    """The wave of that number in this project."""
    wave = session().scalars(queries.wave_by_number(project_id=g.project.id, number=number)).one_or_none()
    if wave is None:
        raise NotFound("wave")
    return wave


def version_now() -> str:
    """What changes whenever anything of the project's stories does."""
    row = session().execute(*board_queries.version_of_board(project_id=g.project.id)).one()
    return f"{row.change or 0}-{int(row.moment.timestamp() * 1_000_000) if row.moment else 0}"


def chosen_stories(name: str = "ids") -> list[Story]:
    """The stories of this project whose ids a form sends; NotFound when one is not of it."""
    texts = request.form.getlist(name)[:MOST_IDS]
    ids = {number for number in map(as_id, texts) if number is not None}
    found = list(session().scalars(queries.stories_by_ids(project_id=g.project.id, ids=ids)))
    if len(found) != len(ids) or len(ids) != len(set(texts)):
        raise NotFound("story")
    return found


def as_id(text: str | None) -> int | None:
    """An id that a form sends; None when it sends nothing. Anything else is not a request of ours."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        abort(400)
    return int(text)


def wants_script_answer() -> bool:
    """Whether a script asks, which has drawn the change already and needs no page."""
    return "application/json" in request.headers.get("Accept", "")


def points_text(points: Decimal) -> Phrase:
    """Points with their unit, such as "8 pts"."""
    return say_n("%(points)s pt", "%(points)s pts", 1 if points == 1 else 2, points=show_number(points))


def load_text(points: Decimal, capacity: Decimal | None) -> Phrase:
    """A wave's load in words, such as "24 / 20 pts"."""
    if capacity is None:
        return points_text(points)
    return say("%(points)s / %(capacity)s pts", points=show_number(points), capacity=show_number(capacity))


def may(permission: Permission) -> bool:
    """Whether the reader may do this here, in a project that is in use."""
    return actor().may(permission) and not g.project.is_archived


def frame_of(wave: Wave) -> dict[str, Any]:
    """What every page of a wave shows around its content."""
    return {
        "wave": wave,
        "stage": next(one for one in STAGES if one.key == wave.stage),
        "may_plan": may(permissions.PLAN) and not wave.is_archived,
        "load_text": load_text,
        "tabs": tabs_of(wave.number),
    }
