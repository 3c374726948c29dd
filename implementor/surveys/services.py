"""What can happen to a survey: written, opened, answered, closed, asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from implementor.audiences.services.records import change_record, write_record
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.hands import fresh_salt, hand_of
from implementor.foundation.permissions import Actor
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.surveys import closing, queries
from implementor.surveys.answering import Said
from implementor.surveys.models import CLOSED, DRAFT, OPEN, HeldAnswer, Survey, SurveyInvitation, SurveyQuestion
from implementor.surveys.questionnaires import questions_for


class NotADraft(Refusal):
    """People are asked or were asked: what they answered belongs to these words."""


class CannotOpen(Refusal):
    """Something is missing before people can be asked."""


class NotAnswerable(Refusal):
    """The survey is not open."""


def write_survey(session: Session, project_id: int, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Survey:
    """Write down a survey with its questionnaire. `values` are catalogue values. Raises InvalidInput."""
    survey: Survey = write_record(session, Survey, project_id=project_id, values=values, by=by, at=at)
    _ask(session, survey, [{"kind": "scale", "mark": one["mark"], "name": one["en"], "name_es": one["es"]}
                           for one in questions_for(survey.kind)])  # fmt: skip
    return survey


def change_survey(session: Session, survey: Survey, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Describe a survey anew. Raises InvalidInput and NotADraft."""
    if values.get("kind", survey.kind) != survey.kind:
        raise InvalidInput({"kind": say("It is chosen once. Write another survey for another questionnaire.")})
    change_record(session, survey, values, by=by, at=at)


def refuse_unless_draft(survey: Survey) -> None:
    """Raises NotADraft."""
    if survey.state != DRAFT:
        raise NotADraft(say("People were asked already. Ask again with a new survey to change something."))


def open_survey(session: Session, survey: Survey, *, today: date, by: Actor, at: datetime) -> int:
    """Ask people from now on; answers how many. Their groups are those of today. Raises NotADraft and CannotOpen."""
    refuse_unless_draft(survey)
    if survey.closes_on is None or survey.closes_on < today:
        raise CannotOpen(say("Say until which day it can be answered, today or later."))
    if session.scalars(queries.questions_of(survey_id=survey.id).limit(1)).first() is None:
        raise CannotOpen(say("Write at least one question."))
    asked = queries.people_to_ask(project_id=survey.project_id, audience_id=survey.audience_id, today=today)
    people = session.execute(asked).all()
    if len(people) < FEWEST_PEOPLE:
        raise CannotOpen(say("Fewer than %(count)s people would be asked: nothing of what they answer could be told.",
                             count=FEWEST_PEOPLE))  # fmt: skip
    rows = [
        {"project_id": survey.project_id, "survey_id": survey.id, "person_id": row.id,
         "unit_id": {"team": row.team_id, "area": row.area_id}.get(survey.grouping) or 0}
        for row in people
    ]  # fmt: skip
    session.execute(insert(SurveyInvitation), rows)
    survey.state, survey.opened_at, survey.asked, survey.salt = OPEN, at, len(rows), fresh_salt()
    _name(session, survey, "open", say("Opened a survey"))
    return len(rows)


def answer(session: Session, survey: Survey, invitation: SurveyInvitation, said: Said, *, key: str) -> None:
    """Hold what somebody answered until the survey closes; a second answer takes the place of the first.

    `key` is the server's secret. History does not hear of it. Raises NotAnswerable.
    """
    session.refresh(survey, with_for_update=True)
    if survey.state != OPEN or survey.salt is None:
        raise NotAnswerable(say("This survey is closed."))
    hand = hand_of(key, survey.salt, invitation.id)
    held = session.get(HeldAnswer, hand)
    if held is None:
        held = HeldAnswer(hand=hand, project_id=survey.project_id, survey_id=survey.id)
        session.add(held)
    held.said = dict(said)
    session.flush()


def close_survey(session: Session, survey: Survey, *, key: str, by: Actor, at: datetime) -> None:
    """Count the answers and destroy what they were counted from. Raises NotAnswerable where it is not open."""
    session.refresh(survey, with_for_update=True)
    if survey.state != OPEN or survey.salt is None:
        raise NotAnswerable(say("Only an open survey can be closed."))
    survey.answered = closing.count(session, survey, key)
    session.execute(delete(HeldAnswer).where(HeldAnswer.survey_id == survey.id))
    survey.state, survey.closed_at, survey.salt = CLOSED, at, None
    _name(session, survey, "close", say("Closed a survey"))


def ask_again(session: Session, survey: Survey, *, by: Actor, at: datetime) -> Survey:
    """A draft with the same words for the same people, to be compared with those before. Raises NotAnswerable."""
    if survey.state != CLOSED:
        raise NotAnswerable(say("Close this one first: two at once could be told apart by who answered both."))
    same = ("name", "name_es", "kind", "intro", "intro_es", "audience_id", "grouping", "remind_days")
    again = Survey(project_id=survey.project_id, first_id=survey.first_id or survey.id,
                   **{name: getattr(survey, name) for name in same})  # fmt: skip
    session.add(again)
    session.flush()
    kept = ("kind", "mark", "name", "name_es", "choices", "choices_es")
    questions = session.scalars(queries.questions_of(survey_id=survey.id))
    _ask(session, again, [{name: getattr(one, name) for name in kept} for one in questions])
    _name(session, again, "again", say("Prepared a survey to be asked again"))
    return again


def _ask(session: Session, survey: Survey, questions: list[dict[str, Any]]) -> None:
    session.add_all(
        SurveyQuestion(project_id=survey.project_id, survey_id=survey.id, place=place, **one)
        for place, one in enumerate(questions, 1)
    )
    session.flush()


def _name(session: Session, survey: Survey, verb: str, summary: Any) -> None:
    name_action(session, summary, verb=f"survey.{verb}", project_id=survey.project_id)
    session.flush()
