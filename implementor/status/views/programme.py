"""The report of a programme."""

from __future__ import annotations

from flask import Response

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import SIGNED_IN
from implementor.projects.queries import programme_in_use, programmes_offered
from implementor.status.health import DIMENSIONS, colour_choice
from implementor.status.programme import programme_standing
from implementor.status.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session, today


@blueprint.get("/programmes/<int:programme_id>/status")
@allow(SIGNED_IN)
def programme(programme_id: int) -> Response:
    """Its projects, the worst first, each with one sentence why; only those that the reader may see."""
    known = {row.id for row in session().execute(programmes_offered(actor()))}
    if programme_id not in known:
        raise NotFound("programme")
    found = session().scalars(programme_in_use(programme_id=programme_id)).one()
    return draw(
        "status/programme.html",
        found=found,
        lines=programme_standing(session(), programme_id, by=actor(), on=today()),
        dimensions=DIMENSIONS,
        colour_of=colour_choice,
    )
