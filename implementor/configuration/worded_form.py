"""A form of what has a name in both languages, and of the version that it was drawn from."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, StringField

from implementor.foundation import words
from implementor.web.forms import Form

say: Any = words.say
"""WTForms declares labels as str, but only ever prints them."""
NAME = {"required": True, "maxlength": 80}
NUMERIC = {"inputmode": "numeric"}


class WordedForm(Form):
    """A name in each language, and the version it was drawn from."""

    label_en = StringField(say("Name in English"), render_kw=NAME)
    label_es = StringField(say("Name in Spanish"), render_kw=NAME)
    version = HiddenField()

    def labels(self) -> dict[str, str]:
        """The names, by attribute."""
        return {"label_en": self.label_en.data or "", "label_es": self.label_es.data or ""}

    def is_newer(self, row: Any) -> bool:
        """Whether the row changed since the form was drawn; the form then says so and can be sent again."""
        if self.version.data in (None, "", str(row.version)):
            return False
        self.form_errors.append(
            say(
                "Somebody else changed %(name)s meanwhile. Look below and save again to keep your text.", name=row.label
            )
        )
        self.version.data = str(row.version)
        return True
