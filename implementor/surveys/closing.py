"""The end of a survey: answers become counts of groups, in one transaction, and lead to nobody afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.hands import drawn_id, hand_of
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.words import say
from implementor.surveys import queries
from implementor.surveys.answering import LEVEL, Said, field_of
from implementor.surveys.models import (
    ELEMENTS,
    SCALE,
    TEXT,
    Survey,
    SurveyCount,
    SurveyGroup,
    SurveyQuestion,
    SurveySaying,
)
from implementor.surveys.tallying import Reply, Tally, tallied


class CannotCount(Refusal):
    """Some answers belong to no invitation: they were given under another secret of the server."""


def count(session: Session, survey: Survey, key: str) -> int:
    """Write down what groups answered; how many answered. `key` is the server's secret, the salt is still there.

    A question that came back from the archive while people answered was not asked of all, and is left out.
    Raises CannotCount.
    """
    invitations = session.scalars(queries.invitations_of(survey_id=survey.id)).all()
    held = {one.hand: one.said for one in session.scalars(queries.held_of(survey_id=survey.id))}
    by_level = survey.grouping == LEVEL
    units = {hand_of(key, survey.salt or "", one.id): one.unit_id for one in invitations}
    if held.keys() - units.keys():
        raise CannotCount(
            say("Answers were given under another secret of the server. Start it with that one to close.")
        )
    answered = [(unit, held[hand]) for hand, unit in units.items() if hand in held]
    questions = session.scalars(queries.questions_of(survey_id=survey.id)).all()
    numbers = [one for one in questions if one.kind != TEXT and all(field_of(one) in said for _unit, said in answered)]
    replies = [
        Reply(said[LEVEL] if by_level else unit, {one.id: said[field_of(one)] for one in numbers})
        for unit, said in answered
    ]
    asked: Counter[Hashable] = Counter() if by_level else Counter(one.unit_id for one in invitations)
    marks = {one.mark: one.id for one in numbers if one.mark in ELEMENTS and one.kind == SCALE}
    elements = {name: marks[name] for name in ELEMENTS} if len(marks) == len(ELEMENTS) else {}
    for place, tally in enumerate(tallied(replies, asked, elements)):
        _keep(session, survey, place, tally)
    if len(replies) >= FEWEST_PEOPLE:
        _keep_sayings(session, survey, questions, [said for _unit, said in answered])
    return len(replies)


def _keep(session: Session, survey: Survey, place: int, tally: Tally) -> None:
    of = {"survey_id": survey.id, "project_id": survey.project_id, "place": place}
    session.add(
        SurveyGroup(**of, units=sorted(tally.units), asked=tally.asked, answered=tally.answered,
                    barriers=dict(tally.barriers))
    )  # fmt: skip
    session.flush()
    session.add_all(
        SurveyCount(**of, question_id=question_id, value=value, people=people)
        for (question_id, value), people in sorted(tally.counts.items())
    )


def _keep_sayings(
    session: Session, survey: Survey, questions: Sequence[SurveyQuestion], answered: Sequence[Said]
) -> None:
    """What people wrote, each under an id drawn by lot and written in the order of these ids."""
    made: list[SurveySaying] = [
        SurveySaying(
            id=drawn_id(), project_id=survey.project_id, survey_id=survey.id, question_id=question.id, said=text
        )
        for question in questions if question.kind == TEXT
        for said in answered if (text := said.get(field_of(question)))
    ]  # fmt: skip
    made.sort(key=lambda saying: saying.id)
    session.add_all(made)
