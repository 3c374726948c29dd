"""Answering: the surveys that ask oneself, and the link of an invitation for whoever has no login."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth.guests import come_later, quietly
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.hands import hand_of, ticket_of
from implementor.foundation.permissions import ANYONE
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.surveys import permissions, queries, services
from implementor.surveys.answering import LEVEL, LONGEST_SAID, field_of, read_answers
from implementor.surveys.catalogue import LEVEL_NAMES
from implementor.surveys.models import OPEN, HeldAnswer, Survey, SurveyInvitation, SurveyQuestion
from implementor.surveys.telling import secret
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import session

blueprint = Blueprint("own_surveys", __name__, url_prefix="/surveys")
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
    hands = {_hand(*row[:2]): row.SurveyInvitation.id for row in rows if row.Survey.salt is not None}
    answered = {hands[hand] for hand in session().scalars(queries.hands_among(hands))} if hands else set()
    return draw("surveys/mine.html", rows=rows, answered=answered, language=speech().language, is_open=OPEN)


@blueprint.get("/<int:invitation_id>")
@allow(permissions.OWN)
def form(invitation_id: int) -> Response:
    """The questions, with what was answered before."""
    survey, invitation = _own(invitation_id)
    return _draw(survey, invitation, _before(survey, invitation), {})


@blueprint.post("/<int:invitation_id>")
@allow(permissions.OWN)
def answer(invitation_id: int) -> ResponseReturnValue:
    """Hold the answers until the survey closes."""
    survey, invitation = _own(invitation_id)
    faults = _keep(survey, invitation)
    if faults:
        return _draw(survey, invitation, request.form, faults, status=422)
    tell_done(say("Thank you. Until the survey closes you can change what you answered."))
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
    later = come_later()
    if later is not None:
        return later
    found = _by_ticket()
    if found is None:
        return quietly(draw("surveys/shut.html", 404))
    return quietly(_draw(*found, _before(*found), {}, is_guest=True))


@blueprint.post("/link")
@allow(ANYONE)
def answer_by_link() -> ResponseReturnValue:
    """Hold the answers until the survey closes."""
    later = come_later()
    if later is not None:
        return later
    found = _by_ticket()
    if found is None:
        return quietly(draw("surveys/shut.html", 404))
    faults = _keep(*found)
    if faults:
        return quietly(_draw(*found, request.form, faults, is_guest=True, status=422))
    return quietly(draw("surveys/thanks.html", survey=found[0]))


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
    """An invitation of the reader to an open survey; for others there is none."""
    row = session().execute(queries.invitation_by_id(invitation_id=invitation_id)).one_or_none()
    if row is None or row.user_id is None or row.user_id != actor().user_id or row.Survey.state != OPEN:
        raise NotFound("survey")
    return row.Survey, row.SurveyInvitation


def _by_ticket() -> tuple[Survey, SurveyInvitation] | None:
    number, _, ticket = browser_session.get(HELD, "").partition("-")
    invitation_id = whole_number(number)
    if not invitation_id or invitation_id >= 2**62:
        return None
    row = session().execute(queries.invitation_by_id(invitation_id=invitation_id)).one_or_none()
    if row is None or row.Survey.state != OPEN or row.Survey.salt is None:
        return None
    is_right = hmac.compare_digest(ticket.encode(), ticket_of(secret(), row.Survey.salt, invitation_id).encode())
    return (row.Survey, row.SurveyInvitation) if is_right else None


def _hand(survey: Survey, invitation: SurveyInvitation) -> str:
    return hand_of(secret(), survey.salt or "", invitation.id)


def _before(survey: Survey, invitation: SurveyInvitation) -> Mapping[str, Any]:
    """What this invitation answered so far."""
    held = session().get(HeldAnswer, _hand(survey, invitation))
    return {} if held is None else {name: str(value) for name, value in held.said.items()}


def _draw(
    survey: Survey, invitation: SurveyInvitation, typed: Mapping[str, Any], faults: Mapping[str, Any], *,
    is_guest: bool = False, status: int = 200,
) -> Response:  # fmt: skip
    there = (
        url_for("own_surveys.answer_by_link")
        if is_guest
        else url_for("own_surveys.answer", invitation_id=invitation.id)
    )
    return draw(
        "surveys/form.html", status, survey=survey, typed=typed, faults=faults, there=there, is_guest=is_guest,
        questions=session().scalars(queries.questions_of(survey_id=survey.id)).all(), language=speech().language,
        levels=LEVEL_NAMES if survey.grouping == LEVEL else {}, field_of=field_of, choices_of=_choices,
        scale=SCALE_WORDS, longest=LONGEST_SAID,
    )  # fmt: skip


def _choices(question: SurveyQuestion) -> list[tuple[int, str]]:
    return list(enumerate(question.choices_in(speech().language)))
