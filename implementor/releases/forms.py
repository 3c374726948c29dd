"""What people fill in about figures of a migration, the file that holds them all, and why a run is opened again."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from implementor.foundation.money import currency_choices
from implementor.foundation.words import speech
from implementor.releases.figures import countable, measures_of
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say

ENDINGS = ".csv,.tsv,.txt,.xlsx,.ods"
BETWEEN = ":"
"""Between kind and measure in the one choice of both."""


class FigureForm(Form):
    """A further figure: of which records, from where, and what it should be."""

    figure = SelectField(say("What is counted"))
    currency = SelectField(say("Currency"), description=say("For amounts only."))
    system = StringField(
        say("Source system"),
        validators=[Length(max=80)],
        description=say("Where these records have another name for their source than the run has."),
    )
    expected = StringField(say("Expected"), description=say("As the other system says it. May follow later."))


class ExplainForm(Form):
    """What a figure should be, and why it is not."""

    expected = StringField(say("Expected"))
    explanation = TextAreaField(
        say("Explanation of the difference"),
        description=say("Which records are missing or too many, why, and who decided so."),
    )


class ControlForm(Form):
    """A sheet with all expected figures."""

    file = FileField(say("Control file"), render_kw={"accept": ENDINGS, "required": True})


class ReopenForm(Form):
    """Why what was vouched for no longer holds."""

    reason = TextAreaField(say("Why is it opened again?"))


def figure_form() -> FigureForm:
    """The form with everything that can be counted, the kinds in their order."""
    form = FigureForm()
    form.figure.choices = offered(
        (f"{kind}{BETWEEN}{one.name}", say("%(kinds)s: %(figure)s", kinds=entity.label_plural, figure=one.label))
        for kind, entity in countable().items()
        for one in measures_of(kind)
    )
    form.currency.choices = offered([EMPTY_CHOICE, *currency_choices(speech().language)])
    return form
