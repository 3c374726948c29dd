"""The plan of a wave as a sheet, to be changed elsewhere and brought back by an import."""

from __future__ import annotations

from typing import Any

from flask import g, send_file
from flask.typing import ResponseReturnValue

from implementor.exchange.writers import xlsx_file
from implementor.foundation.filters import read_filters
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.planning import queries
from implementor.planning.plan_file import mark_of
from implementor.planning.plan_kind import COLUMNS
from implementor.planning.views.routing import blueprint, wave_or_404
from implementor.stories.catalogue import MOSCOW, STORY
from implementor.stories.links import story_name
from implementor.waves.models import Wave
from implementor.waves.permissions import PLAN
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.unit_of_work import now, session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 5000
PRIORITIES = {choice.key: choice.label for choice in MOSCOW}


@blueprint.get("/waves/<int:number>/plan/sheet")
@allow(PLAN)
def sheet(project_key: str, number: int) -> ResponseReturnValue:
    """The stories of the wave and of the backlog in their order, with what a plan can change of them."""
    wave = wave_or_404(number)
    scope = present_scope()
    waiting = queries.candidates(scope, read_filters((), {}, scope)).order_by(*(key.column for key in queries.BY_RANK))
    inside = session().execute(queries.carried_rows(wave_id=wave.id)).all()
    rows: list[tuple[Any, Wave | None]] = [(row, wave) for row in inside]
    rows += [(row, None) for row in session().execute(waiting.limit(MOST_ROWS))]
    rows.sort(key=lambda one: (one[0].rank, one[0].id))
    seen = {one.name for one in STORY.visible_to(actor())}
    header = [str(label) for _name, label, _words, _kind in COLUMNS]
    lines = [
        [
            story_name(row.number), place, held.name if held else str(say("Backlog")),
            row.points if "points" in seen else None,
            row.value if "value" in seen else None,
            str(PRIORITIES[row.moscow]) if row.moscow and "moscow" in seen else None,
            mark_of(row.version, held.id if held else None),
            row.title,
        ]
        for place, (row, held) in enumerate(rows, 1)
    ]  # fmt: skip
    about = [
        str(say("Plan of a wave")),
        f"{g.project.key} {g.project.name}",
        wave.name,
        show_moment(now()),
        actor().name,
    ]
    name = f"plan-{g.project.key}-{wave.number}-{now():%Y-%m-%d}.xlsx"
    return send_file(
        xlsx_file(about, [*header, str(say("Title"))], lines), XLSX, as_attachment=True, download_name=name
    )
