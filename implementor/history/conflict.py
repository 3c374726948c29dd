"""Three texts of one field: what I read, what I wrote, and what somebody else wrote meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class FieldChange:
    """Somebody changed one field while I had the form open; values in stored form."""

    field: str
    before: Any
    by: str
    at: datetime


@dataclass(frozen=True)
class FieldConflict:
    """A field that two people gave different values; `by` and `at` are of the last other change (None if unknown)."""

    field: str
    original: Any
    mine: Any
    theirs: Any
    by: str | None
    at: datetime | None


@dataclass(frozen=True)
class Merge:
    """What to save where nobody contradicts, and what a person must decide."""

    merged: dict[str, Any]
    conflicts: list[FieldConflict]


def merge(
    others: Iterable[FieldChange],
    mine: Mapping[str, Any],
    current: Mapping[str, Any],
    *,
    complete: bool = True,
    together: Iterable[tuple[str, str]] = (),
) -> Merge:
    """Join my values with what others changed since I read the record; `others` in the order of time.

    Fields only I touched keep mine, fields only they touched keep theirs, equal values agree, and a value they took
    back themselves counts as untouched. `complete=False` says that some changes are not known field by field: then
    every difference in a field of unknown past is a conflict. Of two fields that have a meaning only `together`, such
    as an amount and its currency, both are one where either is.
    """
    original: dict[str, Any] = {}
    last: dict[str, FieldChange] = {}
    for change in others:
        original.setdefault(change.field, change.before)
        last[change.field] = change
    merged, conflicts = {}, []
    for field, value in mine.items():
        theirs = current.get(field)
        known = field in original
        if value == theirs or (not known and complete) or (known and theirs == original[field]):
            merged[field] = value
        elif known and value == original[field]:
            merged[field] = theirs
        else:
            known_by = last.get(field)
            by, at = (known_by.by, known_by.at) if known_by else (None, None)
            conflicts.append(FieldConflict(field, original.get(field), value, theirs, by, at))
    for pair in together:
        _join(pair, original, mine, current, merged, conflicts)
    return Merge(merged, conflicts)


def _join(
    pair: tuple[str, str],
    original: Mapping[str, Any],
    mine: Mapping[str, Any],
    current: Mapping[str, Any],
    merged: dict[str, Any],
    conflicts: list[FieldConflict],
) -> None:
    """Let the other field of a pair be decided with the one that two people gave different values."""
    decided = next((one for one in conflicts if one.field in pair), None)
    for field in pair:
        if decided is not None and field in merged:
            del merged[field]
            before = original.get(field, current.get(field))
            conflicts.append(
                replace(decided, field=field, original=before, mine=mine[field], theirs=current.get(field))
            )
