"""The cells of a row by the field they fill: found, read once, kept with their mark, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from implementor.exchange.kinds import Reason, Setup
from implementor.exchange.readers.source import Cell, is_blank
from implementor.exchange.records.chosen_words import words_of
from implementor.exchange.values import UnreadableValue, is_missing, line_of, shown
from implementor.exchange.writers import RISKY
from implementor.foundation.text import folded
from implementor.foundation.values import BadValue
from implementor.foundation.words import Phrase
from implementor.stories.catalogue import STORY
from implementor.waves.story_import_drafts import Draft, mark_of

Value = TypeVar("Value")
MOST_READINGS = 10_000
NOTHING: list[tuple[int, Cell]] = []
"""What most fields of most rows say; never added to."""
MOST_UNKNOWN = 40
TEXTS = frozenset(
    {"module", "title", "description", "as_a", "i_want", "so_that", "criteria", "tasks", "comments", "parent"}
)
"""Fields in which words such as "none" or "null" are texts like any other."""


class Cells:
    """The cells of one file's rows."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.columns = {target: setup.columns_of(target) for target in set(setup.mapping.values())}
        self.looks = [
            (column, target, is_blank if target in TEXTS else is_missing)
            for target, columns in self.columns.items()
            for column in columns
        ]
        self.nothing = dict.fromkeys(self.columns, NOTHING)
        self.unquotes = setup.source.kind == "csv"
        self.labels = [column.label_unique for column in setup.source.columns]
        self.readings: dict[tuple[Any, Cell], Any] = {}
        self.known_words: dict[str, dict[str, str]] = {}

    def carries(self, target: str) -> bool:
        """Whether a column fills this field."""
        return target in self.columns

    def cells(self, draft: Draft, target: str) -> list[tuple[int, Cell]]:
        """The cells with something in them that fill a field, with their columns."""
        return draft.present.get(target, [])

    def look(self, cells: list[Cell]) -> dict[str, list[tuple[int, Cell]]]:
        """The cells with something in them, by field."""
        width, found, unquotes = len(cells), self.nothing.copy(), self.unquotes
        for column, target, is_unsaid in self.looks:
            if column < width and ((cell := cells[column]) or cell == 0) and not is_unsaid(cell):
                if unquotes and cell.__class__ is str and cell[:1] == "'":
                    cell = cells[column] = unquoted(cell)
                found[target] = [*found[target], (column, cell)]
        return found

    def cell(self, draft: Draft, target: str) -> tuple[int, Cell]:
        """The first of them, or nothing in the field's first column; column -1 where no column fills the field."""
        found = draft.present.get(target)
        if found:
            return found[0]
        return (self.columns[target][0] if found is not None else -1), None

    def attempt(self, draft: Draft, target: str, read: Callable[[Cell], Value]) -> Value | None:
        """What a cell says, or a reason kept with the row."""
        column, cell = self.cell(draft, target)
        if column < 0:
            return None
        try:
            return read(cell)
        except (UnreadableValue, BadValue) as fault:
            self.refuse(draft, column, cell, fault.reason)
            return None

    def wonder(self, target: str, word: str) -> None:
        """Keep a word that nothing here explains, for a person to say what it means."""
        words: list[str] = self.setup.learned.setdefault("unknown", {}).setdefault(target, [])
        if word and len(word) <= 100 and len(words) < MOST_UNKNOWN and word not in words:
            words.append(word)

    def once(self, read: Callable[[Cell], Value], cell: Cell) -> Value:
        """What a cell of few words says; every word is read once a file."""
        known = (read, cell)
        if known not in self.readings:
            if len(self.readings) > MOST_READINGS:
                self.readings.clear()
            self.readings[known] = read(cell)
        found: Value = self.readings[known]
        return found

    def word(
        self, name: str, cell: Cell, elsewhere: Callable[[Cell], str | None], *, among: Collection[str] = ()
    ) -> str | None:
        """The key that a word means for a choice of the catalogue (of `among`, where only those come in).

        What a person explained goes first, then what other systems call it, then its key and label here. Raises
        UnreadableValue.
        """
        text = folded(line_of(cell))
        explained = self.setup.options.meanings.get(name, {}).get(text)
        if explained:
            return explained
        try:
            return elsewhere(cell)
        except (UnreadableValue, BadValue):
            key = self.words(name).get(text)
            if key is None or (among and key not in among):
                self.wonder(name, line_of(cell))
                raise
            return key

    def words(self, name: str) -> dict[str, str]:
        """Folded key and label in each language -> key of a choice."""
        if name not in self.known_words:
            self.known_words[name] = words_of(STORY.fields[name])
        return self.known_words[name]

    def refuse(self, draft: Draft, column: int, cell: Cell, reason: Phrase) -> None:
        """Keep why the row cannot be taken."""
        label = self.labels[column] if 0 <= column < len(self.labels) else ""
        draft.reasons.append(Reason(reason, label, shown(cell)))

    def put(self, draft: Draft, target: str, value: Any, **values: Any) -> None:
        """Keep a value with its mark; `values` name other attributes than the field's own."""
        draft.values |= values or {target: value}
        draft.marks[target] = mark_of(value)
        if value in (None, "", []):
            draft.empty |= set(values or {target})


def unquoted(cell: Cell) -> Cell:
    """A text that our own export defused, as it was."""
    if isinstance(cell, str) and cell[:1] == "'" and cell[1:].startswith(RISKY):
        return cell[1:]
    return cell
