"""What the fields of surveys and of their questions are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from implementor.audiences.catalogue.shared import LONGEST_TEXT, audience_field, joined, name_field, named_entity
from implementor.foundation.fields import Choice, Field, Kind, Scope
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.surveys.models import DRAFT, Survey, SurveyQuestion

KINDS = (
    Choice("pulse", say("Pulse (ADKAR)")),
    Choice("culture", say("Customer culture")),
    Choice("own", say("Own questions")),
)
GROUPINGS = (
    Choice("team", say("By team")), Choice("area", say("By area")), Choice("level", say("By level, as people say"))
)  # fmt: skip
STATES = (
    Choice("draft", say("Being written"), "neutral"),
    Choice("open", say("Can be answered"), "ok"),
    Choice("closed", say("Closed and counted"), "review"),
)
QUESTION_KINDS = (
    Choice("scale", say("From 1 to 5")), Choice("choice", say("One of several")), Choice("text", say("In words"))
)  # fmt: skip
LEVEL_NAMES = {"leadership": say("Leadership"), "middle": say("Middle management"), "front": say("Front line")}
LONGEST_QUESTION = 300
of_survey, of_question = Survey.__table__.c, SurveyQuestion.__table__.c


def drafts_offered(scope: Scope) -> Rows:
    """The (id, name) rows of surveys whose questions can be changed."""
    found = select(Survey.id, Survey.name).where(
        Survey.project_id == scope.project_id, Survey.archived_at.is_(None), Survey.state == DRAFT
    )
    return found.order_by(Survey.name_key, Survey.id)


SURVEY = named_entity(
    Survey, say("Survey"), say("Surveys"),
    ("name", "kind", "state", "grouping", "audience_id", "closes_on", "asked", "answered"),
)  # fmt: skip
SURVEY_QUESTION = named_entity(
    SurveyQuestion, say("Question of a survey"), say("Questions of surveys"), ("place", "name", "kind", "survey_id"),
    "place",
)  # fmt: skip


def _choice(column: Any, label: Any, choices: tuple[Choice, ...], **more: Any) -> Field:
    return Field(column.name, Kind.CHOICE, label, column, choices=choices, nullable=False, filterable=True,
                 groupable=True, **more)  # fmt: skip


def _count(column: Any, label: Any, **more: Any) -> Field:
    return Field(column.name, Kind.WHOLE, label, column, **more)


if not SURVEY.fields:
    SURVEY.declare(
        (
            name_field(Survey, say("Name")),
            Field("name_es", Kind.LINE, say("Name in Spanish"), of_survey.name_es, longest=160, width="wide"),
            _choice(of_survey.kind, say("Questionnaire"), KINDS, required=True, begins=lambda _scope: "pulse",
                    hint=say("Its questions are written down with the survey and can be changed until it opens.")),
            _choice(of_survey.state, say("State"), STATES, editable=False),
            audience_field(Survey, say("Who is asked"), hint=say("Left empty, everybody whom the project affects.")),
            _choice(of_survey.grouping, say("Answers told"), GROUPINGS, required=True, begins=lambda _scope: "team",
                    hint=say("Groups of fewer than five answers are told together with others.")),
            Field("closes_on", Kind.DATE, say("Can be answered until"), of_survey.closes_on, sortable=True,
                  filterable=True),
            _count(of_survey.remind_days, say("Reminds so many days before"), minimum=Decimal(0), maximum=Decimal(60),
                   nullable=False, begins=lambda _scope: 3),
            Field("intro", Kind.TEXT, say("What it is for"), of_survey.intro, longest=LONGEST_TEXT, nullable=False),
            Field("intro_es", Kind.TEXT, say("What it is for, in Spanish"), of_survey.intro_es, longest=LONGEST_TEXT,
                  nullable=False),
            _count(of_survey.asked, say("People asked"), editable=False),
            _count(of_survey.answered, say("Have answered"), editable=False),
        )
    )  # fmt: skip
    SURVEY_QUESTION.declare(
        (
            joined(SurveyQuestion, Survey, "survey_id", say("Survey"), drafts_offered, required=True, nullable=False),
            _count(of_question.place, say("Order in the survey"), required=True, nullable=False, minimum=Decimal(1),
                   maximum=Decimal(999), sortable=True, begins=lambda _scope: 10),
            name_field(SurveyQuestion, say("Question"), longest=LONGEST_QUESTION),
            Field("name_es", Kind.LINE, say("Question in Spanish"), of_question.name_es, longest=LONGEST_QUESTION,
                  width="wide"),
            _choice(of_question.kind, say("Way of answering"), QUESTION_KINDS, required=True,
                    begins=lambda _scope: "scale"),
            Field("choices", Kind.TEXT, say("Choices, one in each line"), of_question.choices, longest=2000,
                  nullable=False),
            Field("choices_es", Kind.TEXT, say("Choices in Spanish, in the same order"), of_question.choices_es,
                  longest=2000, nullable=False),
        )
    )  # fmt: skip
