"""What people fill in about status reports: a draft, colours and their limits, whom a link is for."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say_n
from implementor.status.health import AMBER, COLOURS, DIMENSIONS, GREEN, RED
from implementor.status.limits import NAMES
from implementor.status.services import LONGEST_COMMENT, LONGEST_REASON
from implementor.status.sharing import DAYS, LONGEST_LABEL
from implementor.web.forms import Form, offered, say
from implementor.web.language import NAMES as LANGUAGE_NAMES
from implementor.web.language import settings


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
        self.language.choices = offered((code, LANGUAGE_NAMES[code]) for code in settings().languages)
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


def _limit(label: Any) -> IntegerField:
    return IntegerField(label, validators=[Optional()], render_kw={"required": True})


class LimitForm(Form):
    """Up to which share, or from which share on, each dimension is on track and at risk."""

    scope_green = _limit(say("On track up to, in per cent of the promised points"))
    scope_amber = _limit(say("At risk up to, in per cent of the promised points"))
    time_green = _limit(say("On track from, in per cent of what is due"))
    time_amber = _limit(say("At risk from, in per cent of what is due"))
    days_late = _limit(say("Off track when late by more days than"))
    money_green = _limit(say("On track up to, in per cent over the budget"))
    money_amber = _limit(say("At risk up to, in per cent over the budget"))
    quality_green = _limit(say("On track from, in per cent of tests passed"))
    quality_amber = _limit(say("At risk from, in per cent of tests passed"))

    @property
    def groups(self) -> list[tuple[Phrase, list[str]]]:
        """The names of the fields under each dimension that has limits."""
        begin = {"time": ("time", "days")}
        found = [(one.label, [name for name in NAMES if name.startswith(begin.get(one.key, one.key))])
                 for one in DIMENSIONS]  # fmt: skip
        return [(label, names) for label, names in found if names]


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
