"""What people of the first rollout answered in the demo world: a pulse before the second wave, and one that is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.surveys.answering import field_of
from implementor.surveys.models import Survey
from implementor.surveys.queries import invitations_of, questions_of
from implementor.surveys.services import answer, ask_again, change_survey, close_survey, open_survey, write_survey

PLACE = "VEN"
PULSE = {
    "name": "How the change is going", "name_es": "Cómo va el cambio", "kind": "pulse", "grouping": "area",
    "intro": "Five sentences, two minutes. What you say helps to plan the next weeks.",
    "intro_es": "Cinco frases, dos minutos. Lo que diga ayuda a planear las próximas semanas.",
}  # fmt: skip
CULTURE = {
    "name": "How we treat our customers", "name_es": "Cómo tratamos a nuestros clientes", "kind": "culture",
    "grouping": "level",
}  # fmt: skip
SAID = (
    (5, 4, 3, 3, 3), (4, 4, 2, 2, 3), (5, 5, 4, 3, 2), (4, 3, 3, 2, 3), (5, 4, 4, 4, 4), (4, 4, 3, 3, 2),
    (3, 4, 2, 2, 3),
)  # fmt: skip
"""What those answer of the pulse who answer: awareness, desire, knowledge, ability, reinforcement."""
LEVELS = ("middle", "front", "front", "front", "front", "front", "leadership")
KEY = "demo"
"""The worker never sees these hands: both surveys are closed here."""


def plan_surveys(play: Play) -> None:
    """Plan that the change lead asks twice and prepares a third survey, which is open."""
    held: dict[str, Any] = {}
    for name, wanted, days in (("culture", CULTURE, 19.2), ("pulse", PULSE, 18.4)):
        play.plan(days, "change", lambda *deed, name=name, wanted=wanted: _open(play, held, name, wanted, *deed), PLACE)
        play.plan(days - 4.5, "change", lambda *deed, name=name: _close(held, name, *deed), PLACE)
    play.plan(1.6, "change", lambda *deed: _again(play, held, *deed), PLACE)


def _open(
    play: Play, held: dict[str, Any], name: str, wanted: dict[str, Any], session: Session, by: Actor, at: datetime
) -> None:
    values = {**wanted, "closes_on": at.date(), "remind_days": 0}
    survey = write_survey(session, play.places[PLACE].project_id, values, by=by, at=at)
    open_survey(session, survey, today=at.date(), by=by, at=at)
    held[name] = survey


def _close(held: dict[str, Any], name: str, session: Session, by: Actor, at: datetime) -> None:
    survey: Survey = held[name]
    questions = session.scalars(questions_of(survey_id=survey.id)).all()
    invitations = session.scalars(invitations_of(survey_id=survey.id))
    for number, (invitation, values) in enumerate(zip(invitations, SAID, strict=False)):
        said: dict[str, Any] = {field_of(one): values[place % len(values)] for place, one in enumerate(questions)}
        if survey.grouping == "level":
            said["level"] = LEVELS[number]
        answer(session, survey, invitation, said, key=KEY)
    close_survey(session, survey, key=KEY, by=by, at=at)


def _again(play: Play, held: dict[str, Any], session: Session, by: Actor, at: datetime) -> None:
    survey = ask_again(session, held["pulse"], by=by, at=at)
    change_survey(session, survey, {"closes_on": play.day(-6)}, by=by, at=at)
    open_survey(session, survey, today=at.date(), by=by, at=at)
