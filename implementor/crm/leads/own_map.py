"""Where fields of one's own of a lead go when it is converted: to those of the same name and the same kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.foundation.extension import is_key
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.text import folded


def own_map(lead: Entity, targets: Mapping[str, Entity]) -> dict[str, tuple[str, ...]]:
    """Key of a field of the lead -> the fields (kind.key) that take its value; fields without any are not in it."""
    found = {}
    for source in (one for one in lead.fields.values() if is_key(one.name)):
        fitting = [
            f"{kind}.{one.name}"
            for kind, entity in targets.items()
            for one in entity.fields.values()
            if is_key(one.name) and is_same(source, one)
        ]
        if fitting:
            found[source.name] = tuple(fitting)
    return found


def is_same(one: Field, other: Field) -> bool:
    """Whether two fields of one's own hold the same kind of value and are called alike in every language."""
    alike = (one.kind, one.currency, one.target) == (other.kind, other.currency, other.target)
    return alike and _called(one) == _called(other)


def _called(one: Field) -> dict[str, str]:
    texts: Mapping[str, str] = getattr(one.label, "texts", {"": str(one.label)})
    return {language: folded(text) for language, text in texts.items()}


def fits(target: Field, value: Any) -> bool:
    """Whether the field that takes a value knows it: a word must be in its own list too."""
    if not is_key(target.name) or target.kind not in (Kind.CHOICE, Kind.CHOICES):
        return True
    keys = value if isinstance(value, list) else [value]
    return all(target.choice(key) is not None for key in keys)
