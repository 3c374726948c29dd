"""Checking the conditions of a rule: fields that can be asked, tests that fit them, values that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.matching import askable, comparisons_of, currency_of_text, value_of
from implementor.foundation.money import currency_codes
from implementor.foundation.words import Phrase, say

MOST_CONDITIONS = 10
MOST_VALUES = 50
SEVERAL = (Comparison.ONE_OF, Comparison.NONE_OF, Comparison.CONTAINS)


def checked_conditions(
    entity: Entity, conditions: Sequence[Condition], held: Iterable[Condition] = ()
) -> list[Condition]:
    """The conditions, each sound; those in `held` may stay though their field is no more. Raises InvalidInput."""
    if len(conditions) > MOST_CONDITIONS:
        raise InvalidInput({"conditions": say("A rule has at most %(most)s conditions.", most=MOST_CONDITIONS)})
    kept = set(held)
    for one in conditions:
        fault = None if one in kept else fault_of(entity, one)
        if fault is not None:
            raise InvalidInput({"conditions": fault})
    return list(conditions)


def fault_of(entity: Entity, asked: Condition) -> Phrase | None:
    """What is wrong with a condition, if anything."""
    field = askable(entity).get(asked.field)
    if field is None:
        return say("Choose the fields of conditions from the list.")
    if asked.test not in comparisons_of(field):
        return say("%(field)s cannot be asked this. Choose another comparison.", field=field.label)
    most = 0 if not asked.test.needs_value else MOST_VALUES if asked.test in SEVERAL else 1
    if len(asked.values) > most or (most and not asked.values):
        return say("%(field)s: give what it is compared with.", field=field.label)
    return _value_fault(field, asked.values)


def _value_fault(field: Field, texts: Sequence[str]) -> Phrase | None:
    try:
        for text in texts:
            value_of(field, text)
    except (ValueError, ArithmeticError):
        return say("%(field)s cannot be compared with this.", field=field.label)
    has_currency = field.kind is Kind.MONEY and field.currency_name is not None
    if has_currency and any(currency_of_text(text) not in currency_codes() for text in texts):
        return say("%(field)s: give the currency too, such as 1000 EUR.", field=field.label)
    if field.kind in (Kind.CHOICE, Kind.CHOICES) and any(field.choice(text) is None for text in texts):
        return say("%(field)s cannot be compared with this.", field=field.label)
    return None
