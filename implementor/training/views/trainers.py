"""Where people can be taught by somebody of their own area, and where not yet."""

from __future__ import annotations

from flask import Response, g

from implementor.audiences.coverage import coverage_of
from implementor.foundation.small_groups import FEWEST_PEOPLE, told
from implementor.training import result_permissions as permissions
from implementor.training.result_queries import trainers_by_area
from implementor.training.views.result_routing import blueprint, tabs_at
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session, today

PEOPLE_PER_TRAINER = 15
"""As for champions: one for 10 to 15 people."""


@blueprint.get("/trainers")
@allow(permissions.VIEW)
def trainers(project_key: str) -> Response:
    """Areas with their people and their internal trainers; areas of few people together, unless names are known."""
    on = today()
    rows = {row.id: row for row in session().execute(trainers_by_area(project_id=g.project.id, today=on))}
    fewest = 1 if actor().may(permissions.NAMES) else FEWEST_PEOPLE
    groups = told({row.id: row.people for row in rows.values()}, fewest)
    merged = [rows[one] for one in groups.merged]
    lines = [([rows[one].name], rows[one].people, rows[one].trainers) for one in groups.shown]
    if merged and groups.is_whole:
        lines.append(([row.name for row in merged], sum(row.people for row in merged), sum(r.trainers for r in merged)))
    covered = [
        (names, coverage_of(people, count, people_per_champion=PEOPLE_PER_TRAINER)) for names, people, count in lines
    ]
    return draw("training/trainers.html", lines=covered, each=PEOPLE_PER_TRAINER,
                tabs=tabs_at("training_results.trainers"))  # fmt: skip
