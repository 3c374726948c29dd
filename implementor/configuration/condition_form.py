"""Conditions as people fill them in and read them: a field, what is asked of it, values in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from wtforms import Field as Input
from wtforms import SelectField, StringField

from implementor.foundation import words
from implementor.foundation.amounts import Money, shown_money
from implementor.foundation.conditions import TEST_LABELS, Comparison, Condition
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, Kind, Scope
from implementor.foundation.matching import askable, currency_of_text, text_of, value_of
from implementor.foundation.text import clean_line, folded
from implementor.foundation.values import BadValue, as_stored, typed_text
from implementor.foundation.words import Phrase
from implementor.web.forms import EMPTY_CHOICE, Form, choices_of, offered

say: Any = words.say
"""WTForms declares labels as str, but only ever prints them."""
ROWS = range(1, 5)
SEVERAL = (Comparison.ONE_OF, Comparison.NONE_OF, Comparison.CONTAINS)
_YES, _NO = words.say("Yes"), words.say("No")


def condition_inputs() -> dict[str, Input]:
    """The inputs of the conditions of a rule, for a form of its own."""
    inputs: dict[str, Input] = {}
    tests = [(one.value, label) for one, label in TEST_LABELS.items()]
    for row in ROWS:
        inputs[f"field_{row}"] = SelectField(say("Field of condition %(row)s", row=row), validate_choice=False)
        inputs[f"test_{row}"] = SelectField(
            say("What is asked in condition %(row)s", row=row), choices=offered(tests), validate_choice=False
        )
        inputs[f"value_{row}"] = StringField(say("Value of condition %(row)s", row=row), render_kw={"maxlength": 1000})
    return inputs


class Conditions:
    """The conditions of rules over one kind of record; reads names of people and areas from the database."""

    def __init__(self, entity: Entity, scope: Scope, session: Session) -> None:
        self.entity, self.scope, self.session = entity, scope, session
        self.fields = askable(entity)

    def offer(self, form: Form) -> None:
        """Fill in the fields that can be asked."""
        pairs = [EMPTY_CHOICE, *((name, one.label) for name, one in self.fields.items())]
        for row in ROWS:
            form[f"field_{row}"].choices = offered(pairs)

    def show(self, form: Form, conditions: Iterable[Condition]) -> None:
        """Let a form show the conditions that a rule has."""
        for row, one in zip(ROWS, conditions, strict=False):
            form[f"field_{row}"].data, form[f"test_{row}"].data = one.field, one.test.value
            form[f"value_{row}"].data = "; ".join(self.typed(one))

    def read(self, form: Form, held: Sequence[Condition] = ()) -> tuple[Condition, ...]:
        """The conditions that were filled in, and those `held` that the form has no inputs for.

        Raises InvalidInput, by input.
        """
        found, errors = [], {}
        for row in ROWS:
            name, test = form[f"field_{row}"].data or "", form[f"test_{row}"].data or ""
            if not name:
                continue
            try:
                found.append(self._read(name, test, form[f"value_{row}"].data or ""))
            except BadValue as bad:
                errors[f"value_{row}"] = bad.reason
        if errors:
            raise InvalidInput(errors)
        return (*found, *held[len(ROWS) :])

    def _read(self, name: str, test: str, text: str) -> Condition:
        field, tests = self.fields.get(name), {one.value: one for one in Comparison}
        if field is None or test not in tests:
            raise BadValue(words.say("Choose the fields of conditions from the list."))
        asked = tests[test]
        if not asked.needs_value:
            return Condition(name, asked)
        parts = text.split(";") if asked in SEVERAL else [text]
        values = [self._value(field, part) for part in map(clean_line, parts) if part]
        if not values:
            raise BadValue(words.say("%(field)s: give what it is compared with.", field=field.label))
        return Condition(name, asked, tuple(values))

    def stored(self, name: str, text: str) -> str:
        """What somebody typed as the value of a field, in the form that is kept. Raises BadValue."""
        return self._value(self.fields[name], text)

    def _value(self, field: Field, text: str) -> str:
        if field.kind is Kind.REFERENCE:
            known = {folded(str(label)): key for key, label in choices_of(field, self.scope, self.session)}
            if folded(text) not in known:
                raise BadValue(words.say("%(field)s: nothing here is called %(value)s.", field=field.label, value=text))
            return known[folded(text)]
        kind = Kind.CHOICE if field.kind is Kind.CHOICES else field.kind
        value = as_stored(replace(field, required=False, kind=kind), text)
        if isinstance(value, Money):
            return text_of(field, value.minor, value.currency)
        return text_of(field, value)

    def typed(self, asked: Condition) -> list[str]:
        """The values of a condition as people type them."""
        field = self.fields.get(asked.field)
        return [] if field is None else [self._typed(field, text) for text in asked.values]

    def _typed(self, field: Field, text: str) -> str:
        match field.kind:
            case Kind.REFERENCE:
                known: Mapping[str, Any] = dict(choices_of(field, self.scope, self.session))
                return str(known.get(text, text))
            case Kind.CHOICE | Kind.CHOICES:
                choice = field.choice(text)
                return text if choice is None else str(choice.label)
            case Kind.YES_NO:
                return str(_YES if text == "y" else _NO)
            case Kind.MONEY:
                return typed_text(field, value_of(field, text), currency_of_text(text))
        return typed_text(field, value_of(field, text))

    def told(self, asked: Condition) -> Phrase:
        """A condition as a sentence."""
        field = self.entity.fields.get(asked.field)
        named = {"field": asked.field if field is None else field.label, "test": TEST_LABELS[asked.test]}
        return words.say("%(field)s %(test)s %(values)s", **named, values=", ".join(self._read_as(field, asked)))

    def _read_as(self, field: Field | None, asked: Condition) -> list[str]:
        """The values as people read them, amounts with their thousands parted."""
        if field is None or field.kind is not Kind.MONEY:
            return self.typed(asked)
        fixed = field.currency if isinstance(field.currency, str) else None
        return [str(shown_money(value_of(field, text), currency_of_text(text) or fixed)) for text in asked.values]
