"""What people fill in about meetings beside the fields of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from implementor.committees.catalogue import ANSWERS
from implementor.committees.deciding import Said
from implementor.committees.proposals import Subject
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say


class PointForm(Form):
    """A point of one's own."""

    title = StringField(say("Point"), render_kw={"maxlength": 300, "required": True})
    detail = TextAreaField(say("What it is about"))
    length_minutes = IntegerField(say("Minutes"), default=5, validators=[Optional()])
    project = SelectField(say("Project"), validate_choice=False)

    def among(self, projects: Iterable[Any]) -> PointForm:
        """The form with the projects of a programme that it may be about; without any it is of the project at hand."""
        self.project.choices = offered([EMPTY_CHOICE, *((one.id, f"{one.key} · {one.name}") for one in projects)])
        return self

    @property
    def project_id(self) -> int | None:
        """The project that was chosen."""
        return whole_number(str(self.project.data or ""))


class AnswerForm(Form):
    """What the committee answers to a point; what its subject does not ask for is left out of the page."""

    outcome = TextAreaField(say("What is decided"))
    day = DateField(say("Day"), validators=[Optional()])
    reason = TextAreaField(say("Why"))

    def said(self, answer: str) -> Said:
        """What the service is told. Raises InvalidInput for what is no day."""
        return Said(answer, self.reason.data or "", self.outcome.data or "", day_of(self.day))


class NoteForm(Form):
    """What was said about a point."""

    note = TextAreaField(say("Notes"))


class GiveForm(Form):
    """What somebody is given to do."""

    title = StringField(say("What is to be done"), render_kw={"maxlength": 200, "required": True})
    owner_id = SelectField(say("Who does it"), validate_choice=False)
    due_on = DateField(say("Due on"), validators=[Optional()])

    def offer(self, people: Iterable[Any]) -> GiveForm:
        """The form with the people who may do it."""
        self.owner_id.choices = offered([EMPTY_CHOICE, *((one.id, one.name) for one in people)])
        return self

    def wanted(self) -> dict[str, Any]:
        """What the service is told. Raises InvalidInput for what is no day."""
        return {
            "title": self.title.data or "", "owner_id": whole_number(str(self.owner_id.data or "")),
            "due_on": day_of(self.due_on),
        }  # fmt: skip


class VoteForm(Form):
    """What one person is for."""

    choice = RadioField(say("Your vote"), validate_choice=False)


class MinutesForm(Form):
    """The minutes."""

    minutes = TextAreaField(say("Minutes"), render_kw={"rows": 24})


class BetweenForm(Form):
    """What somebody decides alone between meetings."""

    project = SelectField(say("Project"), validate_choice=False)
    question = StringField(say("Question"), render_kw={"maxlength": 300, "required": True})
    outcome = TextAreaField(say("What is decided"))
    reason = TextAreaField(say("Why"))

    def among(self, projects: Iterable[Any]) -> BetweenForm:
        """The form with the projects of a programme, one of which it is about."""
        self.project.choices = offered([EMPTY_CHOICE, *((one.id, f"{one.key} · {one.name}") for one in projects)])
        return self

    @property
    def project_id(self) -> int | None:
        """The project that was chosen."""
        return whole_number(str(self.project.data or ""))


def day_of(field: DateField) -> date | None:
    """The day that was typed, None for none. Raises InvalidInput for what is no day."""
    if field.data is None and field.raw_data and field.raw_data[0]:
        raise InvalidInput({field.name: say("Choose a day.")})
    found: date | None = field.data
    return found


def answers_of(subject: Subject) -> list[Any]:
    """The answers that a subject takes, in the order of their keys."""
    return [choice for choice in ANSWERS if choice.key in subject.answers]
