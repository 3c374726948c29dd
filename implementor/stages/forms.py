"""What administrators fill in about methods."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField

from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS
from implementor.foundation.text import whole_number
from implementor.stages.checks import checks
from implementor.stages.methods import Item, StageOfMethod
from implementor.web.forms import CheckboxesField, Form, offered, say

ROLES = [(str(role), ROLE_LABELS[role]) for role in PROJECT_ROLES]
NUMERIC = {"inputmode": "numeric"}
TICKED = ("", say("None: a person ticks it with evidence"))


class LimitsForm(Form):
    """Where red ends and green begins, and how long a waiver may last."""

    red_below = StringField(say("Red below (%)"), render_kw=NUMERIC)
    green_from = StringField(say("Green from (%)"), render_kw=NUMERIC)
    longest_waiver = StringField(say("A waiver lasts at most (days)"), render_kw=NUMERIC)


class StageForm(Form):
    """A stage of a method in both languages, and who signs its gate."""

    name_en = StringField(say("Name in English"))
    name_es = StringField(say("Name in Spanish"))
    purpose_en = TextAreaField(say("Purpose in English"))
    purpose_es = TextAreaField(say("Purpose in Spanish"))
    signatures = CheckboxesField(
        say("Who signs its gate"), description=say("Without any, nobody waits at this stage."), validate_choice=False
    )

    def values(self) -> dict[str, Any]:
        """As the service takes them."""
        return {
            "names": {"en": self.name_en.data or "", "es": self.name_es.data or ""},
            "purposes": {"en": self.purpose_en.data or "", "es": self.purpose_es.data or ""},
            "signatures": [key for key, _ in ROLES if key in (self.signatures.data or ())],
        }


class LineForm(Form):
    """One line of a gate."""

    name_en = StringField(say("What must hold, in English"))
    name_es = StringField(say("What must hold, in Spanish"))
    check = SelectField(say("Computed by"), validate_choice=False)
    role = SelectField(say("Who sees to it"), choices=offered(ROLES), validate_choice=False)
    minimum = StringField(say("At least (%)"), render_kw=NUMERIC)
    weight = StringField(say("Weight"), render_kw=NUMERIC)
    no_go = BooleanField(say("NO-GO: without it the gate cannot open, and nobody can waive it"))
    is_deliverable = BooleanField(say("It is something that must have come out of the stage"))


def number_in(text: str | None) -> int:
    """The whole number that was typed, -1 for anything else: what services refuse with a sentence."""
    number = whole_number((text or "").strip())
    return -1 if number is None else number


def stage_form(stage: StageOfMethod) -> StageForm:
    """The form of a stage, filled with what it is now."""
    form = StageForm(
        data={
            "name_en": stage.names.get("en"), "name_es": stage.names.get("es"),
            "purpose_en": stage.purposes.get("en"), "purpose_es": stage.purposes.get("es"),
            "signatures": list(stage.signatures),
        }
    )  # fmt: skip
    form.signatures.choices = offered(ROLES)
    return form


def line_form(stage: StageOfMethod, item: Item | None) -> LineForm:
    """The form of a line, filled with what it is now; empty for a new one."""
    known = item or Item("", {}, "project_lead")
    form = LineForm(
        data={
            "name_en": known.names.get("en"), "name_es": known.names.get("es"), "check": known.check,
            "role": known.role, "minimum": known.minimum, "weight": known.weight, "no_go": known.no_go,
            "is_deliverable": known.is_deliverable,
        }
    )  # fmt: skip
    fitting = [(one.name, one.label) for one in checks.values() if stage.scope in one.places]
    form.check.choices = offered([TICKED, *fitting])
    return form
