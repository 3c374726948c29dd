"""What people fill in about consolidated packs: language, comment, and whom a link is for."""

from __future__ import annotations

from wtforms import HiddenField, SelectField, StringField, TextAreaField

from implementor.foundation.text import whole_number
from implementor.foundation.words import say_n
from implementor.status.services import LONGEST_COMMENT
from implementor.status.sharing import DAYS, LONGEST_LABEL
from implementor.web.forms import Form, offered, say
from implementor.web.language import NAMES as LANGUAGE_NAMES
from implementor.web.language import settings


class PackForm(Form):
    """What a pack is issued with; it tells of the programme whose id is kept, or of the whole portfolio."""

    programme = HiddenField()
    language = SelectField(say("Language of the pack"), validate_choice=False)
    comment = TextAreaField(
        say("Comment"), description=say("In Markdown; short enough for one sheet."),
        render_kw={"maxlength": LONGEST_COMMENT},
    )  # fmt: skip

    def offer(self) -> PackForm:
        """The form with the languages of this installation."""
        self.language.choices = offered((code, LANGUAGE_NAMES[code]) for code in settings().languages)
        return self

    def chosen_language(self, otherwise: str) -> str:
        """The language that was chosen, if it is one of this installation."""
        chosen = self.language.data
        return chosen if chosen in settings().languages else otherwise


class PackLinkForm(Form):
    """Whom a link is for, and for how long it opens."""

    label = StringField(say("For whom"), render_kw={"maxlength": LONGEST_LABEL, "required": True})
    days = SelectField(
        say("For how long"),
        choices=offered((str(days), say_n("%(count)s day", "%(count)s days", days)) for days in DAYS),
        default="14",
        validate_choice=False,
    )

    @property
    def chosen_days(self) -> int:
        """The days that were chosen; 0 for anything else."""
        return whole_number(str(self.days.data or "")) or 0
