"""Understands one row of a file as a record of its catalogue, or says which cell cannot be taken and why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from implementor.exchange.dates import Dates
from implementor.exchange.kinds import Reason, Setup
from implementor.exchange.readers.source import Cell, Row, is_blank
from implementor.exchange.records.chosen_words import in_order, words_of
from implementor.exchange.records.currencies import Currencies
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport
from implementor.exchange.records.extras import ExtraReader, abroad, parts_of
from implementor.exchange.records.people import Owners
from implementor.exchange.records.targets import is_filled, is_open
from implementor.exchange.values import (
    UnreadableValue,
    decimal_comma,
    is_missing,
    line_of,
    list_of,
    number_of,
    shown,
    text_of,
    truth_of,
)
from implementor.exchange.writers import RISKY
from implementor.foundation.amounts import Money
from implementor.foundation.conventions import Reading, conventions
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import LISTS, Field, Kind
from implementor.foundation.text import folded
from implementor.foundation.values import as_stored
from implementor.foundation.words import say

LONGEST_KEY = 200
MOST_READINGS = 50_000
MOST_UNKNOWN = 50
LONGEST_WORD = 80
NO_COLUMN = -1
"""Stands for the column of a value that is the same for every row."""
NUMBERS = (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT)
DATED = (Kind.DATE, Kind.MOMENT)
LONG = (Kind.TEXT, Kind.MARKDOWN)
Reader = Callable[[Draft, int, Cell], Any]


class RowReader:
    """Reads the rows of one file by its mapping."""

    def __init__(self, declared: RecordImport, setup: Setup, owners: Owners) -> None:
        self.declared, self.setup, self.owners = declared, setup, owners
        fields = declared.entity.fields
        stated = {*setup.mapping.values(), *setup.options.defaults}
        self.shut = sorted(name for name in stated if not is_open(declared, name, setup.by))
        stated.difference_update(self.shut)
        mapped = {name for name in stated if name in fields and is_filled(declared, fields[name])}
        self.closed = [one for one in fields.values() if is_filled(declared, one) and not one.is_open_to(setup.by)]
        self.fields = [(fields[name], setup.columns_of(name)) for name in fields if name in mapped]
        self.fields.sort(key=lambda each: each[0].kind is not Kind.CURRENCY)  # amounts are read in them
        self.extra = [
            (one, setup.columns_of(one.name))
            for one in declared.extra
            if one.name in stated and setup.columns_of(one.name)
        ]
        self.key_columns = setup.columns_of(EXTERNAL_ID)
        self.labels = [column.label_unique for column in setup.source.columns]
        dated = [columns for one, columns in self.fields if one.kind in DATED]
        dated += [columns for extra, columns in self.extra if extra.kind == "moment"]
        self.dates = Dates(setup, [each for columns in dated for each in columns])
        numbers = [each for one, columns in self.fields if one.kind in NUMBERS for each in columns]
        samples = {each: setup.source.columns[each].samples for each in numbers}
        self.comma = setup.learned.setdefault("comma", {str(each): decimal_comma(samples[each]) for each in numbers})
        usual = conventions()
        self.reading = Reading("", usual.currency, setup.options.country or usual.country)
        self.extras = ExtraReader(self.labels, self.reading, self.dates, self.fault)
        self.unquotes = setup.source.kind == "csv"
        self._readings: dict[tuple[str, Cell], Any] = {}
        self._words: dict[str, dict[str, str]] = {}
        self.currencies = Currencies(declared.entity, mapped, self.reading)
        self.readers = {one.name: self._reader(one) for one, _columns in self.fields}

    # --- a row --------------------------------------------------------------------------------------------------------

    def read(self, row: Row) -> Draft:
        """What a row says."""
        draft = Draft(row)
        if row.problem is not None:
            draft.reasons.append(Reason(row.problem))
            return draft
        cells = row.cells
        for one, columns in self.fields:
            self._field(draft, one, columns, cells)
        for extra, columns in self.extra:
            if extra.kind == "link":
                self._link_extra(draft, extra.name, [self._cell(cells, column) for column in columns])
                continue
            self.extras.read(draft, extra, [(column, self._cell(cells, column)) for column in columns])
        for name, texts in draft.extra.items():
            draft.marks[name] = print_of("\x1f".join(texts))
        self.currencies.settle(draft)
        self._name(draft, cells)
        if not draft.reasons:
            draft.reasons += self.declared.derive(draft)
            self._close(draft)
        if not draft.reasons:
            draft.reasons += self.declared.rule(draft)
        return draft

    def _close(self, draft: Draft) -> None:
        """Leave out what follows from other columns for fields that are not this person's to fill."""
        for one in self.closed:
            draft.values.pop(one.attribute, None)
            draft.marks.pop(one.name, None)

    def _cell(self, cells: list[Cell], column: int) -> Cell:
        cell = cells[column] if column < len(cells) else None
        if self.unquotes and isinstance(cell, str) and cell[:1] == "'" and cell[1:].startswith(RISKY):
            return cell[1:]  # a text that our own export defused
        return cell

    def _field(self, draft: Draft, one: Field, columns: list[int], cells: list[Cell]) -> None:
        column, cell = self._said(one, columns, cells)
        if cell is None:
            default = self.setup.options.defaults.get(one.name)
            if not default:
                if self.setup.options.clears and not one.required:
                    draft.values[one.attribute], draft.marks[one.name] = ([] if one.kind in LISTS else None), ""
                return
            cell = default
        if one.name in self.declared.spill:
            cell = self._first(draft, one, cell)
        try:
            self._put(draft, one, column, cell)
        except (UnreadableValue, BadValue) as fault:
            label = self.labels[column] if column != NO_COLUMN else str(one.label)
            self.fault(draft, Reason(fault.reason, label, shown(cell), self._is_spare(one)))

    def _said(self, one: Field, columns: list[int], cells: list[Cell]) -> tuple[int, Cell]:
        """The first cell that says something, with its column; of several choices what all of them say."""
        unsaid = is_blank if one.kind in LONG else is_missing
        found = [(each, cell) for each in columns if not unsaid(cell := self._cell(cells, each))]
        found = found or [((columns or [NO_COLUMN])[0], None)]
        if one.kind is Kind.CHOICES and len(found) > 1:
            return found[0][0], "; ".join(line_of(cell) for _column, cell in found)
        return found[0]

    def fault(self, draft: Draft, reason: Reason) -> None:
        """Refuse a row for a cell, or leave the cell out where the row can do without it and the person wants that."""
        (draft.emptied if reason.is_spare and self.setup.options.skips_cells else draft.reasons).append(reason)

    def _is_spare(self, one: Field) -> bool:
        """Whether a row can do without a field; a wish for no calls is not passed over, nor what amounts are in."""
        return (
            not one.required
            and one.kind not in (Kind.YES_NO, Kind.CURRENCY)
            and (one.editable or one.name in self.declared.spared)
        )

    def _first(self, draft: Draft, one: Field, cell: Cell) -> Cell:
        """Of several addresses or numbers in a cell the first; the rest go where the kind keeps more of them."""
        parts = parts_of(one.kind, line_of(cell))
        if len(parts) < 2:
            return cell
        more = next(extra for extra in self.declared.extra if extra.name == self.declared.spill[one.name])
        self.extras.read(draft, more, [(NO_COLUMN, part) for part in parts[1:]])
        return parts[0]

    def _put(self, draft: Draft, one: Field, column: int, cell: Cell) -> None:
        value = self.readers[one.name](draft, column, cell)
        draft.marks[one.name] = print_of(value if value is not None else line_of(cell))
        if value is None:
            return
        if isinstance(value, Money):
            draft.values[one.currency_name or ""] = value.currency
            value = value.minor
        draft.values[one.attribute] = value

    def _name(self, draft: Draft, cells: list[Cell]) -> None:
        key = next((text for column in self.key_columns if (text := line_of(self._cell(cells, column)))), "")
        if key and not is_missing(key):
            if len(key) > LONGEST_KEY:
                too_long = say("The key may have %(longest)s characters.", longest=LONGEST_KEY)
                draft.reasons.append(Reason(too_long, self.labels[self.key_columns[0]], shown(key)))
            draft.name = key
            return
        used = sorted(self.setup.mapping)
        draft.name = print_of("\x1f".join(line_of(self._cell(cells, column)) for column in used))
        draft.is_print = True

    # --- a cell -------------------------------------------------------------------------------------------------------

    def _reader(self, one: Field) -> Reader:
        if one.kind in NUMBERS:
            return lambda draft, column, cell: self._number(one, draft, column, cell)
        if one.kind is Kind.REFERENCE and one.is_person:
            return self._owner
        readers: dict[Kind, Reader] = {
            Kind.REFERENCE: lambda draft, _column, cell: self._linked(one, draft, cell),
            Kind.DATE: lambda _draft, column, cell: self.dates.day(column, cell),
            Kind.MOMENT: lambda _draft, column, cell: self.dates.moment(column, cell),
            Kind.YES_NO: lambda _draft, _column, cell: truth_of(cell),
            Kind.CHOICE: lambda draft, _column, cell: self._choice(one, draft, cell),
            Kind.CHOICES: lambda draft, _column, cell: self._chosen(one, draft, cell),
            Kind.CURRENCY: lambda _draft, _column, cell: self.currencies.code(one, cell),
            Kind.TAGS: lambda _draft, _column, cell: as_stored(one, list_of(cell)),
            Kind.TEXT: lambda _draft, _column, cell: as_stored(one, text_of(cell), self.reading),
            Kind.MARKDOWN: lambda _draft, _column, cell: as_stored(one, text_of(cell), self.reading),
        }
        return readers.get(one.kind, lambda _draft, _column, cell: self._once(one, cell))

    def _once(self, one: Field, cell: Cell) -> Any:
        """A short text; words that come again and again are read once."""
        known = (one.name, cell)
        found = self._readings.get(known)
        if found is None:
            found = as_stored(one, line_of(cell), self.reading)
            if one.kind is Kind.PHONE:
                found = abroad(found, self.reading)
            if len(self._readings) < MOST_READINGS:
                self._readings[known] = found
        return found

    def _number(self, one: Field, draft: Draft, column: int, cell: Cell) -> Any:
        if one.kind is Kind.MONEY:
            return self.currencies.amount(one, draft, cell, comma=self.comma.get(str(column)))
        number = number_of(cell, comma=self.comma.get(str(column)))
        if number is None:
            return None
        if one.kind is Kind.PERCENT:
            if "%" in str(cell):
                draft.signed += (one.name,)
                return as_stored(one, number, self.reading)
            return as_stored(one, number / 100, self.reading)
        return as_stored(one, number, self.reading)

    def _choice(self, one: Field, draft: Draft, cell: Cell) -> str | None:
        word = line_of(cell)
        known = self._known_words(one)
        meanings = self.setup.options.meanings.get(one.name, {})
        key = meanings.get(folded(word)) or known.get(folded(word))
        if key is not None:
            return key
        self.wonder(one.name, word)
        if one.picklist is None or len(word) > LONGEST_WORD:
            offered = ", ".join(str(choice.label) for choice in one.offered_choices[:12])
            raise BadValue(say("%(field)s must be one of: %(offered)s.", field=one.label, offered=offered))
        key = word_key(word)
        draft.words.setdefault(one.picklist, {})[key] = word
        return key

    def _chosen(self, one: Field, draft: Draft, cell: Cell) -> list[str]:
        """Several words of a list, in its order; those that are new to it at the end."""
        parts = [line_of(cell)] if folded(line_of(cell)) in self._known_words(one) else list_of(cell)
        keys = [self._choice(one, draft, part) for part in parts]
        return in_order(one, filter(None, keys))

    def _known_words(self, one: Field) -> dict[str, str]:
        """Folded key and label in each language -> key."""
        if one.name not in self._words:
            self._words[one.name] = words_of(one)
        return self._words[one.name]

    def _link_extra(self, draft: Draft, name: str, cells: list[Cell]) -> None:
        text = next((line_of(cell) for cell in cells if not is_missing(cell)), "")
        if text:
            draft.links[name], draft.marks[name] = self._meant(name, text), print_of(text)

    def _linked(self, one: Field, draft: Draft, cell: Cell) -> None:
        draft.links[one.name] = self._meant(one.name, line_of(cell))

    def _meant(self, name: str, text: str) -> str:
        """What a text stands for, where somebody explained it."""
        return self.setup.options.meanings.get(name, {}).get(folded(text)) or text

    def _owner(self, draft: Draft, _column: int, cell: Cell) -> int | None:
        found = self.owners.found(cell)
        draft.is_unowned = found is None
        if found is None:
            self.wonder(self.declared.owner, line_of(cell))
        return found

    def wonder(self, name: str, word: str) -> None:
        """Keep a word that nothing here explains, for a person to say what it means."""
        words: list[str] = self.setup.learned.setdefault("unknown", {}).setdefault(name, [])
        if word and len(word) <= LONGEST_WORD and len(words) < MOST_UNKNOWN and word not in words:
            words.append(word)


def word_key(word: str) -> str:
    """The key of a new word of a list: folded, with underscores."""
    bare = "".join(letter if letter.isalnum() else "_" for letter in folded(word))
    return "_".join(part for part in bare.split("_") if part)[:60] or "w" + print_of(word)


def print_of(value: Any) -> str:
    """A short print of a value, the same for equal values."""
    return hashlib.blake2b(str(value).encode(errors="replace"), digest_size=10).hexdigest()
