"""The forms of opportunities that are not made from the catalogue alone: opening a closed one again."""

from __future__ import annotations

from wtforms import HiddenField, StringField

from implementor.crm.opportunities.moves import LONGEST_REASON
from implementor.foundation.text import clean
from implementor.web.forms import Form, say


class ReopenForm(Form):
    """Why a closed opportunity goes on."""

    version = HiddenField()
    reason = StringField(
        say("Why it is opened again"),
        filters=[lambda text: clean(text) if isinstance(text, str) else text],
        render_kw={"required": True, "maxlength": LONGEST_REASON},
    )
