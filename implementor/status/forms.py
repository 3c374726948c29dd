"""What people fill in about status reports: a draft, a colour set by hand, whom a link is for."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from implementor.foundation.text import whole_number
from implementor.foundation.words import say_n
from implementor.status.health import AMBER, COLOURS, DIMENSIONS, GREEN, RED
from implementor.status.services import LONGEST_COMMENT, LONGEST_REASON
from implementor.status.sharing import DAYS, LONGEST_LABEL
from implementor.web.forms import Form, offered, say
from implementor.web.language import NAMES, settings


class DraftForm(Form):
    """The period, the language and the comment of a draft."""

    starts_on = DateField(say("From"), validators=[Optional()], render_kw={"required": True})
    ends_on = DateField(say("Until"), validators=[Optional()], render_kw={"required": True})
    language = SelectField(say("Language of the report"), validate_choice=False)
    comment = TextAreaField(
        say("Comment"), description=say("In Markdown; short enough for one sheet."),
        render_kw={"maxlength": LONGEST_COMMENT},
    )  # fmt: skip

    def offer(self) -> DraftForm:
        """The form with the languages of this installation."""
        self.language.choices = offered((code, NAMES[code]) for code in settings().languages)
        return self

    def wanted(self) -> dict[str, Any]:
        """What the service is told."""
        known = self.language.data if self.language.data in settings().languages else None
        return {
            "starts_on": self.starts_on.data, "ends_on": self.ends_on.data, "language": known,
            "comment": self.comment.data or "",
        }  # fmt: skip


class ColourForm(Form):
    """Which colour stands instead of the computed one, why, and until when."""

    dimension = SelectField(
        say("Dimension"), choices=offered((one.key, one.label) for one in DIMENSIONS), validate_choice=False
    )
    colour = RadioField(
        say("Colour"),
        choices=offered((one.key, one.label) for one in COLOURS if one.key in (GREEN, AMBER, RED)),
        validate_choice=False,
    )
    reason = StringField(say("Why"), render_kw={"maxlength": LONGEST_REASON, "required": True})
    expires_on = DateField(say("Until"), validators=[Optional()], render_kw={"required": True})


class ShareForm(Form):
    """Whom a link is for, and for how long."""

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
