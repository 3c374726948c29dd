"""What people fill in when something happened to a quote."""

from __future__ import annotations

from wtforms import BooleanField, DateField, TextAreaField

from implementor.crm.quotes.following import LONGEST_NOTE
from implementor.web.forms import Form, say


class FactForm(Form):
    """The day, and what is to be known about it."""

    on = DateField(say("Happened on"), render_kw={"required": True})
    note = TextAreaField(say("Note"), render_kw={"maxlength": LONGEST_NOTE, "rows": 3})


class AcceptForm(FactForm):
    """The customer's yes, which makes the order."""

    wins = BooleanField(say("The opportunity is won"))
