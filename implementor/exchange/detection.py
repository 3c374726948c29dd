"""Tells what a source is: a Jira export, a Trello board, a backlog in a table, or stories as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from implementor.exchange.readers.source import Column, Source
from implementor.exchange.sentences import Sentence, sentence_of, starts_story
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say

__all__ = ["Detected", "Sentence", "detect", "issue_key_column", "sentence_of", "starts_story"]

_KEY = re.compile(r"[A-Z][A-Z0-9_]{1,20}-\d{1,9}\Z")
_ISSUE_ID = re.compile(r"\d{4,9}\Z")
_HEADERS = {
    "en": frozenset({"issue key", "issue id", "issue type", "summary", "status category", "project key", "work type"}),
    "es": frozenset(
        {
            "clave de incidencia",
            "clave de la incidencia",
            "id de la incidencia",
            "tipo de incidencia",
            "resumen",
            "categoria de estado",
            "clave del proyecto",
            "clave principal",
            "clave",
            "tipo de actividad",
        }
    ),
}
_CUSTOM = re.compile(
    r"(custom field|campo personalizado|champ personnalise|benutzerdefiniertes feld|campo customizado) ?\("
)
_SIGMA = "Σ"


@dataclass(frozen=True)
class Detected:
    """What a source is ("jira", "trello", "table" or "text"), in which language its headers are, and why.

    `language` is "en", "es" or None where it is neither or cannot be told.
    """

    kind: str
    language: str | None
    reason: Phrase


def detect(source: Source) -> Detected:
    """The kind of a source, from its structure first and its headers' words second."""
    if source.kind == "trello":
        return Detected("trello", None, say("The file is a Trello board."))
    if source.kind == "text":
        return Detected("text", _spoken(source), say("Each line is one story."))
    language = language_of(source.columns)
    key = issue_key_column(source.columns)
    signs = _jira_signs(source.columns) + (1 if language else 0) + (1 if key is not None else 0)
    if key is not None and signs >= 3:
        return Detected(
            "jira",
            language,
            say(
                "Column %(column)s holds issue keys and the columns are those of a Jira export.",
                column=source.columns[key].label_unique,
            ),
        )
    return Detected("table", language, say("The file is a table with one story per row."))


def issue_key_column(columns: Sequence[Column]) -> int | None:
    """The column of the issues' own keys: keys throughout, all different, and the leftmost of such columns."""
    for column in columns:
        cells = [str(cell).strip() for cell in column.samples]
        if cells and sum(bool(_KEY.match(cell)) for cell in cells) >= 0.95 * len(cells):
            named = folded(column.name)
            if "parent" not in named and "principal" not in named:
                return column.index
    return None


def language_of(columns: Sequence[Column]) -> str | None:
    """The language whose Jira headers the columns use most."""
    names = {folded(column.name) for column in columns}
    hits = {language: len(names & known) for language, known in _HEADERS.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] >= 1 else None


def _jira_signs(columns: Sequence[Column]) -> int:
    """How many traits of a Jira export there are that no translation hides."""
    names = [folded(column.name) for column in columns]
    known = set(names) & (_HEADERS["en"] | _HEADERS["es"])
    return (
        min(2, len(known) // 2)
        + any(_CUSTOM.search(name) for name in names)
        + any(column.name.startswith(_SIGMA) for column in columns)
        + _has_ranks(columns)
        + _has_issue_ids(columns)
    )


def _has_ranks(columns: Sequence[Column]) -> bool:
    """Jira's rank values look like 0|i0001x: in every language."""
    return any(
        bool(column.samples) and all(re.match(r"\d+\|[0-9a-z]+:", str(cell)) for cell in column.samples)
        for column in columns
    )


def _has_issue_ids(columns: Sequence[Column]) -> bool:
    """A column of large whole numbers stands right beside the keys."""
    key = issue_key_column(columns)
    if key is None:
        return False
    beside = [column for column in columns if abs(column.index - key) == 1 and column.samples]
    return any(all(_ISSUE_ID.match(str(cell)) for cell in column.samples) for column in beside)


def _spoken(source: Source) -> str | None:
    cells = [str(cell) for column in source.columns[:1] for cell in column.samples]
    english = sum(cell.lower().startswith("as ") for cell in cells)
    spanish = sum(cell.lower().startswith(("como ", "yo ")) for cell in cells)
    return None if english == spanish else ("en" if english > spanish else "es")
