"""What people fill in when something happened to an order."""

from __future__ import annotations

from wtforms import DateField, StringField, TextAreaField

from implementor.crm.orders.following import LONGEST_DOCUMENT, LONGEST_NOTE
from implementor.web.forms import Form, say


class FactForm(Form):
    """The day, the number of the paper that proves it, and a note."""

    on = DateField(say("Happened on"), render_kw={"required": True})
    document = StringField(say("Number of the document"), render_kw={"maxlength": LONGEST_DOCUMENT})
    note = TextAreaField(say("Note"), render_kw={"maxlength": LONGEST_NOTE, "rows": 3})
