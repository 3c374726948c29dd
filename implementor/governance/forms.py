"""What people fill in about records of governance beside the fields of the catalogue."""

from __future__ import annotations

from wtforms import RadioField, StringField, TextAreaField

from implementor.governance.models import Decision
from implementor.governance.voting import offered_to
from implementor.web.forms import Form, offered, say


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
        choices=offered((("approved", say("Approve")), ("refused", say("Refuse")), ("postponed", say("Put off")))),
        validate_choice=False,
    )
    reason = TextAreaField(say("Why"))
