"""The steps of a rule as people fill them in and read them, whatever form asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from implementor.automation.models import AutomationRule, MessageTemplate
from implementor.automation.services.steps import MOST_STEPS, settable
from implementor.configuration.condition_form import Conditions
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.errors import BadValue, InvalidInput
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.web.forms import EMPTY_CHOICE, offered

ROWS = range(1, MOST_STEPS + 1)
INPUTS = ("do", "set", "to_value", "copy", "text", "in_days", "person", "template", "to")
"""What is asked of each step, by the beginning of the input's name."""
SHOWN_ROWS = 3


def shown_rows(form: Any) -> int:
    """How many steps a form asks at first sight: those filled in, and one more; the others stand folded."""
    used = [row for row in ROWS if form[f"do_{row}"].data]
    return min(max([SHOWN_ROWS, *(row + 1 for row in used)]), len(ROWS))


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
            for name, value in self.shown(step).items():
                form[f"{name}_{row}"].data = value

    def shown(self, step: Mapping[str, Any]) -> dict[str, str]:
        """A step as its inputs show it, by the beginning of their names."""
        kept = {"set": "field", "in_days": "days"}
        found = {name: step.get(kept.get(name, name)) for name in INPUTS}
        texts = {name: "" if value is None else str(value) for name, value in found.items()}
        return texts | {"to_value": self.typed(step)}

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
                    "person": int(person) if person.isdigit() else person or None,
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
