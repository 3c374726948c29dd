"""What people fill in that the field catalogue does not give: what is drawn, what came out of a review."""

from __future__ import annotations

from wtforms import RadioField, TextAreaField

from implementor.discovery.wanted_catalogue import OUTCOMES
from implementor.web.forms import CheckboxesField, Form, offered, say


class MockupForm(Form):
    """The table that is wanted, one column a line."""

    columns = TextAreaField(
        say("Columns of the table"),
        description=say("One column a line, an example behind an equals sign: Customer = Acero del Sur"),
    )


class DeriveForm(Form):
    """Which of the proposed stories are written."""

    origins = CheckboxesField(say("Stories to write"))


class ReviewForm(Form):
    """What came out of looking at an agreement again."""

    outcome = RadioField(say("What came out"), choices=offered((one.key, one.label) for one in OUTCOMES))
    note = TextAreaField(say("What was found"))
