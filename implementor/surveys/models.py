"""Tables of surveys: their questions, who is asked, answers while a survey is open, and counts once it is closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.audiences.models import Audience
from implementor.auth.models import UNRECORDED, Named
from implementor.foundation.hands import drawn_id
from implementor.foundation.model import Archivable, Model, Record, table_args

KINDS = ("pulse", "culture", "own")
GROUPINGS = ("team", "area", "level")
DRAFT, OPEN, CLOSED = "draft", "open", "closed"
STATES = (DRAFT, OPEN, CLOSED)
SCALE, CHOICE, TEXT = "scale", "choice", "text"
QUESTION_KINDS = (SCALE, CHOICE, TEXT)
ELEMENTS = ("awareness", "desire", "knowledge", "ability", "reinforcement")
LEVELS = ("leadership", "middle", "front")
OF_SURVEY = ["survey.project_id", "survey.id"]


def _among(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(one) for one in values)})", name=column)


def _of_survey() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["project_id", "survey_id"], OF_SURVEY)


class Survey(Named, Archivable, Record):
    """Questions to an audience, or to everybody whom the project affects, until the end of a day.

    `grouping` says by what answers are told apart: teams or areas, which are those of the day of opening, or levels,
    which people name themselves. `salt` goes into hands and links and is destroyed at the end. `first_id` is the survey
    that this one asks again. `asked` and `answered` count people.
    """

    __tablename__ = "survey"
    __record_kind__: ClassVar[str] = "survey"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        ForeignKeyConstraint(["project_id", "first_id"], OF_SURVEY),
        _among("kind", KINDS),
        _among("grouping", GROUPINGS),
        _among("state", STATES),
        CheckConstraint("remind_days BETWEEN 0 AND 60", name="remind_days"),
        CheckConstraint("state = 'open' OR salt IS NULL", name="salt"),
        Index("ix_survey_list", "project_id", "name_key", "id"),
        Index("ix_survey_kind", "project_id", "kind", "id"),
        Index("ix_survey_state", "project_id", "state", "id"),
        Index("ix_survey_audience", "project_id", "audience_id", "id"),
        Index("ix_survey_first", "project_id", "first_id", "id"),
        Index("ix_survey_closes", "state", "closes_on"),
        Index("ix_survey_day", "project_id", "closes_on", "id"),
        Index("ix_survey_grouping", "project_id", "grouping", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[str] = mapped_column(default="pulse")
    name_es: Mapped[str | None]
    intro: Mapped[str] = mapped_column(default="")
    intro_es: Mapped[str] = mapped_column(default="")
    audience_id: Mapped[int | None]
    grouping: Mapped[str] = mapped_column(default="team")
    closes_on: Mapped[date | None]
    remind_days: Mapped[int] = mapped_column(Integer, default=3)
    state: Mapped[str] = mapped_column(default=DRAFT)
    salt: Mapped[str | None] = mapped_column(info=UNRECORDED)
    first_id: Mapped[int | None]
    opened_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None] = mapped_column(info=UNRECORDED)
    closed_at: Mapped[datetime | None]
    asked: Mapped[int | None] = mapped_column(Integer)
    answered: Mapped[int | None] = mapped_column(Integer)

    audience: Mapped[Audience | None] = relationship(lazy="raise_on_sql", viewonly=True)

    def title_in(self, language: str) -> str:
        """What it is called in a language."""
        return (self.name_es if language == "es" else None) or self.name


class SurveyQuestion(Named, Archivable, Record):
    """A question of a survey: `name` is its words in English or the language of the house.

    `mark` is what it asks for in a shipped questionnaire, such as an element of ADKAR; `choices` has one in each line.
    """

    __tablename__ = "survey_question"
    __record_kind__: ClassVar[str] = "survey_question"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        _of_survey(),
        _among("kind", QUESTION_KINDS),
        CheckConstraint("place BETWEEN 1 AND 999", name="place"),
        Index("ix_survey_question_list", "project_id", "place", "id"),
        Index("ix_survey_question_survey", "project_id", "survey_id", "id"),
        Index("ix_survey_question_kind", "project_id", "kind", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    survey_id: Mapped[int]
    place: Mapped[int] = mapped_column(Integer, default=1)
    kind: Mapped[str] = mapped_column(default=SCALE)
    mark: Mapped[str | None]
    name_es: Mapped[str | None]
    choices: Mapped[str] = mapped_column(default="")
    choices_es: Mapped[str] = mapped_column(default="")

    def words_in(self, language: str) -> str:
        """The question in a language."""
        return (self.name_es if language == "es" else None) or self.name

    def choices_in(self, language: str) -> list[str]:
        """Its choices in a language, in their order."""
        kept = (self.choices_es if language == "es" else "") or self.choices
        return [line.strip() for line in kept.splitlines() if line.strip()]


class SurveyInvitation(Model):
    """The fact that somebody is asked. Whether they answered is not written down anywhere.

    `unit_id` is their team or area on the day of opening, 0 for none.
    """

    __tablename__ = "survey_invitation"
    __table_args__ = table_args(
        _of_survey(),
        ForeignKeyConstraint(["project_id", "person_id"], ["affected_person.project_id", "affected_person.id"]),
        UniqueConstraint("survey_id", "person_id"),
        Index("ix_survey_invitation_untold", "survey_id", "told_at"),
        Index("ix_survey_invitation_person", "project_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    survey_id: Mapped[int]
    person_id: Mapped[int]
    unit_id: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]


class HeldAnswer(Model):
    """What one hand answered while the survey is open: no person, no moment, no number in the order of arrival."""

    __tablename__ = "survey_held_answer"
    __table_args__ = (_of_survey(), Index("ix_survey_held_answer_survey", "survey_id"), {"sqlite_with_rowid": False})

    hand: Mapped[str] = mapped_column(String(64), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    survey_id: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)


class SurveyGroup(Model):
    """A group of a closed survey: units that have five answers or more together, and where their barriers are.

    `units` are ids of teams or areas, or names of levels; `barriers` counts people by the element that holds them back.
    """

    __tablename__ = "survey_group"
    __table_args__ = (_of_survey(),)

    survey_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    units: Mapped[list[Any]] = mapped_column(JSON)
    asked: Mapped[int | None] = mapped_column(Integer)
    answered: Mapped[int] = mapped_column(Integer)
    barriers: Mapped[dict[str, int]] = mapped_column(JSON)


class SurveyCount(Model):
    """How many of a group gave one answer to one question: all that is left of who answered what."""

    __tablename__ = "survey_count"
    __table_args__ = (
        _of_survey(),
        ForeignKeyConstraint(["project_id", "question_id"], ["survey_question.project_id", "survey_question.id"]),
        ForeignKeyConstraint(["survey_id", "place"], ["survey_group.survey_id", "survey_group.place"]),
        Index("ix_survey_count_question", "project_id", "question_id"),
    )

    survey_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    question_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    people: Mapped[int] = mapped_column(Integer)


class SurveySaying(Model):
    """What somebody wrote, of no group, in an order drawn by lot."""

    __tablename__ = "survey_saying"
    __table_args__ = (
        _of_survey(),
        ForeignKeyConstraint(["project_id", "question_id"], ["survey_question.project_id", "survey_question.id"]),
        Index("ix_survey_saying_question", "project_id", "survey_id", "question_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=drawn_id)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    survey_id: Mapped[int]
    question_id: Mapped[int]
    said: Mapped[str]
