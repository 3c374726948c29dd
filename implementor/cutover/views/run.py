"""The run of the night: one page for everybody who goes live, on a phone too."""

from __future__ import annotations

from flask import Response, g, request

from implementor.cutover import permissions, queries
from implementor.cutover.catalogue import STATES
from implementor.cutover.running import run_of
from implementor.cutover.views.routing import blueprint, tabs_at
from implementor.foundation.text import whole_number
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/")
@allow(permissions.VIEW)
def run(project_key: str) -> Response:
    """Of the wave that is asked for, or the first one that is not live with all its steps."""
    waves = session().execute(queries.waves_with_plans(project_id=g.project.id)).all()
    wanted = whole_number(request.args.get("wave", "")) or 0
    wave = next((one for one in waves if one.number == wanted), waves[0] if waves else None)
    place = {"project_id": g.project.id, "wave_id": wave.id if wave else 0}
    steps = session().scalars(queries.steps_of_wave(**place)).all()
    names = {row.id: row.name for row in session().execute(queries.names_of_owners(**place))}
    return draw(
        "cutover/run.html", waves=waves, wave=wave, run=run_of(steps, now()), names=names, at=now(),
        states={one.key: one for one in STATES}, tabs=tabs_at("cutover.run"),
        may_edit=actor().may(permissions.EDIT), may_run=actor().may(permissions.RUN), own_id=actor().user_id,
        rehearsed=session().scalars(queries.rehearsals_of_wave(**place).limit(1)).one_or_none(),
    )  # fmt: skip
