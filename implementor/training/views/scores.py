"""Scores of a session entered in one form, and what its participants thought, for its trainer and the change lead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, speech
from implementor.training import result_permissions as permissions
from implementor.training import result_queries as queries
from implementor.training.evaluations import opinion
from implementor.training.models import Course, TrainingSession
from implementor.training.results import EVALUATION_DAYS, Scores, enter_scores
from implementor.training.views.result_routing import blueprint, session_or_404, states, tabs_at
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

MOST_POINTS = 100
SIDES = ("before", "after")


@blueprint.get("/sessions")
@allow(permissions.VIEW)
def sessions(project_key: str) -> Response:
    """The sessions whose results the reader enters: all for the change lead, for others those that they hold."""
    trainer_id = None if actor().may(permissions.EDIT) else actor().user_id or 0
    rows = session().execute(queries.sessions_to_enter(project_id=g.project.id, trainer_id=trainer_id)).all()
    return draw("training/score_sessions.html", rows=rows, tabs=tabs_at("training_results.sessions"))


@blueprint.get("/sessions/<int:session_id>")
@allow(permissions.VIEW)
def scores(project_key: str, session_id: int) -> Response:
    """Everybody in a session with their scores."""
    return _draw(session_or_404(session_id), {}, {})


@blueprint.post("/sessions/<int:session_id>")
@allow(permissions.VIEW)
def keep_scores(project_key: str, session_id: int) -> ResponseReturnValue:
    """Keep the scores of the form; what was typed stays where it cannot be."""
    held = session_or_404(session_id)
    given, faults = _given(held)
    if faults:
        return _draw(held, dict(request.form), faults), 422
    try:
        count = enter_scores(session(), held, given, by=actor(), at=now())
    except InvalidInput as wrong:
        return _draw(held, dict(request.form), wrong.errors), 422
    tell_done(say("Scores are kept; %(count)s changed.", count=count))
    return redirect(url_for("training_results.scores", session_id=session_id), 303)


def _rows(held: TrainingSession) -> Any:
    return session().execute(queries.parts_of_project(project_id=g.project.id, session_id=held.id)).all()


def _given(held: TrainingSession) -> tuple[dict[int, Scores], dict[str, Phrase]]:
    """The scores as typed, by part, and what is no score, by the name of its input."""
    given: dict[int, Scores] = {}
    faults: dict[str, Phrase] = {}
    for row in _rows(held):
        points: dict[str, int | None] = {}
        for side in SIDES:
            typed = request.form.get(f"{side}_{row.id}", "").strip()
            points[side] = whole_number(typed) if typed else None
            if typed and (points[side] is None or not 0 <= (points[side] or 0) <= MOST_POINTS):
                faults[f"{side}_{row.id}"] = say("A whole number from 0 to 100.")
        given[row.id] = Scores(points["before"], points["after"])
    return given, faults


def _draw(held: TrainingSession, typed: dict[str, str], faults: Any) -> Response:
    answers = session().execute(queries.answers_of_session(session_id=held.id)).all()
    until = held.starts_at + timedelta(days=EVALUATION_DAYS)
    return draw(
        "training/scores.html", held=held, course=session().get_one(Course, held.course_id), rows=_rows(held),
        typed=typed, faults=faults, states=states(), language=speech().language, until=until, days=EVALUATION_DAYS,
        opinion=opinion([(row.stars, row.said) for row in answers], open_until=until, at=now()),
        tabs=tabs_at("training_results.sessions"),
    )  # fmt: skip
