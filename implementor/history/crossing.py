"""Putting a stale edit before a person: three texts per field, and inputs that lose nothing of what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from implementor.foundation.fields import Field, Kind
from implementor.foundation.words import Phrase, say
from implementor.history.conflict import FieldConflict
from implementor.history.services import StaleEdit

UNSHARED = (Kind.DATE, Kind.MOMENT)
"""Inputs that would join two values of one name; there the other value is typed, not ticked."""


@dataclass(frozen=True)
class CrossedField:
    """One field that two people gave different values, ready to draw; `theirs_raw` is what ticking their text sends."""

    field: Field
    mine: Any
    theirs: Any
    original: Any
    by: str | None
    at: datetime | None
    theirs_raw: str | None


@dataclass(frozen=True)
class Crossing:
    """The fields to decide, and the hidden values of all others (name, text)."""

    fields: list[CrossedField]
    settled: list[tuple[str, str]]


def crossing(stale: StaleEdit, catalogue: Mapping[str, Field], labels: Mapping[str, Mapping[str, Any]]) -> Crossing:
    """What the conflict page shows. `labels` gives, for fields with choices, the label of each key."""
    crossed = [_crossed(one, catalogue[one.field], labels.get(one.field, {})) for one in stale.conflicts]
    # empty texts are sent too: a field left out would keep what it holds now instead of what was cleared
    return Crossing(crossed, [(name, raw(value)) for name, value in stale.merged.items()])


def _crossed(one: FieldConflict, field: Field, labels: Mapping[str, Any]) -> CrossedField:
    mine, theirs, original = (_words(field, value, labels) for value in (one.mine, one.theirs, one.original))
    theirs_raw = None if field.kind in UNSHARED else raw(one.theirs)
    return CrossedField(field, mine, theirs, original, one.by, one.at, theirs_raw)


def raw(value: Any) -> str:
    """A typed value as the text that a form sends for it."""
    match value:
        case None | False:
            return ""
        case True:
            return "y"
        case datetime() | date():
            return value.isoformat()
        case list():
            return ", ".join(map(str, value))
    return format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)


def _words(field: Field, value: Any, labels: Mapping[str, Any]) -> Any:
    if value in (None, "", []):
        return None
    if field.kind in (Kind.CHOICE, Kind.REFERENCE):
        label: Phrase | Any = labels.get(str(value))
        return label if label is not None else say("something that can no longer be chosen")
    if field.kind is Kind.YES_NO:
        return say("Yes") if value else say("No")
    if isinstance(value, date):
        return value
    return raw(value)
