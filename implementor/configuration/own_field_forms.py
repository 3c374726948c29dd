"""What administrators fill in about a field of one's own: what it holds, its names, its words and its bounds."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField

from implementor.configuration.forms import NUMERIC, UNREADABLE, WordedForm
from implementor.configuration.models import CustomField
from implementor.configuration.services.field_wishes import CHOSEN, FIELD_KINDS, FieldChange, FieldWish, WordWish
from implementor.foundation import words
from implementor.foundation.money import currency_choices
from implementor.foundation.numbers import read_number, typed_number
from implementor.foundation.words import speech
from implementor.web.forms import EMPTY_CHOICE, offered

say: Any = words.say
"""WTForms declares labels as str, but only ever prints them."""
HINT = {"maxlength": 300}
IMPOSSIBLE = Decimal("NaN")
"""Stands for a number that could not be read; no rule accepts it."""


class OwnFieldForm(WordedForm):
    """What of a field can become otherwise."""

    hint_en = StringField(say("Help in English"), render_kw=HINT, description=say("Shown below the field in forms."))
    hint_es = StringField(say("Help in Spanish"), render_kw=HINT)
    minimum = StringField(say("Smallest value"), render_kw={"inputmode": "decimal"}, description=say("For numbers."))
    maximum = StringField(say("Largest value"), render_kw={"inputmode": "decimal"})
    longest = StringField(say("Most characters"), render_kw=NUMERIC, description=say("For texts."))
    is_filterable = BooleanField(
        say("Lists are filtered and sorted by it"), default=True,
        description=say("An index makes that quick among very many records. A job builds it."),
    )  # fmt: skip

    def change(self) -> FieldChange:
        """What the service takes."""
        return FieldChange(**self._common())

    def _common(self) -> dict[str, Any]:
        return {
            **self.labels(), "hint_en": self.hint_en.data or "", "hint_es": self.hint_es.data or "",
            "minimum": _decimal(self.minimum.data), "maximum": _decimal(self.maximum.data),
            "longest": _whole(self.longest.data), "is_filterable": bool(self.is_filterable.data),
        }  # fmt: skip


class NewFieldForm(OwnFieldForm):
    """A field that somebody adds; what it holds is said once and for all."""

    field_kind = SelectField(say("What it holds"), choices=offered(FIELD_KINDS.items()), validate_choice=False)
    words = TextAreaField(
        say("Words to choose from"),
        description=say("For a choice: a word a line, in English and after a bar in Spanish, such as High | Alto."),
    )
    target = SelectField(say("Kind of record it links to"), description=say("For a link."), validate_choice=False)
    currency = SelectField(say("Currency"), description=say("For money: all amounts are in it."), validate_choice=False)

    def offer(self, targets: Iterable[tuple[str, Any]]) -> NewFieldForm:
        """Fill in what can be linked to, and the currencies."""
        self.target.choices = offered([EMPTY_CHOICE, *targets])
        self.currency.choices = offered([EMPTY_CHOICE, *currency_choices(speech().language)])
        return self

    def wish(self) -> FieldWish:
        """What the service takes."""
        kind = self.field_kind.data or ""
        return FieldWish(
            kind, **self._common(), words=_words(self.words.data or "") if kind in CHOSEN else (),
            target=self.target.data or None, currency=self.currency.data or None,
        )  # fmt: skip


def shown_field(row: CustomField) -> dict[str, Any]:
    """A field as its form shows it."""
    return {
        "label_en": row.label_en, "label_es": row.label_es, "hint_en": row.hint_en, "hint_es": row.hint_es,
        "minimum": _typed(row.minimum), "maximum": _typed(row.maximum), "longest": row.longest or "",
        "is_filterable": row.is_filterable, "version": row.version,
    }  # fmt: skip


def _typed(number: Decimal | None) -> str:
    return "" if number is None else typed_number(number, speech().language)


def _words(text: str) -> tuple[WordWish, ...]:
    """A word of each line that says one; where there is no bar, it is the same in both languages."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        english, bar, spanish = line.partition("|")
        found.append(WordWish(english.strip(), spanish.strip() if bar else english.strip()))
    return tuple(found)


def _decimal(text: str | None) -> Decimal | None:
    if not (text or "").strip():
        return None
    try:
        return read_number(text or "", speech().language)
    except (ValueError, InvalidOperation):
        return IMPOSSIBLE


def _whole(text: str | None) -> int | None:
    text = (text or "").strip()
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else UNREADABLE
