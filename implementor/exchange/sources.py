"""Opening the file of a run the way a person said, and suggesting what its columns fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from implementor.exchange.detection import Detected, detect
from implementor.exchange.kinds import ImportKind
from implementor.exchange.mapping import Suggestion, known_headers, suggest
from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import Source, SourceHints
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say

STRICT_KINDS = frozenset({"points", "number", "moment", "date"})
STORIES = "stories"
OF_OTHERS = {
    "table": say("The file is a table with one record per row."),
    "text": say("Each line is one record."),
}
"""What a file is that holds no stories."""
UNSURE = 0.6  # below it a suggestion for a strict kind only stands because of a name that its cells contradict


def open_file(path: Path, *, filename: str, hints: Mapping[str, Any], kind: ImportKind) -> tuple[Source, Detected]:
    """The file as rows, and what it is. Raises UnreadableFile."""
    source = open_source(path, filename=filename, hints=hints_of(hints, kind))
    found = detect(source)
    if kind.name != STORIES and found.kind in OF_OTHERS:
        found = replace(found, reason=OF_OTHERS[found.kind])
    return source, found


def hints_of(stored: Mapping[str, Any], kind: ImportKind) -> SourceHints:
    """Stored corrections as the readers take them."""
    header = stored.get("header_rows")
    return SourceHints(
        kind=stored.get("kind"),
        encoding=stored.get("encoding"),
        delimiter=stored.get("delimiter"),
        sheet=stored.get("sheet"),
        header_rows=None if header is None else tuple(header),
        known_headers=known_headers(kind.present_targets),
        takes_totals=bool(stored.get("takes_totals")),
    )


def suggestions_for(source: Source, kind: ImportKind, by: Actor) -> dict[int, Suggestion]:
    """The suggested field of each column, with its reason; a field whose kind the cells contradict is left out.

    A column of what the person may not fill is suggested no field, and why.
    """
    found: dict[int, Suggestion] = {}
    for offer in suggest(source.columns, kind.present_targets):
        target = kind.target(offer.field)
        if target is not None and target.kind in STRICT_KINDS and offer.score < UNSURE:
            continue
        found[offer.column] = offer
        if target is not None and not kind.is_open(target.name, by):
            found[offer.column] = replace(offer, field="", reason=shut_from(target.label))
    return found


def shut_from(label: Phrase) -> Phrase:
    """Why a person cannot fill a field that is there."""
    return say("%(field)s is hidden from you or only to be read.", field=label)


def opened_to(kind: ImportKind, mapping: Mapping[int, str], by: Actor) -> tuple[dict[int, str], dict[int, Phrase]]:
    """The part of a mapping that a person may use, and of every other column why it is left out."""
    shut = {column: field for column, field in mapping.items() if not kind.is_open(field, by)}
    labels = {one.name: one.label for one in kind.present_targets}
    reasons = {column: shut_from(labels[field]) for column, field in shut.items() if field in labels}
    return {column: field for column, field in mapping.items() if column not in shut}, reasons


def filled_by(suggested: Mapping[int, Suggestion]) -> dict[int, str]:
    """The mapping that suggestions make."""
    return {column: offer.field for column, offer in suggested.items() if offer.field}


def column_heads(source: Source) -> list[dict[str, str]]:
    """Names and unique labels of the columns, in the form that a run keeps."""
    return [{"name": column.name, "label": column.label_unique} for column in source.columns]
