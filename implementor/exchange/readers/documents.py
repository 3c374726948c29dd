"""Reads JSON: a Trello board as one card per row, or any list of records as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from implementor.exchange.readers.encodings import Encoding
from implementor.exchange.readers.source import Cell, UnreadableFile
from implementor.foundation.words import say

LARGEST_DOCUMENT = 100_000_000  # bytes; JSON is held whole
_SURROGATES = re.compile("[\ud800-\udfff]")

Table = tuple[list[str], list[list[Cell]]]


def document_of(path: Path, encoding: Encoding, filename: str) -> Any:
    """The document of a JSON file; `UnreadableFile` with line and column where it is none."""
    if path.stat().st_size > LARGEST_DOCUMENT:
        raise UnreadableFile(
            say("The JSON file is larger than %(limit)s megabytes.", limit=LARGEST_DOCUMENT // 1_000_000),
            way_out=say("Export it in parts, or as CSV."),
        )
    text = path.read_text(encoding.name, errors=encoding.errors).removeprefix("\ufeff").replace("\0", "")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            say("%(file)s is not valid JSON.", file=filename),
            place=say("It breaks at line %(line)s, column %(column)s.", line=error.lineno, column=error.colno),
            way_out=say("Export the board again and choose the file as it was downloaded."),
        ) from error
    except RecursionError as error:
        raise UnreadableFile(
            say("%(file)s is nested too deeply to be a list of stories.", file=filename),
            way_out=say("Export a list of records, as JSON or CSV."),
        ) from error


def is_trello(document: Any) -> bool:
    """Whether a document is a board as Trello exports it."""
    return (
        isinstance(document, Mapping)
        and isinstance(document.get("cards"), list)
        and isinstance(document.get("lists"), list)
    )


def table_of(document: Any, filename: str) -> Table:
    """Column names and rows of a document that holds a list of records or of values."""
    items = _items(document)
    if items is None:
        raise UnreadableFile(
            say("%(file)s holds no list of records.", file=filename),
            way_out=say("Export a list of records, as JSON or CSV."),
        )
    if any(isinstance(item, Mapping) for item in items):
        records = [dict(_flat(item)) if isinstance(item, Mapping) else {"value": item} for item in items]
        names = list(dict.fromkeys(name for record in records for name in record))
        return names, [[cell_of(record.get(name)) for name in names] for record in records]
    return ["value"], [[cell_of(item)] for item in items]


def _items(document: Any) -> Sequence[Any] | None:
    """The list itself, or the longest list of records one level down, as in {"issues": [...]}."""
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        return None
    lists = [value for value in document.values() if isinstance(value, list) and value]
    return max(lists, key=len, default=None)


def _flat(record: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Name and value pairs; a nested record's names are joined by dots, as in fields.summary."""
    for name, value in record.items():
        if isinstance(value, Mapping) and depth < 3:
            yield from _flat(value, f"{prefix}{name}.", depth + 1)
        else:
            yield f"{prefix}{name}", value


def cell_of(value: Any) -> Cell:
    """A JSON value as a cell; lists of plain values are joined by commas, anything deeper stays JSON text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(str(cell_of(item)) for item in value)
    return json.dumps(value, ensure_ascii=False)
