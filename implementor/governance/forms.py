"""What people fill in about records of governance beside the fields of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.governance.models import Decision
from implementor.governance.voting import offered_to
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say


class TakeForm(Form):
    """What was decided and why."""

    outcome = TextAreaField(say("What is decided"))
    reason = TextAreaField(say("Why"))


class VoteForm(Form):
    """What one person is for."""

    choice = RadioField(say("Your vote"), validate_choice=False)
    remark = StringField(say("Remark"), render_kw={"maxlength": 500})

    @classmethod
    def on(cls, decision: Decision, given: str | None = None) -> VoteForm:
        """The form with the choices of a question and what was voted before."""
        form = cls()
        form.choice.choices = offered(offered_to(decision))
        if not form.is_submitted():
            form.choice.data = given
        return form


class AnswerForm(Form):
    """What is answered to a request for change, and why."""

    answer = RadioField(
        say("Answer"),
        choices=offered((("approved", say("Approve")), ("refused", say("Refuse")), ("postponed", say("Postpone")))),
        validate_choice=False,
    )
    reason = TextAreaField(say("Why"))


class TermForm(Form):
    """For how long somebody holds a role, who stands in, and what they may do."""

    starts_on = DateField(say("From"), validators=[Optional()])
    ends_on = DateField(say("Until"), validators=[Optional()])
    deputy_id = SelectField(say("Deputy"), validate_choice=False)
    mandate = TextAreaField(say("Mandate"), description=say("What the role decides alone, and up to which limits."))

    def offer(self, people: Iterable[Any]) -> TermForm:
        """The form with the people who may be deputy."""
        self.deputy_id.choices = offered([EMPTY_CHOICE, *((one.id, one.name) for one in people)])
        return self

    def wanted(self) -> dict[str, Any]:
        """What the service is told. Raises InvalidInput for what is no day."""
        return {
            "starts_on": _day(self.starts_on), "ends_on": _day(self.ends_on),
            "deputy_id": whole_number(str(self.deputy_id.data or "")), "mandate": self.mandate.data or "",
        }  # fmt: skip


class HandOverForm(Form):
    """Which role is carried by whom, from when to when, and why."""

    role = SelectField(say("Role"), validate_choice=False)
    to_id = SelectField(say("Carried by"), validate_choice=False)
    starts_on = DateField(say("From"), validators=[Optional()], render_kw={"required": True})
    ends_on = DateField(say("Until"), validators=[Optional()], render_kw={"required": True})
    reason = StringField(say("Why"), render_kw={"maxlength": 200, "required": True})

    def offer(self, roles: Iterable[tuple[Any, Any]], people: Iterable[Any]) -> HandOverForm:
        """The form with the roles one holds and the people who may carry them."""
        self.role.choices = offered(roles)
        self.to_id.choices = offered((one.id, one.name) for one in people)
        return self

    def wanted(self) -> dict[str, Any]:
        """What the service is told. Raises InvalidInput for what is no day."""
        days = {"starts_on": _day(self.starts_on), "ends_on": _day(self.ends_on)}
        missing = [name for name, day in days.items() if day is None]
        if missing:
            raise InvalidInput({name: say("Choose a day.") for name in missing})
        return {**days, "to_id": whole_number(str(self.to_id.data or "")) or 0, "reason": self.reason.data or ""}


class SuccessorForm(Form):
    """Who takes over."""

    successor_id = SelectField(say("Successor"), validate_choice=False)


def _day(field: DateField) -> Any:
    if field.data is None and field.raw_data and field.raw_data[0]:
        raise InvalidInput({field.name: say("Choose a day.")})
    return field.data
