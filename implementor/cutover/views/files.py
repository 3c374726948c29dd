"""The plan of a wave as a file that comes back by an import as it left."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request

from implementor.cutover import permissions, queries
from implementor.cutover.catalogue import CUTOVER_STEP
from implementor.cutover.importing import COLUMNS
from implementor.cutover.models import CutoverStep
from implementor.cutover.views.routing import blueprint
from implementor.exchange.table_files import table_file
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.web.guard import allow
from implementor.web.unit_of_work import now, session


@blueprint.get("/plan.<format>")
@allow(permissions.EDIT)
def plan_file(project_key: str, format: str) -> Response:
    """The steps of the wave that is asked for, or of all waves, with owners by address."""
    waves = {row.id: row for row in session().execute(queries.waves_by_name(project_id=g.project.id))}
    wanted = whole_number(request.args.get("wave", ""))
    chosen = [one for one in waves.values() if wanted in (None, one.number)]
    found = session().scalars(queries.steps_of_waves(project_id=g.project.id, wave_ids=[one.id for one in chosen]))
    addresses = {row.id: row.email for row in session().execute(queries.addresses_of_owners(project_id=g.project.id))}
    rows = [_row(step, waves[step.wave_id].name, addresses) for step in found]
    about = [f"{g.project.key}: {CUTOVER_STEP.label_plural}", f"{now():%Y-%m-%d %H:%M} UTC"]
    header = [CUTOVER_STEP.fields[name].label for name in COLUMNS]
    return table_file(f"going-live-{g.project.key}", format, about=about, header=header, rows=rows)


def _row(step: CutoverStep, wave: str, addresses: dict[int, str]) -> list[Any]:
    begins = step.starts_at.astimezone(speech().zone).replace(tzinfo=None) if step.starts_at else None
    no_return = str(say("Yes") if step.point_of_no_return else say("No"))
    return [step.number, step.name, wave, addresses.get(step.owner_id or 0), step.after, begins, step.minutes,
            no_return, step.way_back]  # fmt: skip
