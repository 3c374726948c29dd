"""Opening the file of a run the way a person said, and suggesting what its columns fill."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from implementor.exchange.detection import Detected, detect
from implementor.exchange.kinds import ImportKind
from implementor.exchange.mapping import Suggestion, known_headers, suggest
from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import Source, SourceHints

STRICT_KINDS = frozenset({"points", "number", "moment", "date"})
UNSURE = 0.6  # below it a suggestion for a strict kind only stands because of a name that its cells contradict


def open_file(path: Path, *, filename: str, hints: Mapping[str, Any], kind: ImportKind) -> tuple[Source, Detected]:
    """The file as rows, and what it is. Raises UnreadableFile."""
    source = open_source(path, filename=filename, hints=hints_of(hints, kind))
    return source, detect(source)


def hints_of(stored: Mapping[str, Any], kind: ImportKind) -> SourceHints:
    """Stored corrections as the readers take them."""
    header = stored.get("header_rows")
    return SourceHints(
        kind=stored.get("kind"),
        encoding=stored.get("encoding"),
        delimiter=stored.get("delimiter"),
        sheet=stored.get("sheet"),
        header_rows=None if header is None else tuple(header),
        known_headers=known_headers(kind.targets),
    )


def suggestions_for(source: Source, kind: ImportKind) -> dict[int, Suggestion]:
    """The suggested field of each column, with its reason; a field whose kind the cells contradict is left out."""
    found: dict[int, Suggestion] = {}
    for offer in suggest(source.columns, kind.targets):
        target = kind.target(offer.field)
        if target is not None and target.kind in STRICT_KINDS and offer.score < UNSURE:
            continue
        found[offer.column] = offer
    return found


def column_heads(source: Source) -> list[dict[str, str]]:
    """Names and unique labels of the columns, in the form that a run keeps."""
    return [{"name": column.name, "label": column.label_unique} for column in source.columns]
