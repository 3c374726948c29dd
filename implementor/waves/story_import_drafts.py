"""What a row of a backlog says of a story, and the keys and marks by which it is known again."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from implementor.exchange.kinds import Reason
from implementor.exchange.readers.source import Cell, Row
from implementor.foundation.text import clean_line, folded

ISSUE_KEY = re.compile(r"([A-Z][A-Z0-9_]{1,20})-\d{1,9}\Z")
LONGEST_KEY = 200
LONGEST_MARKED, MOST_MARKS = 20, 5_000
_marks: dict[str, str] = {}
"""Marks of short words, which come again and again."""


@dataclass(frozen=True)
class ImportedComment:
    """A comment of the other system; `mark` is its text in short, by which it is known again."""

    text: str
    at: datetime | None
    who: str
    mark: str


@dataclass
class Draft:
    """A story as a row tells it.

    `values` are columns of the story that the file carries, `empty` those of them whose cell is blank. `marks` say,
    field by field, what the source said, to be compared with the next import. `moves` are statuses with their moment.
    """

    row: Row
    reasons: list[Reason] = field(default_factory=list)
    source: str = ""
    key: str = ""
    has_key: bool = True
    values: dict[str, Any] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    marks: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    waves: list[str] = field(default_factory=list)
    parent: str = ""
    other_name: str = ""
    details: str = ""
    criteria: list[str] = field(default_factory=list)
    tasks: list[tuple[str, bool]] = field(default_factory=list)
    comments: list[ImportedComment] = field(default_factory=list)
    moments: dict[str, datetime] = field(default_factory=dict)
    moves: list[tuple[datetime, str]] = field(default_factory=list)
    continues: Draft | None = None
    present: dict[str, list[tuple[int, Cell]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Source and key in one text."""
        return f"{self.source}\x1f{self.key}"

    @property
    def title(self) -> str:
        """The title, for sentences about the row."""
        return str(self.values.get("title") or "")


def mark_of(value: Any) -> str:
    """A short mark that differs where the values do; it guards against change, not against malice."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > LONGEST_MARKED:
        return _marked(text)
    known = _marks.get(text)
    if known is None:
        if len(_marks) > MOST_MARKS:
            _marks.clear()
        known = _marks[text] = _marked(text)
    return known


def _marked(text: str) -> str:
    return f"{zlib.crc32(text.encode(errors='replace')):x}.{len(text):x}"


def title_key(title: str) -> str:
    """A title as the key of a story that has no other: folded, without punctuation at its ends."""
    key = folded(clean_line(title)).strip(" .,;:!?¡¿\"'()[]")
    return key if len(key) <= LONGEST_KEY - 40 else f"{key[: LONGEST_KEY - 40]}~{mark_of(key)}"
