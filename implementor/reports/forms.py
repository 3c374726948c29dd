"""What people fill in to keep a report: its name in both languages, and whom it is shared with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, SelectField

from implementor.configuration.worded_form import WordedForm
from implementor.foundation import words
from implementor.foundation.text import whole_number
from implementor.reports.models import MINE, SHARED
from implementor.reports.plans import Plan
from implementor.reports.services import ReportWish
from implementor.web.forms import EMPTY_CHOICE, offered

say: Any = words.say
"""WTForms declares labels as str, but only ever prints them."""


class ReportForm(WordedForm):
    """A report to be kept as it is put together now (`address`)."""

    shared = SelectField(say("Shared with"), validate_choice=False)
    team = SelectField(
        say("Which team"), validate_choice=False, description=say("Only where it is shared with a team."),
    )  # fmt: skip
    address = HiddenField()

    def offer(self, teams: Iterable[tuple[int, str]], *, may_share: bool) -> ReportForm:
        """Fill in whom it can be shared with."""
        known = [(key, label) for key, label in SHARED.items() if may_share or key in (MINE, self.shared.data)]
        self.shared.choices = offered(known)
        self.team.choices = offered([EMPTY_CHOICE, *((str(key), name) for key, name in teams)])
        return self

    def wish(self, plan: Plan) -> ReportWish:
        """The report that was filled in."""
        return ReportWish(
            **self.labels(), plan=plan, shared=self.shared.data or MINE, team_id=whole_number(self.team.data or "")
        )
