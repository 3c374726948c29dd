"""What people fill in to finish an intervention."""

from __future__ import annotations

from wtforms import TextAreaField

from implementor.web.forms import Form, say


class ResultForm(Form):
    """What came of it."""

    result = TextAreaField(say("What came of it?"))
