"""Surveys and their questions as the shared pages know them, and what is wrong with what was typed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from implementor.audiences.services.records import MANNERS, Faults, Manner, restore_record
from implementor.audiences.shown import Shown, declare_shown
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.surveys import permissions
from implementor.surveys.catalogue import SURVEY, SURVEY_QUESTION
from implementor.surveys.models import CHOICE, DRAFT, Survey, SurveyQuestion
from implementor.surveys.services import NotADraft, change_survey, refuse_unless_draft, write_survey

SURVEYS = Shown(SURVEY, "survey", "surveys", say("New survey"), permissions.VIEW, permissions.EDIT, "surveys")
QUESTIONS = Shown(
    SURVEY_QUESTION, "question", "questions", say("New question"), permissions.VIEW, permissions.EDIT, "surveys"
)


def declare() -> None:
    """Make both kinds known; doing it twice changes nothing."""
    MANNERS[Survey] = Manner(say("Wrote a survey"), say("Changed a survey"), lambda _session, _one: {},
                             refuse_unless_draft)  # fmt: skip
    MANNERS[SurveyQuestion] = Manner(
        say("Wrote a question of a survey"), say("Changed a question of a survey"), faults_of_question, refuse_asked
    )
    declare_shown(
        SURVEYS,
        change=lambda of, found, values, by, at: change_survey(of, found, values, by=by, at=at),
        create=lambda of, scope, values, by, at: write_survey(of, scope.project_id or 0, values, by=by, at=at),
        may_change=lambda _scope: Survey.state == DRAFT,
        why_not=lambda found: say("%(name)s was asked already. Ask it again to change something.", name=found.name),
    )
    declare_shown(
        QUESTIONS,
        may_change=lambda _scope: select(Survey.id).where(
            Survey.id == SurveyQuestion.survey_id, Survey.state == DRAFT
        ).exists(),
        why_not=lambda _found: say("People were asked already. Ask again with a new survey to change something."),
    )  # fmt: skip
    undoable["survey"] = Restorer(Survey, restore_record, permissions.EDIT, asks_to_put_away=True)
    undoable["survey_question"] = Restorer(SurveyQuestion, restore_record, permissions.EDIT, asks_to_put_away=True)
    for verb in ("open", "close"):
        undone_elsewhere[f"survey.{verb}"] = say("People were asked. Ask again with a new survey.")


def refuse_asked(question: Any) -> None:
    """Raises NotADraft once its survey was opened."""
    session = object_session(question)
    survey = session.get(Survey, question.survey_id) if session is not None and question.survey_id else None
    if survey is not None:
        refuse_unless_draft(survey)


def faults_of_question(session: Session, question: Any) -> Faults:
    """Choices need two at least, the same number in both languages; words that were asked are not changed."""
    survey = session.get(Survey, question.survey_id) if question.survey_id else None
    if survey is None or survey.project_id != question.project_id:
        return {"survey_id": say("Choose a survey.")}
    if survey.state != DRAFT:
        raise NotADraft(say("People were asked already. Ask again with a new survey to change something."))
    if question.kind != CHOICE:
        return {}
    count = len(question.choices_in("en"))
    if count < 2:
        return {"choices": say("Write two choices at least, one in each line.")}
    if question.choices_es.strip() and len(question.choices_in("es")) != count:
        return {"choices_es": say("Write as many choices as in the other language.")}
    return {}
