"""Sentences for people, written once in English and translated only when they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date


@dataclass(frozen=True)
class Speech:
    """How to talk to the reader: language code, its catalogue, and the zone moments are shown in."""

    language: str = "en"
    translations: NullTranslations = field(default_factory=NullTranslations)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


DAY = "day"
_speech: ContextVar[Speech] = ContextVar("speech")
_plain = Speech()


def speech() -> Speech:
    """The speech of the present reader; plain English in UTC where nobody set one."""
    return _speech.get(_plain)


def speak(chosen: Speech) -> None:
    """Use this speech from here on, in the present thread or task."""
    _speech.set(chosen)


@contextmanager
def speaking(chosen: Speech) -> Iterator[None]:
    """Use this speech for a block, such as one mail to one person."""
    token = _speech.set(chosen)
    try:
        yield
    finally:
        _speech.reset(token)


class Phrase:
    """A sentence with its values; `str()` gives it in the reader's language."""

    __slots__ = ("count", "message", "plural", "values")

    def __init__(self, message: str, plural: str | None, count: int, values: Mapping[str, Any]) -> None:
        self.message = message
        self.plural = plural
        self.count = count
        self.values = dict(values)

    def __str__(self) -> str:
        catalogue = speech().translations
        if self.plural is None:
            text = catalogue.gettext(self.message)
        else:
            text = catalogue.ngettext(self.message, self.plural, self.count)
        return text % {name: _read(value) for name, value in self.values.items()} if self.values else text

    def __repr__(self) -> str:
        return f"Phrase({self.message!r}, {self.values!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and self.as_json() == other.as_json()

    def __hash__(self) -> int:
        return hash((self.message, self.plural, self.count))

    def as_json(self) -> dict[str, Any]:
        """A form that can be stored and read back by `phrase_from_json`; values become text, numbers, days, phrases."""
        values = {name: _storable(value) for name, value in self.values.items()}
        return {"message": self.message, "plural": self.plural, "count": self.count, "values": values}


class Label(Phrase):
    """Words that are data rather than program, one text for each language: what administrators name and rename."""

    __slots__ = ("texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts.get("en") or next(filter(None, texts.values()), ""), None, 1, {})
        self.texts = dict(texts)

    def __str__(self) -> str:
        return self.texts.get(speech().language) or self.message

    def as_json(self) -> dict[str, Any]:
        """As `Phrase.as_json`, with the texts."""
        return {**super().as_json(), "texts": self.texts}


def _read(value: Any) -> Any:
    """A day is read as the reader writes days; moments are given as text, since they need a zone."""
    return _day(value, speech().language) if type(value) is date else value


@lru_cache(maxsize=1024)
def _day(value: date, language: str) -> str:
    return str(format_date(value, "medium", locale=language))


def _storable(value: Any) -> Any:
    """A phrase inside a phrase stays one, so that it is read in the language of whoever reads it later."""
    if isinstance(value, Phrase):
        return value.as_json()
    if type(value) is date:
        return {DAY: value.isoformat()}
    return value if isinstance(value, int | float) else str(value)


def phrase_from_json(stored: Mapping[str, Any]) -> Phrase:
    """The phrase that `Phrase.as_json` stored."""
    if "texts" in stored:
        return Label(stored["texts"])
    values = {
        name: _from_stored(value) if isinstance(value, dict) else value for name, value in stored["values"].items()
    }
    return Phrase(stored["message"], stored["plural"], stored["count"], values)


def _from_stored(value: Mapping[str, Any]) -> Any:
    return date.fromisoformat(value[DAY]) if DAY in value else phrase_from_json(value)


def say(message: str, **values: Any) -> Phrase:
    """A translatable sentence with named `%(name)s` values."""
    return Phrase(message, None, 1, values)


def say_n(singular: str, plural: str, count: int, **values: Any) -> Phrase:
    """A translatable sentence that depends on a number; `%(count)s` is given."""
    return Phrase(singular, plural, count, {"count": count, **values})
