"""What people fill in to pass on the requests of the weeks after going live."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.widgets import DateInput

from implementor.support.passing_on import LONGEST_NOTE
from implementor.web.forms import Form, say


class PassingOnForm(Form):
    """Who takes up the requests from which day on."""

    owner_id = SelectField(say("Who takes up the requests"), validate_choice=False, render_kw={"required": True})
    handed_on = StringField(say("Day"), widget=DateInput(), render_kw={"required": True})
    note = TextAreaField(say("Note"), render_kw={"rows": 3, "maxlength": LONGEST_NOTE})


def passing_on_form(people: Iterable[Any], days: tuple[date, date]) -> PassingOnForm:
    """The form as it is shown first, or as it was sent; `days` are the first and the last that can be chosen."""
    form = PassingOnForm()
    form.owner_id.choices = [("", "–"), *((str(one.id), one.name) for one in people)]
    form.handed_on.render_kw = {**form.handed_on.render_kw, "min": str(days[0]), "max": str(days[1])}
    if not form.is_submitted():
        form.handed_on.data = str(days[1])
    return form
