"""Putting a stale edit before a person: three texts per field, and inputs that lose nothing of what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from implementor.foundation.amounts import shown_money, shown_share
from implementor.foundation.fields import Field, Kind
from implementor.foundation.values import typed_text
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


@dataclass(frozen=True)
class Currencies:
    """The currencies of one amount in its three texts."""

    mine: str | None = None
    theirs: str | None = None
    original: str | None = None


def crossing(
    stale: StaleEdit,
    catalogue: Mapping[str, Field],
    labels: Mapping[str, Mapping[str, Any]],
    currencies: Mapping[str, str],
) -> Crossing:
    """What the conflict page shows. `labels` gives, for fields with choices, the label of each key; `currencies` those
    of the amounts that the record has now. An amount and its currency are decided together."""
    crossed = [
        _crossed(
            one, catalogue[one.field], labels.get(one.field, {}), _currencies(stale, catalogue[one.field], currencies)
        )
        for one in stale.conflicts
        if one.field in catalogue
    ]
    decided = {one.field.name for one in crossed}
    # empty texts are sent too: a field left out would keep what it holds now instead of what was cleared
    settled = [
        (name, raw(catalogue[name], value, currencies.get(name)))
        for name, value in stale.merged.items()
        if name in catalogue and name not in decided
    ]
    return Crossing(crossed, settled)


def _currencies(stale: StaleEdit, field: Field, present: Mapping[str, str]) -> Currencies:
    theirs = present.get(field.name)
    for one in stale.conflicts:
        if one.field == field.currency_name:
            return Currencies(one.mine, theirs, one.original or theirs)
    mine = stale.merged.get(field.currency_name or "", theirs)
    return Currencies(mine, theirs, theirs)


def _crossed(one: FieldConflict, field: Field, labels: Mapping[str, Any], of: Currencies) -> CrossedField:
    mine = _words(field, one.mine, labels, of.mine)
    theirs = _words(field, one.theirs, labels, of.theirs)
    original = _words(field, one.original, labels, of.original)
    theirs_raw = None if field.kind in UNSHARED else raw(field, one.theirs, of.theirs)
    return CrossedField(field, mine, theirs, original, one.by, one.at, theirs_raw)


def raw(field: Field, value: Any, currency: str | None = None) -> str:
    """A typed value as the text that a form sends for it."""
    if field.target is not None and value is not None:
        return f"#{value}"
    return typed_text(field, value, currency)


def _words(field: Field, value: Any, labels: Mapping[str, Any], currency: str | None = None) -> Any:
    if value in (None, "", []):
        return None
    if field.kind is Kind.MONEY:
        return shown_money(value, currency)
    if field.kind is Kind.PERCENT:
        return f"{shown_share(value)}\u00a0%"
    if field.kind in (Kind.CHOICE, Kind.REFERENCE):
        label: Phrase | Any = labels.get(str(value))
        return label if label is not None else say("something that can no longer be chosen")
    if field.kind is Kind.YES_NO:
        return say("Yes") if value else say("No")
    if isinstance(value, date):
        return value
    return raw(field, value)
