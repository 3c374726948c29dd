"""What people fill in about a release: answers to findings, reasons, and the signature under what is lost."""

from __future__ import annotations

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField

from implementor.releases.pilot_models import FIT, UNFIT
from implementor.releases.release_models import ADOPT, DROP, OVERWRITE
from implementor.releases.release_plan import Said
from implementor.web.forms import Form, offered, say


class AnswerForm(Form):
    """Which of the ways out of a finding is taken."""

    code = HiddenField()
    choice = SelectField(say("What happens to them"))


class WaiveForm(Form):
    """Why it may go live with a finding."""

    code = HiddenField()
    reason = TextAreaField(say("Why may it go live like this?"))


class DriftForm(Form):
    """What becomes of an item whose setting was changed since."""

    choice = RadioField(
        say("What becomes of the item"),
        choices=offered(
            (
                (ADOPT, say("Adopt: what was changed stays, the item changes the rest")),
                (OVERWRITE, say("Overwrite: it becomes what the item says")),
                (DROP, say("Drop: the item stays out of this release")),
            )
        ),
    )


class ReturnForm(Form):
    """Why a release is rolled back, and the signatures that this may need."""

    reason = TextAreaField(say("Why is it rolled back?"), description=say("It becomes a decision of the project."))
    signed = BooleanField(say("I know that what goes only one way does not come back by itself"))
    overwriting = BooleanField(say("Set back what was changed since as well"))


class PilotForm(Form):
    """Until when it is tried, and by whom beside the teams, which are ticked."""

    people = SelectMultipleField(
        say("People who begin as well"), coerce=int, description=say("Whatever team they are in.")
    )
    until = DateField(say("Tried until"))


class JudgeForm(Form):
    """What those who tried a pilot found."""

    judgement = RadioField(
        say("What did they find?"),
        choices=offered(
            (
                (FIT, say("Fit: it can become everybody's")),
                (UNFIT, say("Not fit: something has to change before")),
            )
        ),
    )
    finding = TextAreaField(say("Why?"), description=say("What people said, what the figures show."))


class EndForm(Form):
    """Why a pilot ends without being released."""

    reason = TextAreaField(say("Why does the pilot end?"), description=say("What people entered stays."))


def answer_form(said: Said) -> AnswerForm:
    """The form of one finding with its ways out."""
    form = AnswerForm()
    form.choice.choices = offered(said.finding.choices)
    form.code.data = form.code.data or said.finding.code
    return form
