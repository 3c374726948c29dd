"""Records that hold fields of one's own: their values are attributes like any other, kept together in `ext`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation import live
from implementor.foundation.extension import ExtJson, is_key, read, written
from implementor.foundation.fields import Field, Kind

EXT = "ext"
FORMER = "former"
"""In what is known of a loaded record: key -> what it holds, and the word that it is on its way back to."""
configurable: dict[str, type[Extensible]] = {}
"""Kinds of record that may get fields of one's own, by kind; upper packages fill it in."""


def may_have_fields(kind: str, model: type[Any]) -> None:
    """Let a kind get fields of one's own where its records can hold them; called from a package's contributions."""
    if issubclass(model, Extensible):
        configurable[kind] = model


class Extensible:
    """A record whose kind may get fields. A field is an attribute by its key, such as `record.f_8k2xa`.

    Fields that were withdrawn keep their values and answer to their keys all the same.
    """

    ext: Mapped[dict[str, Any] | None] = mapped_column(ExtJson)

    def __init__(self, **given: Any) -> None:
        super().__init__(**{name: value for name, value in given.items() if not is_key(name)})
        for name, value in given.items():
            if is_key(name):
                setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        # reached only by names that the class does not know
        field = custom_field(type(self), name)
        if field is None:
            raise AttributeError(f"{type(self).__name__} has no attribute {name}")
        value = read(field, (self.ext or {}).get(name))
        if live.present().returning:
            held, former = inspect(self).info.get(FORMER, {}).get(name, (None, None))
            value = former if held is not None and held == value else value
        moving = live.present().moving.get(field.picklist or "")
        if not moving:
            return value
        several = field.kind is Kind.CHOICES
        return live.present().picklist(field.picklist or "").as_read(value) if several else moving.get(value, value)

    def __setattr__(self, name: str, value: Any) -> None:
        field = custom_field(type(self), name)
        if field is None:
            super().__setattr__(name, value)
        else:
            self.ext = with_values(self.ext, written(field, value))


def custom_field(model: type[Any], name: str) -> Field | None:
    """The field of one's own of that key, if it is of the model's kind; withdrawn ones too."""
    if not is_key(name) or not issubclass(model, Extensible):
        return None
    found = live.present().custom.get(name)
    return found if found is not None and found.kind_of_record == getattr(model, "__record_kind__", "") else None


def own_fields_of(model: type[Any]) -> dict[str, Field]:
    """The fields of one's own of a model's kind by key, withdrawn ones too."""
    if not issubclass(model, Extensible):
        return {}
    kind = getattr(model, "__record_kind__", "")
    return {key: one for key, one in live.present().custom.items() if one.kind_of_record == kind}


def with_values(ext: Mapping[str, Any] | None, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The content of `ext` with some written values changed; None where nothing is left, since empty is absent."""
    whole = {**(ext or {}), **values}
    return {name: value for name, value in whole.items() if value is not None} or None


def unpacked(ext: Mapping[str, Any] | None) -> dict[str, Any]:
    """The values of `ext` by key, typed; as they are written where no field is known for them."""
    known = live.present().custom
    values = {name: value for name, value in (ext or {}).items() if is_key(name)}
    return {name: read(known[name], value) if name in known else value for name, value in values.items()}


def packed(values: Mapping[str, Any], ext: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Values by attribute as columns of the table: those of fields of one's own go into `ext`, beside what is there."""
    known = live.present().custom
    own: dict[str, Any] = {}
    for name in values:
        if is_key(name) and name in known:
            own |= written(known[name], values[name])
    if not own:
        return dict(values)
    rest = {name: value for name, value in values.items() if name not in own}
    return {**rest, EXT: with_values(ext, own)}


def parted(record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a record by attribute, with what is in `ext` as one each."""
    if EXT not in values or not isinstance(record, Extensible):
        return dict(values)
    rest = {name: value for name, value in values.items() if name != EXT}
    return {**rest, **unpacked(values[EXT])}
