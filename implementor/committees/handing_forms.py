"""What people fill in to hand a project on: the committee, who answers for it, the day of review, who keeps what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from implementor.committees.forms import day_of
from implementor.committees.going_on import Share
from implementor.committees.models import Handover
from implementor.committees.services.handovers import Arrangement
from implementor.foundation.text import whole_number
from implementor.web.forms import EMPTY_CHOICE, Form, offered, say


class HandingForm(Form):
    """To whom a project is handed on; `handing_form` adds who keeps each share of what goes on."""

    committee_id = SelectField(say("Committee that goes on"), validate_choice=False)
    keeper_id = SelectField(say("Who answers for it"), validate_choice=False)
    review_on = DateField(say("To be looked at again on"), validators=[Optional()], render_kw={"required": True})
    note = TextAreaField(say("What the next ones have to know"))
    shares: ClassVar[Sequence[Share]] = ()

    def offer(self, committees: Iterable[Any], people: Iterable[Any]) -> HandingForm:
        """The form with whom can be chosen; who keeps something and may go on is chosen already."""
        persons = [EMPTY_CHOICE, *((row.id, row.name) for row in people)]
        self.committee_id.choices = offered([EMPTY_CHOICE, *((row.id, row.name) for row in committees)])
        self.keeper_id.choices = offered(persons)
        for share in self.shares:
            self[share.name].choices = offered(persons)
            if not self.is_submitted() and share.is_kept:
                self[share.name].data = str(share.owner_id)
        return self

    def wanted(self) -> Arrangement:
        """What the service is told. Raises InvalidInput for what is no day."""
        keepers = {share.name: whole_number(str(self[share.name].data or "")) for share in self.shares}
        return Arrangement(
            whole_number(str(self.committee_id.data or "")), whole_number(str(self.keeper_id.data or "")),
            day_of(self.review_on), self.note.data or "", keepers,
        )  # fmt: skip


def handing_form(shares: Sequence[Share], known: Handover | None) -> HandingForm:
    """The form with one choice for each share, filled in with what is said already."""
    choices = {
        share.name: SelectField(
            say(
                "%(kind)s of %(person)s: %(count)s",
                kind=share.label, person=share.owner or say("nobody"), count=len(share.ids),
            ),
            validate_choice=False,
        )
        for share in shares
    }  # fmt: skip
    made: HandingForm = type("SharedHandingForm", (HandingForm,), {**choices, "shares": shares})(obj=known)
    return made


class BackForm(Form):
    """Why work goes on."""

    reason = StringField(say("Why work goes on"), render_kw={"maxlength": 500, "required": True})
