"""Suggests which column fills which field, from the headers in both languages and from what the cells look like."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from implementor.exchange.readers.source import Cell, Column
from implementor.exchange.sentences import starts_story
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say

SURE = 0.9  # a score from which a suggestion needs no second look
LEAST = 0.5  # below it nothing is suggested

_WRAPPED = re.compile(
    r"(?:custom field|campo personalizado|champ personnalise|benutzerdefiniertes feld|campo customizado) ?\((.+)\)\Z"
)
_LINKS = re.compile(
    r"(?:inward|outward) issue link|(?:enlace|vinculo) de (?:la )?incidencia|vinculo .*(?:entrada|salida)"
)
_NOT_A_NUMBER_YET = frozenset({"?", "-", "xs", "s", "m", "l", "xl", "xxl", "n/a"})
_NOT_WORDS = re.compile(r"[\s_\-./:*?¿!¡()\[\]\"'|]+")
_KEY = re.compile(r"[A-Z][A-Z0-9_]{1,20}-\d{1,9}\Z")
_NUMBER = re.compile(r"[~≈(]?\s*[+-]?\s*(?:[A-Za-z]{0,3}[$€£¥₹₩]|[A-Z]{3})?\s*[+-]?\d")
"""How an amount begins, with the sign or code of its currency before it or not."""
_POINTS = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s*(?:puntos?|points?|pts?|sp)\.?\Z", re.IGNORECASE)
_MOSCOW = re.compile(r"(?:must|should|could|won'?t|debe|deberia|podria|no tendra)\b", re.IGNORECASE)
_WAVE = re.compile(r"(?:sprint|iteraci[oó]n|iteration|ola|wave|release|fase|phase|incremento)\b", re.IGNORECASE)
_SECTION = "section"  # how readers call the column of headings that stand across a table
_COMMENT = re.compile(r"[^;\n]{6,40};[^;\n]{1,120};.")


@dataclass(frozen=True)
class TargetField:
    """A field that a column can fill: its name, label, the headers it goes by, and the kind of its values.

    `kind` is text, markdown, key, status, type, person, points, number, priority, moscow, moment, date, list,
    lines, comment or attachment. Several columns may fill a `repeatable` field, one any other.
    """

    name: str
    label: Phrase
    labels: tuple[str, ...]
    kind: str = "text"
    repeatable: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A column for a field with how sure it is (0-1) and why."""

    column: int
    field: str
    score: float
    reason: Phrase


def known_headers(targets: Sequence[TargetField]) -> frozenset[str]:
    """All folded headers of the targets, by which readers recognise a header row."""
    return frozenset(folded(label) for target in targets for label in target.labels if len(label) > 1)


def signature(columns: Sequence[Column]) -> str:
    """A short mark of a file's headers; files of the same system and project share it, and so their mapping.

    Repeated columns count once, for an export has as many Sprint columns as its busiest issue needs.
    """
    names = sorted({normal(column.name) for column in columns if column.name})
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:24]


def suggest(columns: Sequence[Column], targets: Sequence[TargetField]) -> list[Suggestion]:
    """At most one field per column and, unless repeatable, one column per field; the surest pairs first win."""
    offers = [
        offer
        for column in columns
        for target in targets
        if (offer := _offer(column, target)) is not None and offer.score >= LEAST
    ]
    offers.sort(key=lambda offer: (-offer.score, offer.column))
    repeatable = {target.name for target in targets if target.repeatable}
    taken_columns: set[int] = set()
    taken_fields: dict[str, str] = {}
    chosen: list[Suggestion] = []
    for offer in offers:
        name = normal(columns[offer.column].name)
        free = offer.field not in taken_fields or (offer.field in repeatable and taken_fields[offer.field] == name)
        if offer.column not in taken_columns and free:
            taken_columns.add(offer.column)
            taken_fields.setdefault(offer.field, name)
            chosen.append(offer)
    if "title" not in taken_fields and any(target.name == "title" for target in targets):
        chosen += _likely_titles([column for column in columns if column.index not in taken_columns])
    return sorted(chosen, key=lambda offer: offer.column)


def _likely_titles(columns: Sequence[Column]) -> list[Suggestion]:
    """Where nothing is called a title: the column of the most wordy cells that are all different."""
    wordy = {
        column.index: sum(len(str(cell).split()) for cell in column.samples) / len(column.samples)
        for column in columns
        if column.samples and not all(isinstance(cell, int | float) for cell in column.samples)
    }
    best = max(wordy, key=lambda index: wordy[index], default=None)
    if best is None or wordy[best] < 2:
        return []
    return [Suggestion(best, "title", LEAST, say("Its texts are the longest of the columns without a field."))]


def recalled(columns: Sequence[Column], remembered: Mapping[str, str]) -> dict[int, str]:
    """A mapping that was stored by header (`remembering`), applied to columns of the same headers."""
    return {column.index: remembered[key] for column in columns if (key := normal(column.name)) in remembered}


