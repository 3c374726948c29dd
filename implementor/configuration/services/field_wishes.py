"""What people ask of a field of one's own, and which of it cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from implementor.configuration.models import CustomField
from implementor.configuration.own_fields import FILTERED, LARGEST, LONG
from implementor.configuration.services.checking import Identity, checked_labels
from implementor.configuration.services.field_names import names_of
from implementor.foundation.errors import InvalidInput
from implementor.foundation.extensible import configurable
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Kind, entities
from implementor.foundation.lookup import lookups
from implementor.foundation.money import currency_codes
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import Phrase, Speech, say

FIELD_KINDS: Mapping[Kind, Phrase] = {
    Kind.LINE: say("Text"), Kind.TEXT: say("Long text"), Kind.WHOLE: say("Whole number"),
    Kind.DECIMAL: say("Number with decimals"), Kind.PERCENT: say("Percentage"), Kind.MONEY: say("Money"),
    Kind.DATE: say("Date"), Kind.MOMENT: say("Date and time"), Kind.CHOICE: say("Choice from a list"),
    Kind.CHOICES: say("Several choices from a list"), Kind.YES_NO: say("Yes or no"),
    Kind.REFERENCE: say("Link to a record"), Kind.URL: say("Web address"),
}  # fmt: skip
"""The kinds of fields that people can add."""
CHOSEN = (Kind.CHOICE, Kind.CHOICES)
BOUNDED = (Kind.WHOLE, Kind.DECIMAL)
LONGEST_HINT = 300
LONGEST_LINE = 1000
RESERVED = frozenset(map(folded, (
    "id", "external id", "external key", "key in the other system", "id externo", "clave externa",
    "clave en el otro sistema", "version", "versión", "archived", "archivado", "me", "yo", "none", "ninguno",
)))  # fmt: skip
"""Words that files, filters and exports understand otherwise."""


@dataclass(frozen=True)
class WordWish:
    """A word to choose."""

    label_en: str
    label_es: str
    tone: str = "neutral"
    identity: Identity | None = None


@dataclass(frozen=True)
class FieldWish:
    """A field that somebody wants; `words` are what a choice is from, `target` the kind of record a link points at."""

    field_kind: str
    label_en: str
    label_es: str
    hint_en: str = ""
    hint_es: str = ""
    words: Sequence[WordWish] = ()
    target: str | None = None
    currency: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    longest: int | None = None
    is_filterable: bool = True


@dataclass(frozen=True)
class FieldChange:
    """What of a field may become otherwise."""

    label_en: str
    label_es: str
    hint_en: str = ""
    hint_es: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    longest: int | None = None
    is_filterable: bool = True

    @classmethod
    def of(cls, row: CustomField) -> FieldChange:
        """A field as it is."""
        return cls(
            row.label_en, row.label_es, row.hint_en, row.hint_es, row.minimum, row.maximum, row.longest,
            row.is_filterable,
        )  # fmt: skip


@dataclass
class _Found:
    """What was checked so far: columns, and what is wrong by name."""

    columns: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, Phrase] = field(default_factory=dict)


def checked_wish(
    kind: str, wish: FieldWish, others: Iterable[CustomField], speeches: Sequence[Speech]
) -> dict[str, Any]:
    """The columns of a field that somebody wants beside `others`. Raises InvalidInput naming all that is wrong."""
    found = _Found()
    asked = next((one for one in FIELD_KINDS if one.value == wish.field_kind), None)
    if asked is None:
        raise InvalidInput({"field_kind": say("Choose what the field holds.")})
    found.columns["field_kind"] = asked.value
    _note_words(found, asked, wish)
    _note_target(found, asked, wish)
    _note_currency(found, asked, wish)
    _note_common(found, kind, asked, wish, others, speeches)
    return _whole(found)


def checked_change(
    row: CustomField, change: FieldChange, others: Iterable[CustomField], speeches: Sequence[Speech]
) -> dict[str, Any]:
    """The columns that change. Raises InvalidInput naming all that is wrong."""
    found = _Found()
    _note_common(found, row.kind, Kind(row.field_kind), change, others, speeches)
    return _whole(found)


def _whole(found: _Found) -> dict[str, Any]:
    if found.errors:
        raise InvalidInput(found.errors)
    return found.columns


def _note_common(
    found: _Found, kind: str, asked: Kind, wish: FieldWish | FieldChange, others: Iterable[CustomField],
    speeches: Sequence[Speech],
) -> None:  # fmt: skip
    declared = [one for name, one in names_of(entities[kind], speeches).items() if not is_key(name)]
    beside: list[Any] = [*declared, *(one for one in others if not one.is_archived)]
    labels = {"label_en": wish.label_en, "label_es": wish.label_es}
    try:
        found.columns |= checked_labels(labels, beside)
    except InvalidInput as wrong:
        found.errors |= {name: _named_twice(why, labels[name], beside, name) for name, why in wrong.errors.items()}
    for name, text in labels.items():
        if folded(clean_line(text)) in RESERVED:
            found.errors[name] = say("“%(word)s” means something else in files and filters.", word=clean_line(text))
    for name in ("hint_en", "hint_es"):
        hint = found.columns[name] = clean_line(getattr(wish, name))
        if len(hint) > LONGEST_HINT:
            found.errors[name] = say("Up to %(longest)s characters, please.", longest=LONGEST_HINT)
    found.columns["is_filterable"] = wish.is_filterable and asked in FILTERED
    _note_bounds(found, asked, wish)


def _named_twice(reason: Phrase, label: str, beside: Sequence[Any], name: str) -> Phrase:
    """Which field has the name already, where that is what is wrong."""
    wanted = folded(clean_line(label))
    taken = next((getattr(one, name) for one in beside if wanted and folded(getattr(one, name)) == wanted), None)
    return reason if taken is None else say("There is a field called “%(field)s” already.", field=taken)


def _note_bounds(found: _Found, asked: Kind, wish: FieldWish | FieldChange) -> None:
    least, most = (wish.minimum, wish.maximum) if asked in BOUNDED else (None, None)
    found.columns |= {"minimum": least, "maximum": most, "longest": None}
    if least is not None and most is not None and least > most:
        found.errors["maximum"] = say("The largest value must not be below the smallest.")
    for name, bound in (("minimum", least), ("maximum", most)):
        if bound is not None and (not bound.is_finite() or abs(bound) > LARGEST):
            found.errors[name] = say("That is too large a number.")
    if asked in (Kind.LINE, Kind.TEXT) and wish.longest is not None:
        limit = LONGEST_LINE if asked is Kind.LINE else LONG
        found.columns["longest"] = wish.longest
        if not 1 <= wish.longest <= limit:
            found.errors["longest"] = say("Between 1 and %(most)s characters.", most=limit)


def _note_words(found: _Found, asked: Kind, wish: FieldWish) -> None:
    if asked in CHOSEN and not wish.words:
        found.errors["words"] = say("Write at least one word to choose.")
    if asked not in CHOSEN and wish.words:
        found.errors["words"] = say("Only a choice is from a list of words.")


def _note_target(found: _Found, asked: Kind, wish: FieldWish) -> None:
    found.columns["target"] = wish.target if asked is Kind.REFERENCE else None
    if asked is Kind.REFERENCE and (wish.target not in lookups or wish.target not in configurable):
        found.errors["target"] = say("Choose the kind of record that it links to.")


def _note_currency(found: _Found, asked: Kind, wish: FieldWish) -> None:
    found.columns["currency"] = wish.currency if asked is Kind.MONEY else None
    if asked is Kind.MONEY and wish.currency not in currency_codes():
        found.errors["currency"] = say("Choose the currency of all amounts of this field.")
