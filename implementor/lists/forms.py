"""What people fill in beside the fields of a record."""

from __future__ import annotations

from typing import Any

from wtforms import StringField

from implementor.foundation import words
from implementor.lists.services import LONGEST_REASON
from implementor.web.forms import Form

say: Any = words.say  # WTForms declares its texts as str, but only ever prints them


class AnywayForm(Form):
    """Why there must be a record like one that is there already; the service checks it."""

    anyway_reason = StringField(say("Why must there be a second one?"), render_kw={"maxlength": LONGEST_REASON})