def remembering(columns: Sequence[Column], mapping: Mapping[int, str]) -> dict[str, str]:
    """A mapping by header, in which all columns of one header share a field; blank headers are not remembered."""
    return {normal(column.name): mapping[column.index] for column in columns if column.name and column.index in mapping}


@lru_cache(maxsize=8192)
def normal(name: str) -> str:
    """A header for comparison: without case, accents, punctuation and Jira's wrapping of custom fields."""
    text = folded(name).strip()
    wrapped = _WRAPPED.match(text)
    if _LINKS.match(text):
        return "links"
    return _NOT_WORDS.sub(" ", wrapped[1] if wrapped else text).strip() or text


def _offer(column: Column, target: TargetField) -> Suggestion | None:
    by_header = _header_score(column, target)
    fit = _fit(column.samples, target.kind)
    if by_header:
        score = by_header * (0.55 if fit < 0.2 else 1.0)
        if not column.samples:
            score *= 0.97  # of two columns with one name the one that holds something is meant
        return Suggestion(column.index, target.name, round(score, 3), say("The header says so."))
    score = _samples_score(column, target, fit)
    if score:
        return Suggestion(column.index, target.name, round(score, 3), say("The values look like it."))
    return None


def _header_score(column: Column, target: TargetField) -> float:
    """1 for the field's first name, falling with its place in the list; less where a name only contains it."""
    if not column.name:
        return 0.0
    names = [normal(column.name)]
    if " / " in column.name:
        names += [normal(part) for part in reversed(column.name.split(" / "))]
    known = [normal(label) for label in target.labels] + [normal(str(target.name).replace("_", " "))]
    best = 0.0
    for rank, name in enumerate(dict.fromkeys(names)):
        if name in known:
            best = max(best, 1.0 - 0.002 * known.index(name) - 0.05 * rank)
        else:
            best = max(best, _partial(name, known) - 0.05 * rank)
    return best


def _partial(name: str, known: Sequence[str]) -> float:
    """Up to 0.75 where a known name of two words or more, or a long one, is part of the header."""
    words = name.split()
    if len(words) > 8 or not words or words[-1] in {"id", "changed", "cambiada"} or words[0] == "id":
        return 0.0
    inside = [label for label in known if len(label) >= 5 and f" {label} " in f" {name} "]
    return max((0.5 + 0.25 * len(label.split()) / len(words) for label in inside), default=0.0)


def _fit(samples: Sequence[Cell], kind: str) -> float:
    """The share of samples that such a field could take; 1 where anything goes or nothing is known."""
    check = _CHECKS.get(kind)
    if check is None or not samples:
        return 1.0
    return sum(check(str(cell).strip()) for cell in samples) / len(samples)


def _samples_score(column: Column, target: TargetField, fit: float) -> float:
    """For columns whose header says nothing: kinds that are recognised by their cells alone."""
    texts = [str(cell) for cell in column.samples]
    if normal(column.name) == _SECTION and texts:
        waves = sum(bool(_WAVE.match(text)) for text in texts) > 0.5 * len(texts)
        return 0.75 if target.name == ("wave" if waves else "parent") else 0.0
    named = bool(column.name) and not column.name.isdigit()
    if not texts or (named and target.kind not in {"key", "points", "comment"}):
        return 0.0
    if target.name == "title":
        return 0.8 if sum(map(starts_story, texts)) >= 0.5 * len(texts) else 0.0
    if target.name == "external_key":
        distinct = len(texts) > 1 and all(map(_KEY.match, texts))
        return 0.7 - 0.0005 * column.index if distinct and "parent" not in normal(column.name) else 0.0
    if target.kind in {"points", "comment", "moscow"}:
        pattern = {"points": _POINTS, "comment": _COMMENT, "moscow": _MOSCOW}[target.kind]
        return 0.65 * fit if sum(bool(pattern.match(text)) for text in texts) >= 0.8 * len(texts) else 0.0
    return 0.0


def _numeric(text: str) -> bool:
    return bool(_NUMBER.match(text)) or text.lower() in _NOT_A_NUMBER_YET


def _dated(text: str) -> bool:
    return any(character.isdigit() for character in text) and 4 < len(text) < 60


_CHECKS: dict[str, Callable[[str], bool]] = {
    "points": _numeric,
    "number": _numeric,
    "moment": _dated,
    "date": _dated,
    "key": lambda text: len(text) <= 64 and "\n" not in text,
    "status": lambda text: len(text) <= 60 and "\n" not in text,
    "type": lambda text: len(text) <= 60 and "\n" not in text,
    "person": lambda text: len(text) <= 200 and "\n" not in text,
    "priority": lambda text: len(text) <= 40,
    "moscow": lambda text: len(text) <= 40,
}
