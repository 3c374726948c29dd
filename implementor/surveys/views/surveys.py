"""Surveys of a project: written, opened, closed, asked again, and what groups answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, g, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from implementor.audiences.pages import pages_of, record_or_404, record_to_change
from implementor.exchange.table_files import table_file
from implementor.foundation.errors import NotFound
from implementor.foundation.words import say, speech
from implementor.surveys import permissions, queries, services
from implementor.surveys.catalogue import STATES
from implementor.surveys.findings import ADVICE, NAMES
from implementor.surveys.kinds import QUESTIONS, SURVEYS
from implementor.surveys.models import CLOSED, SCALE, HeldAnswer, Survey
from implementor.surveys.results import Group, Results, results_of
from implementor.surveys.telling import secret
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session, today

blueprint = Blueprint("surveys", __name__, url_prefix="/projects/<project_key>")


def parts_of_survey(found: Survey) -> dict[str, Any]:
    """Its questions, what can be done with it, and once it is closed what groups answered."""
    held = select(func.count()).select_from(HeldAnswer).where(HeldAnswer.survey_id == found.id)
    return {
        "questions": session().scalars(queries.questions_of(survey_id=found.id)).all(),
        "states": {choice.key: choice for choice in STATES},
        "may_act": actor().may(permissions.EDIT) and not found.is_archived,
        "answered": session().scalar(held) if found.state == "open" else found.answered,
        "results": results_of(session(), found) if found.state == CLOSED else None,
        "sayings": _sayings(found) if actor().may(permissions.SAYINGS) else {},
        "elements": NAMES, "advice": ADVICE, "language": speech().language, "shares_of": shares_of,
    }  # fmt: skip


@blueprint.post("/surveys/<int:record_id>/open")
@allow(permissions.EDIT)
def open_survey(project_key: str, record_id: int) -> ResponseReturnValue:
    """Ask people from now on."""
    count = services.open_survey(session(), _found(record_id), today=today(), by=actor(), at=now())
    tell_done(say("%(count)s people are asked. Invitations leave within a minute.", count=count))
    return _back(record_id)


@blueprint.post("/surveys/<int:record_id>/close")
@allow(permissions.EDIT)
def close_survey(project_key: str, record_id: int) -> ResponseReturnValue:
    """Count the answers."""
    services.close_survey(session(), _found(record_id), key=secret(), by=actor(), at=now())
    tell_done(say("The survey is closed and counted."))
    return _back(record_id)


@blueprint.post("/surveys/<int:record_id>/again")
@allow(permissions.EDIT)
def ask_again(project_key: str, record_id: int) -> ResponseReturnValue:
    """Prepare the same survey anew."""
    made = services.ask_again(session(), _found(record_id), by=actor(), at=now())
    tell_done(say("Say until when it can be answered, then open it."))
    return _back(made.id)


@blueprint.get("/surveys/<int:record_id>/results.<format>")
@allow(permissions.VIEW)
def results_file(project_key: str, record_id: int, format: str) -> Response:
    """Every count by group, question and answer, from which each figure of the page is made."""
    found = record_or_404(Survey, record_id)
    if found.state != CLOSED:
        raise NotFound("survey")
    about = [found.name, f"{g.project.key} {found.closed_at.astimezone(speech().zone):%Y-%m-%d}"]
    header = [
        say("Group"),
        say("People asked"),
        say("Have answered"),
        say("Question"),
        say("What they answered"),
        say("People"),
    ]
    return table_file(f"survey-{g.project.key}-{found.id}", format, about=about, header=header,
                      rows=_rows(results_of(session(), found)))  # fmt: skip


def _rows(results: Results) -> Iterator[list[Any]]:
    language = speech().language
    for group in results.groups:
        name = ", ".join(map(str, group.names))
        for question in results.questions:
            words = question.choices_in(language)
            for value, people in group.counts.get(question.id, {}).items():
                answer = value if question.kind == SCALE else words[value]
                yield [name, group.asked, group.answered, question.words_in(language), answer, people]


def _sayings(found: Survey) -> dict[int, list[str]]:
    kept: dict[int, list[str]] = {}
    for row in session().execute(queries.sayings_of(project_id=found.project_id, survey_id=found.id)):
        kept.setdefault(row.question_id, []).append(row.said)
    return kept


def shares_of(group: Group, question: Any, language: str) -> list[tuple[str, int]]:
    """How many chose what, in the order of the choices."""
    counts = group.counts.get(question.id, {})
    return [(words, counts.get(value, 0)) for value, words in enumerate(question.choices_in(language))]


def _found(record_id: int) -> Survey:
    found: Survey = record_to_change(Survey, record_id)
    return found


def _back(record_id: int) -> ResponseReturnValue:
    return redirect(url_for("surveys.survey", project_key=g.project.key, record_id=record_id), 303)


pages_of(
    blueprint, SURVEYS, "surveys", lambda _endpoint: [], say("Surveys"),
    part=("surveys/_survey.html", parts_of_survey),
    listed="surveys/list.html",
)  # fmt: skip
pages_of(blueprint, QUESTIONS, "survey-questions", lambda _endpoint: [], say("Surveys"))
