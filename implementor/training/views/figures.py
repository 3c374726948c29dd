"""How training stands in a project: its figures, the parts behind each of them, and both to take along."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, request

from implementor.exchange.table_files import table_file
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.training import result_permissions as permissions
from implementor.training.result_queries import parts_of_project
from implementor.training.result_reading import HOLDS, SHARES, recency_of_waves, standing_of
from implementor.training.validity import RECENT_DAYS
from implementor.training.views.result_routing import blueprint, states, tabs_at
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

HEADER = (
    say("Training course"), say("Session"), say("Person"), say("State"), say("Result"),
    say("Score before"), say("Score after"), say("Pass mark"), say("Trained on"), say("Certificate"),
    say("Valid until"),
)  # fmt: skip
MOST_SHOWN = 500


@blueprint.get("/")
@allow(permissions.VIEW)
def index(project_key: str) -> Response:
    """Figures of everybody and by course."""
    named = actor().may(permissions.NAMES)
    found = standing_of(session(), g.project.id, speech().language, named=named)
    return draw(
        "training/figures.html", found=found, shares=SHARES, may_name=named, days=RECENT_DAYS,
        waves=recency_of_waves(session(), g.project.id, named=named), fewest=FEWEST_PEOPLE,
        tabs=tabs_at("training_results.index"),
    )  # fmt: skip


@blueprint.get("/people")
@allow(permissions.NAMES)
def people(project_key: str) -> Response:
    """The parts behind a figure, by name."""
    figure = request.args.get("figure", "attendance")
    if figure not in HOLDS:
        abort(404)
    rows = [row for row in _rows() if HOLDS[figure](row)]
    labels = {name: label for name, (label, _count) in SHARES.items()} | {"gain": say("Points gained")}
    return draw(
        "training/result_people.html", rows=rows[:MOST_SHOWN], count=len(rows), most=MOST_SHOWN, figure=figure,
        label=labels[figure], states=states(), tabs=tabs_at("training_results.index"),
    )  # fmt: skip


@blueprint.get("/export.<format>")
@allow(permissions.NAMES)
def export(project_key: str, format: str) -> Response:
    """Every part in a course, as the figures count it."""
    about = [str(say("Results of training")), g.project.key, show_moment(now()), actor().name]
    return table_file(f"training-{g.project.key}", format, about=about, header=HEADER, rows=map(_cells, _rows()))


def _rows() -> Any:
    given = request.args.get("course")
    course_id = whole_number(given) if given else None
    if given and course_id is None:
        abort(404)
    return session().execute(parts_of_project(project_id=g.project.id, course_id=course_id)).all()


def _cells(row: Any) -> list[Any]:
    words = states()
    return [
        row.course, row.session, row.person, str(words[row.state]), str(words[row.result]) if row.result else "",
        row.score_before, row.score_after, row.pass_mark, row.trained_on, row.certificate, row.valid_until,
    ]  # fmt: skip
