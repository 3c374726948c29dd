"""The weeks after a wave went live: what people ask, whether it has become calm, and which topics training missed."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request, url_for

from implementor.audiences.pages import today
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.text import whole_number
from implementor.foundation.words import speech
from implementor.support import permissions, queries
from implementor.support.catalogue import KINDS
from implementor.support.hypercare import WAITS_LONG, Asked, asked_about, calm_of, weeks_of
from implementor.support.models import OPEN
from implementor.support.views.inbox import blueprint
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session


@blueprint.get("/requests/hypercare")
@allow(permissions.VIEW)
def hypercare(project_key: str) -> Response:
    """Of the wave that went live last, or the one that is asked for."""
    waves = session().execute(queries.waves_live(project_id=g.project.id)).all()
    wanted = whole_number(request.args.get("wave", "")) or 0
    wave = next((one for one in waves if one.number == wanted), waves[0] if waves else None)
    if wave is None:
        return draw("support/hypercare.html", wave=None, waves=[])
    zone = speech().zone
    live_on = wave.closed_at.astimezone(zone).date()
    rows = session().execute(queries.requests_since(project_id=g.project.id, since=wave.closed_at)).all()
    asked = [Asked(row.name, row.kind, row.priority, row.created_at.astimezone(zone).date(), row.state == OPEN)
             for row in rows]  # fmt: skip
    return draw(
        "support/hypercare.html", wave=wave, waves=waves, live_on=live_on, weeks=weeks_of(asked, live_on, today()),
        calm=calm_of(asked, today()), kinds=KINDS, open_now=[one for one in asked if one.is_open], waits=WAITS_LONG,
        topics=_topics(asked), listed=_listed, fewest=FEWEST_PEOPLE,
    )  # fmt: skip


def _topics(asked: list[Asked]) -> list[dict[str, Any]]:
    """Topics that somebody asked about, with how many completed the course that teaches them, most asked first."""
    rows = session().execute(queries.topics_trained(project_id=g.project.id)).all()
    found = [{"row": row, "count": asked_about(row.name, asked)} for row in rows]
    return sorted((one for one in found if one["count"]), key=lambda one: -one["count"])


def _listed(**asked: Any) -> str:
    """The requests behind a figure."""
    return url_for("support.inbox", **asked)
