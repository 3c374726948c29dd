"""Control files: the figures of another system as a sheet, read in either language and written in the same form."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.exchange.readers.source import Cell, Source
from implementor.exchange.records.targets import in_both
from implementor.foundation.errors import BadValue, InvalidInput
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import Phrase, say, speech
from implementor.releases.figures import ControlLine, Measure, countable, currency_of, measures_of, read_figure

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind", "entity", "object", "table", "records", "tipo", "entidad", "objeto", "tabla", "registros"),
    "system": ("system", "source", "source system", "sistema", "origen", "sistema de origen"),
    "figure": ("figure", "measure", "field", "control", "cifra", "medida", "campo"),
    "currency": ("currency", "moneda", "divisa"),
    "expected": ("expected", "value", "total", "esperado", "esperada", "valor"),
}
NEEDED = ("kind", "expected")
COUNTED = frozenset({"", "count", "number", "records", "number of records", "numero", "recuento", "registros"})
MOST_ROWS = 500


def read_control(source: Source) -> list[ControlLine]:
    """Every expected figure of a file. Raises InvalidInput that names the first row which cannot be read."""
    places = {
        name: column.index
        for name, words in COLUMNS.items()
        for column in source.columns
        if folded(clean_line(column.name)) in words
    }
    if any(name not in places for name in NEEDED):
        raise _wrong(say("A control file needs the columns kind and expected, and may have system, figure, currency."))
    lines: list[ControlLine] = []
    for number, row in enumerate(source.rows(), start=1):
        if number > MOST_ROWS:
            raise _wrong(say("A control file has %(most)s rows at most.", most=MOST_ROWS))
        try:
            if row.problem is not None:
                raise BadValue(row.problem)
            lines.append(_line({name: row.cells[place] for name, place in places.items() if place < len(row.cells)}))
        except BadValue as bad:
            raise _wrong(say("Row %(number)s: %(reason)s", number=row.number, reason=bad.reason)) from bad
    if not lines:
        raise _wrong(say("The file has no rows."))
    return lines


def _line(cells: Mapping[str, Cell]) -> ControlLine:
    texts = {name: _text(cell) for name, cell in cells.items()}
    kind = _kind(texts["kind"])
    measure = _measure(kind, texts.get("figure", ""))
    currency = currency_of(measure, texts.get("currency", ""))
    # numbers of a spreadsheet have a point, whatever the reader's language
    language = speech().language if isinstance(cells.get("expected"), str) else "en"
    expected = read_figure(measure, currency, texts.get("expected", ""), language)
    if expected is None:
        raise BadValue(say("What is expected is missing."))
    return ControlLine(measure, texts.get("system", ""), currency, expected)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # a quote keeps a spreadsheet from running what looks like a formula
    return "" if cell is None else clean_line(str(cell)).removeprefix("'")


def _kind(text: str) -> str:
    wanted = folded(text)
    for kind, entity in countable().items():
        if wanted in _names(kind, entity.label, entity.label_plural):
            return kind
    raise BadValue(say("There are no records called “%(text)s”.", text=text[:60]))


def _measure(kind: str, text: str) -> Measure:
    wanted = folded(text)
    for measure in measures_of(kind):
        if measure.field is None and (wanted in COUNTED or wanted == folded(str(measure.label))):
            return measure
        if measure.field is not None and wanted in _names(measure.name, measure.field.label, measure.label):
            return measure
    raise BadValue(say("“%(text)s” is nothing that can be counted there.", text=text[:60]))


def _names(name: str, *labels: Phrase) -> set[str]:
    """What something may be called: its name, and its labels in every language."""
    return {name, *(folded(text) for label in labels for text in in_both(label))}


def _wrong(reason: Phrase) -> InvalidInput:
    return InvalidInput({"file": reason})
