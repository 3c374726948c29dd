"""What administrators fill in: a template in both languages, and a rule with its conditions and its steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms import Field as Input

from implementor.automation.services.templates import TemplateWish
from implementor.automation.step_rows import ROWS
from implementor.automation.words import EVENTS, RECEIVERS, STEPS
from implementor.configuration.condition_form import condition_inputs
from implementor.configuration.worded_form import NUMERIC, WordedForm
from implementor.foundation import words
from implementor.web.forms import EMPTY_CHOICE, offered

say: Any = words.say
"""WTForms declares labels as str, but only ever prints them."""
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
