"""Answering: the surveys that ask oneself, and the link of an invitation for whoever has no login."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth.guests import come_later, quietly
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.hands import is_ticket
from implementor.foundation.permissions import ANYONE
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.surveys import permissions, queries, services
from implementor.surveys.answering import LEVEL, LONGEST_SAID, field_of, read_answers
from implementor.surveys.catalogue import LEVEL_NAMES
from implementor.surveys.models import OPEN, Survey, SurveyInvitation, SurveyQuestion
from implementor.surveys.telling import secret
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import session

blueprint = Blueprint("own_surveys", __name__, url_prefix="/surveys")


@blueprint.before_request
def write_down_nobody() -> None:
    """The log of requests must not say who answered when."""
    g.is_unnamed = True


HELD = "survey_ticket"
LONGEST_TICKET = 200
SCALE_WORDS = {
    1: say("1, not at all"), 2: say("2, rather not"), 3: say("3, partly"), 4: say("4, rather"), 5: say("5, fully")
}  # fmt: skip


@blueprint.get("/")
@allow(permissions.OWN)
def mine() -> Response:
    """The surveys that ask or asked the reader."""
    rows = session().execute(queries.own_invitations(user_id=actor().user_id or 0).limit(100)).all()
    return draw("surveys/mine.html", rows=rows, language=speech().language, is_open=OPEN)


@blueprint.get("/<int:invitation_id>")
@allow(permissions.OWN)
def form(invitation_id: int) -> Response:
    """The questions. What was answered before is shown to nobody, whoever the login is linked with by now."""
    return _draw(*_own(invitation_id), {}, {})


@blueprint.post("/<int:invitation_id>")
@allow(permissions.OWN)
def answer(invitation_id: int) -> ResponseReturnValue:
    """Hold the answers until the survey closes."""
    survey, invitation = _own(invitation_id)
    faults = _keep(survey, invitation)
    if faults:
        return _draw(survey, invitation, request.form, faults, status=422)
    tell_done(say("Thank you. Until the survey closes you can answer anew; the last answer counts."))
    return redirect(url_for("own_surveys.mine"), 303)


@blueprint.get("/link/<token>")
@allow(ANYONE)
def open_link(token: str) -> ResponseReturnValue:
    """Take the ticket out of the address, so that it stays in no history, log or Referer header."""
    browser_session[HELD] = token[:LONGEST_TICKET]
    return quietly(redirect(url_for("own_surveys.by_link"), 303))


@blueprint.get("/link")
@allow(ANYONE)
def by_link() -> ResponseReturnValue:
    """The questions for whoever holds the link; one answer for every link that opens nothing."""
    found = _by_ticket()
    return _shut() if found is None else quietly(_draw(*found, {}, {}, is_guest=True))


@blueprint.post("/link")
@allow(ANYONE)
def answer_by_link() -> ResponseReturnValue:
    """Hold the answers until the survey closes, and forget the ticket: others may sit at this browser next."""
    found = _by_ticket()
    if found is None:
        return _shut()
    faults = _keep(*found)
    if faults:
        return quietly(_draw(*found, request.form, faults, is_guest=True, status=422))
    browser_session.pop(HELD, None)
    return quietly(draw("surveys/thanks.html", survey=found[0]))


def _shut() -> ResponseReturnValue:
    """Only tickets that open nothing are counted: a whole office may answer behind one address."""
    return come_later() or quietly(draw("surveys/shut.html", 404))


def _keep(survey: Survey, invitation: SurveyInvitation) -> Mapping[str, Any]:
    """Keep what was typed; the faults by field where something is missing."""
    questions = session().scalars(queries.questions_of(survey_id=survey.id)).all()
    try:
        said = read_answers(questions, request.form, by_level=survey.grouping == LEVEL)
    except InvalidInput as fault:
        return fault.errors
    services.answer(session(), survey, invitation, said, key=secret())
    return {}


def _own(invitation_id: int) -> tuple[Survey, SurveyInvitation]:
    """An invitation of the reader; for others there is none. Raises NotAnswerable once the survey is closed."""
    row = session().execute(queries.invitation_by_id(invitation_id=invitation_id)).one_or_none()
    if row is None or row.user_id is None or row.user_id != actor().user_id:
        raise NotFound("survey")
    if row.Survey.state != OPEN:
        raise services.NotAnswerable(say("This survey is closed."))
    return row.Survey, row.SurveyInvitation


def _by_ticket() -> tuple[Survey, SurveyInvitation] | None:
    number, _, ticket = browser_session.get(HELD, "").partition("-")
    invitation_id = whole_number(number)
    if not invitation_id or invitation_id >= 2**62:
        return None
    row = session().execute(queries.invitation_by_id(invitation_id=invitation_id)).one_or_none()
    if row is None or row.Survey.state != OPEN or row.Survey.salt is None:
        return None
    is_right = is_ticket(ticket, secret(), row.Survey.salt, invitation_id)
    return (row.Survey, row.SurveyInvitation) if is_right else None


def _draw(
    survey: Survey, invitation: SurveyInvitation, typed: Mapping[str, Any], faults: Mapping[str, Any], *,
    is_guest: bool = False, status: int = 200,
) -> Response:  # fmt: skip
    questions = session().scalars(queries.questions_of(survey_id=survey.id)).all()
    there = (
        url_for("own_surveys.answer_by_link")
        if is_guest
        else url_for("own_surveys.answer", invitation_id=invitation.id)
    )
    return draw(
        "surveys/form.html", status, survey=survey, typed=typed, faults=faults, there=there, is_guest=is_guest,
        questions=questions, language=speech().language,
        levels=LEVEL_NAMES if survey.grouping == LEVEL else {}, field_of=field_of, choices_of=_choices,
        labels=_labels(faults, questions),
        scale=SCALE_WORDS, longest=LONGEST_SAID,
    )  # fmt: skip


def _choices(question: SurveyQuestion) -> list[tuple[int, str]]:
    return list(enumerate(question.choices_in(speech().language)))


def _labels(faults: Mapping[str, Any], questions: Sequence[SurveyQuestion]) -> dict[str, Any]:
    """What the questions with a fault ask, to lead to them."""
    asked = {field_of(one): one.words_in(speech().language) for one in questions}
    return {name: asked.get(name, say("Where do you work?")) for name in faults}
