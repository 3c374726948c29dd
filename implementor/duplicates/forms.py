"""What people fill in to say that two records are not one."""

from __future__ import annotations

from typing import Any

from wtforms import StringField

from implementor.duplicates.services.pairs import LONGEST_REASON
from implementor.foundation import words
from implementor.web.forms import Form

say: Any = words.say  # WTForms declares its texts as str, but only ever prints them


class DismissForm(Form):
    """Why two are two; the service checks it."""

    reason = StringField(say("Why are they two?"), render_kw={"maxlength": LONGEST_REASON})
