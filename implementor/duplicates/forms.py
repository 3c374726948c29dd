"""What people fill in to put two records side by side, and to say that two are not one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Optional

from implementor.duplicates.sameness import Sameness
from implementor.duplicates.services.pairs import LONGEST_REASON
from implementor.duplicates.weighed import roles_of
from implementor.duplicates.weights import MOST_PERCENT, Weighing, is_own
from implementor.duplicates.wording import ROLES, labels_of
from implementor.foundation import words
from implementor.foundation.permissions import Actor
from implementor.web.forms import Form
from implementor.web.lookup_field import LookupField

say: Any = words.say  # WTForms declares its texts as str, but only ever prints them
NUMBER = InputRequired(say("Write a number."))
PERCENT: dict[str, Any] = {"min": 0, "max": MOST_PERCENT, "inputmode": "numeric"}


class DismissForm(Form):
    """Why two are two; the service checks it."""

    reason = StringField(say("Why are they two?"), render_kw={"maxlength": LONGEST_REASON})


class WeighingForm(Form):
    """From how many points on; `weighing_form` adds what each field counts."""

    possible = IntegerField(say("Candidates from so many points on"), validators=[NUMBER])
    sure = IntegerField(say("Very likely one from so many points on"), validators=[NUMBER])

    def roles(self) -> list[Any]:
        """The inputs of the fields, in the order of the table."""
        return [one for one in self if one.name in ROLES or is_own(one.name)]

    def wanted(self) -> Weighing:
        """What was filled in."""
        factors = {one.name: one.data or 0 for one in self.roles()}
        return Weighing(factors, self.possible.data or 0, self.sure.data or 0)


def weighing_form(declared: Sameness, present: Weighing, **given: Any) -> WeighingForm:
    """What each field of a kind counts, in per cent of the table."""
    labels: dict[str, Any] = labels_of(declared)
    asked: dict[bool, Any] = {True: Optional(), False: NUMBER}  # an own field that nobody weighs counts nothing
    inputs = {
        role: IntegerField(labels[role], validators=[asked[is_own(role)]], render_kw=PERCENT)
        for role in roles_of(declared)
    }
    made: Any = type("KindWeighingForm", (WeighingForm,), inputs)
    shown = {role: present.factor(role) for role in inputs}
    form: WeighingForm = made(data={**shown, "possible": present.possible, "sure": present.sure}, **given)
    return form


def compare_form(kind: str, actor: Actor, session: Session, **given: Any) -> Any:
    """Which two records of a kind somebody holds for one, each found by its name."""
    found: dict[str, Any] = {"target": kind, "actor": actor, "session": session}

    class CompareForm(Form):
        one = LookupField(say("First record"), **found)
        other = LookupField(say("Second record"), **found)

    return CompareForm(**given)
