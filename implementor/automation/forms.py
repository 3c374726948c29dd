"""What administrators fill in: a template in both languages, and a rule with its conditions and its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms import Field as Input

from implementor.automation.models import AutomationRule, MessageTemplate
from implementor.automation.services.steps import settable
from implementor.automation.services.templates import TemplateWish
from implementor.automation.words import EVENTS, RECEIVERS, STEPS
from implementor.configuration.condition_form import Conditions, condition_inputs
from implementor.configuration.worded_form import NUMERIC, WordedForm
from implementor.foundation import words
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.errors import BadValue, InvalidInput
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.text import clean_line
from implementor.web.forms import EMPTY_CHOICE, offered

say: Any = words.say
"""WTForms declares labels as str, but only ever prints them."""
ROWS = range(1, 4)
TEXTS = ("subject_en", "subject_es", "body_en", "body_es", "terms_en", "terms_es")
TALL = {"rows": 8}


class TemplateForm(WordedForm):
    """A template; mails have a subject, proposals have terms."""

    consent = SelectField(
        say("Consent it needs"), validate_choice=False,
        description=say("Without one it is for what is under way; who asked for no advertising still gets none of it."),
    )  # fmt: skip
    subject_en = StringField(say("Subject in English"), render_kw={"maxlength": 200})
    body_en = TextAreaField(say("Text in English"), render_kw=TALL)
    terms_en = TextAreaField(say("Terms in English"), render_kw=TALL)
    subject_es = StringField(say("Subject in Spanish"), render_kw={"maxlength": 200})
    body_es = TextAreaField(say("Text in Spanish"), render_kw=TALL)
    terms_es = TextAreaField(say("Terms in Spanish"), render_kw=TALL)

    def offer(self, purposes: Iterable[tuple[str, Any]]) -> TemplateForm:
        """Fill in what people can agree to."""
        self.consent.choices = offered([EMPTY_CHOICE, *purposes])
        return self

    def wish(self, purpose: str) -> TemplateWish:
        """The template that was filled in."""
        texts = {name: self[name].data or "" for name in TEXTS}
        return TemplateWish(**self.labels(), purpose=purpose, consent=self.consent.data or None, **texts)


class _RuleForm(WordedForm):
    """A rule: when it begins, of which records, and what is done."""

    event = SelectField(say("When"), choices=offered(EVENTS.items()), validate_choice=False)
    field = SelectField(
        say("Which field"), validate_choice=False,
        description=say("The field that is changed, such as stage or status, or the one that holds the day."),
    )  # fmt: skip
    days = StringField(
        say("Days after it"), render_kw={"maxlength": 4},
        description=say("Only where a day comes: 0 is the day itself, -7 a week before it."),
    )  # fmt: skip
    in_bulk = BooleanField(say("Also for records that imports, merges and releases write"))


def _step_inputs() -> dict[str, Input]:
    inputs: dict[str, Input] = {}
    for row in ROWS:
        inputs[f"do_{row}"] = SelectField(
            say("Step %(row)s", row=row), choices=offered([EMPTY_CHOICE, *STEPS.items()]), validate_choice=False
        )
        inputs[f"set_{row}"] = SelectField(say("Field that step %(row)s sets", row=row), validate_choice=False)
        inputs[f"to_value_{row}"] = StringField(say("To this value, in step %(row)s", row=row),
                                                  render_kw={"maxlength": 500})  # fmt: skip
        inputs[f"copy_{row}"] = SelectField(say("Or to what stands in, in step %(row)s", row=row),
                                            validate_choice=False)  # fmt: skip
        inputs[f"text_{row}"] = StringField(say("What step %(row)s plans", row=row), render_kw={"maxlength": 200})
        inputs[f"in_days_{row}"] = StringField(say("Days until what step %(row)s plans", row=row), render_kw=NUMERIC)
        inputs[f"person_{row}"] = SelectField(say("Who follows up step %(row)s", row=row), validate_choice=False)
        inputs[f"template_{row}"] = SelectField(say("Template that step %(row)s sends", row=row), validate_choice=False)
        inputs[f"to_{row}"] = SelectField(
            say("Who gets the mail of step %(row)s", row=row), choices=offered(RECEIVERS.items()), validate_choice=False
        )
    return inputs


RuleForm: Any = type("RuleForm", (_RuleForm,), {**condition_inputs(), **_step_inputs()})


@dataclass
class StepRows:
    """The steps of rules over one kind of record, as its form asks and shows them."""

    entity: Entity
    conditions: Conditions
    templates: Sequence[MessageTemplate]
    people: Sequence[tuple[int, str]]

    def offer(self, form: Any, heard: Mapping[str, Field]) -> None:
        """Fill in what can be chosen."""
        fields = settable(self.entity)
        form.field.choices = offered([EMPTY_CHOICE, *((name, one.label) for name, one in heard.items())])
        for row in ROWS:
            named = offered([EMPTY_CHOICE, *((name, one.label) for name, one in fields.items())])
            form[f"set_{row}"].choices = form[f"copy_{row}"].choices = named
            form[f"person_{row}"].choices = offered([("", say("The owner of the record")), *self.people])
            form[f"template_{row}"].choices = offered([EMPTY_CHOICE, *((one.uid, one.label) for one in self.templates)])

    def show(self, form: Any, rule: AutomationRule) -> None:
        """Let a form show the steps that a rule has."""
        for row, step in zip(ROWS, rule.steps, strict=False):
            form[f"do_{row}"].data = step["do"]
            form[f"set_{row}"].data, form[f"copy_{row}"].data = step.get("field", ""), step.get("copy", "")
            form[f"to_value_{row}"].data = self.typed(step)
            for name in ("text", "days", "person", "template", "to"):
                value, asked = step.get(name), "in_days" if name == "days" else name
                form[f"{asked}_{row}"].data = "" if value is None else str(value)

    def read(self, form: Any) -> tuple[dict[str, Any], ...]:
        """The steps that were filled in. Raises InvalidInput, by input."""
        steps, errors = [], {}
        for row in ROWS:
            try:
                step = self._read(form, row)
            except BadValue as bad:
                errors[f"to_value_{row}"] = bad.reason
                continue
            if step:
                steps.append(step)
        if errors:
            raise InvalidInput(errors)
        return tuple(steps)

    def _read(self, form: Any, row: int) -> dict[str, Any]:
        do = form[f"do_{row}"].data or ""
        match do:
            case "set":
                return {"do": do, "field": form[f"set_{row}"].data or "", **self._value(form, row)}
            case "follow_up":
                text, days = clean_line(form[f"text_{row}"].data or ""), (form[f"in_days_{row}"].data or "").strip()
                person = (form[f"person_{row}"].data or "").strip()
                return {
                    "do": do, "text": text, "days": int(days) if days.isdigit() and len(days) < 5 else None,
                    "person": int(person) if person.isdigit() else None,
                }  # fmt: skip
            case "mail":
                return {"do": do, "template": form[f"template_{row}"].data or "", "to": form[f"to_{row}"].data or ""}
        return {"do": do} if do else {}

    def _value(self, form: Any, row: int) -> dict[str, str]:
        """What a field is set to: another field, or a value in the form that conditions keep it in."""
        if form[f"copy_{row}"].data:
            return {"copy": form[f"copy_{row}"].data}
        field = settable(self.entity).get(form[f"set_{row}"].data or "")
        text = clean_line(form[f"to_value_{row}"].data or "")
        if field is None or not text or (field.kind is Kind.DATE and text[0] in "+-"):
            return {"value": text} if text else {}
        if field.name not in self.conditions.fields:
            return {"value": text}
        return {"value": self.conditions.stored(field.name, text)}

    def typed(self, step: Mapping[str, Any]) -> str:
        """The value of a step as people type it."""
        value, field = str(step.get("value", "")), self.conditions.fields.get(str(step.get("field", "")))
        if not value or field is None or (field.kind is Kind.DATE and value[0] in "+-"):
            return value
        return "; ".join(self.conditions.typed(Condition(field.name, Comparison.EQUALS, (value,))))
