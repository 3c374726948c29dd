"""What administrators fill in: names in both languages, words, pipelines, stages and access."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field as Input
from wtforms import HiddenField, SelectField, StringField

from implementor.configuration.catalogue import FORECAST_CHOICES, KIND_CHOICES, REACH_CHOICES, TONE_CHOICES
from implementor.configuration.services.access import OPEN_ROLES, FieldAccess, Reaches
from implementor.configuration.services.stages import StageWish
from implementor.configuration.worded_form import NAME as NAME
from implementor.configuration.worded_form import NUMERIC as NUMERIC
from implementor.configuration.worded_form import WordedForm as WordedForm
from implementor.foundation import words
from implementor.foundation.access import Access, Reach
from implementor.foundation.choices import Choice
from implementor.foundation.fields import Entity, Field
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.web.forms import EMPTY_CHOICE, CheckboxesField, Form, offered

say: Any = words.say
"""WTForms declares labels as str, but only ever prints them."""
UNREADABLE = -1
"""Stands for a number that could not be read; no rule accepts it."""


def _pairs(choices: Iterable[Choice]) -> list[Any]:
    return offered((choice.key, choice.label) for choice in choices)


def _number(text: str | None) -> int | None:
    """What was typed as a number: None for nothing, -1 for what is none."""
    text = (text or "").strip()
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else UNREADABLE


class ListForm(WordedForm):
    """A list of words and the word that new records begin with."""

    default_key = SelectField(say("New records begin with"), validate_choice=False)

    def offer(self, values: Iterable[Any]) -> ListForm:
        """Fill in the words in use."""
        self.default_key.choices = offered([EMPTY_CHOICE, *((one.key, one.label) for one in values)])
        return self


class WordForm(WordedForm):
    """A word and how it looks."""

    tone = SelectField(say("Tone"), choices=_pairs(TONE_CHOICES), validate_choice=False)


class PipelineForm(WordedForm):
    """A pipeline and the currency that its opportunities begin with."""

    currency = SelectField(say("Currency"), validate_choice=False)

    def offer(self, currencies: Iterable[tuple[str, str]]) -> PipelineForm:
        """Fill in the currencies."""
        self.currency.choices = offered([EMPTY_CHOICE, *currencies])
        return self


class StageForm(WordedForm):
    """A stage. Probability and forecast of stages that end a sale follow from their kind."""

    kind = SelectField(say("Kind"), choices=_pairs(KIND_CHOICES), validate_choice=False)
    probability = StringField(
        say("Probability in per cent"), render_kw=NUMERIC,
        description=say("Won is always 100 and lost always 0."),
    )  # fmt: skip
    forecast = SelectField(say("Forecast"), choices=_pairs(FORECAST_CHOICES), validate_choice=False)
    days_limit = StringField(
        say("Days until late"), render_kw=NUMERIC,
        description=say("An opportunity that stands here longer is shown as late. Empty: never."),
    )  # fmt: skip
    required_fields = CheckboxesField(
        say("Needed to enter this stage"), validate_choice=False,
    )  # fmt: skip

    def offer(self, fields: Mapping[str, Field]) -> StageForm:
        """Fill in the fields that may be required."""
        self.required_fields.choices = offered((name, field.label) for name, field in fields.items())
        return self

    def wish(self) -> StageWish:
        """What the service takes."""
        return StageWish(
            **self.labels(), kind=self.kind.data or "", probability=_number(self.probability.data),
            forecast=self.forecast.data or "", days_limit=_number(self.days_limit.data),
            required_fields=tuple(self.required_fields.data or ()),
        )  # fmt: skip


class GoingForm(Form):
    """Where the open records of a stage go when it is retired."""

    move_to = SelectField(say("Move them to"), validate_choice=False)

    def offer(self, stages: Iterable[Any]) -> GoingForm:
        """Fill in the open stages that stay."""
        self.move_to.choices = offered([EMPTY_CHOICE, *((one.id, one.label) for one in stages)])
        return self


class AccessForm(Form):
    """Rules that are drawn from one state of the configuration; inputs are added by the functions below."""

    number = HiddenField()

    def is_newer(self, number: int) -> bool:
        """Whether the configuration changed since the form was drawn."""
        if self.number.data in (None, "", str(number)):
            return False
        self.form_errors.append(say("The configuration was changed meanwhile. Look at the rules and save again."))
        self.number.data = str(number)
        return True


def reach_form(kinds: Iterable[tuple[str, Any]]) -> type[AccessForm]:
    """A form with two reaches for each kind (name, label) and role."""
    inputs: dict[str, Input] = {}
    for kind, label in kinds:
        for role in OPEN_ROLES:
            named: Any = {"role": ROLE_LABELS[role], "what": label}
            sees, edits = (
                say("What a %(role)s sees of: %(what)s", **named),
                say("What a %(role)s edits of: %(what)s", **named),
            )
            inputs[f"see-{kind}-{role}"] = SelectField(sees, choices=_pairs(REACH_CHOICES), validate_choice=False)
            inputs[f"edit-{kind}-{role}"] = SelectField(edits, choices=_pairs(REACH_CHOICES), validate_choice=False)
    return type("ReachForm", (AccessForm,), inputs)


def shown_reaches(access: Access, kinds: Iterable[str]) -> dict[str, str]:
    """The present reaches as the form shows them."""
    rules = [access.rule(kind, role) for kind in kinds for role in OPEN_ROLES]
    shown = {f"see-{rule.kind}-{rule.role}": rule.see.value for rule in rules}
    return shown | {f"edit-{rule.kind}-{rule.role}": rule.edit.value for rule in rules}


def chosen_reaches(form: AccessForm, kinds: Iterable[str]) -> Reaches:
    """What was chosen; what a form left out or is no reach is nothing, the narrowest."""
    known = {reach.value: reach for reach in Reach}

    def chosen(name: str) -> Reach:
        return known.get(form[name].data or "", Reach.NONE)

    return {
        (kind, role): (chosen(f"see-{kind}-{role}"), chosen(f"edit-{kind}-{role}"))
        for kind in kinds
        for role in OPEN_ROLES
    }


FIELD_CHOICES = (("edit", say("Sees and edits")), ("see", say("Only sees")), ("hide", say("Does not see")))


def field_form(fields: Iterable[Field]) -> type[AccessForm]:
    """A form with one choice for each field and role."""
    inputs: dict[str, Input] = {}
    for field in fields:
        for role in OPEN_ROLES:
            label = say("%(field)s for a %(role)s", field=field.label, role=ROLE_LABELS[role])
            inputs[f"{role}-{field.name}"] = SelectField(label, choices=offered(FIELD_CHOICES), validate_choice=False)
    return type("FieldForm", (AccessForm,), inputs)


def shown_fields(access: Access, entity: Entity, fields: Iterable[Field]) -> dict[str, str]:
    """The present choices as the form shows them."""
    rules = {role: access.rule(entity.kind, role) for role in OPEN_ROLES}
    return {
        f"{role}-{field.name}": "hide"
        if field.name in rule.hidden
        else "see"
        if field.name in rule.read_only
        else "edit"
        for field in fields
        for role, rule in rules.items()
    }


def chosen_fields(form: AccessForm, fields: Iterable[Field]) -> dict[tuple[Role, str], FieldAccess]:
    """What was chosen; what is no choice hides the field, the narrowest."""
    known: dict[str, FieldAccess] = {"edit": "edit", "see": "see", "hide": "hide"}
    return {
        (role, field.name): known.get(form[f"{role}-{field.name}"].data or "", "hide")
        for field in fields
        for role in OPEN_ROLES
    }
