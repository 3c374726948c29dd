"""Words of lists as files write them: by key or label in any language, several of them in the order of the list."""

from __future__ import annotations

from collections.abc import Iterable

from implementor.exchange.records.targets import in_both
from implementor.foundation.fields import Field
from implementor.foundation.text import folded


def words_of(one: Field) -> dict[str, str]:
    """Folded key and label in each language -> key of the choices of a field."""
    found: dict[str, str] = {}
    for choice in one.known_choices:
        for said in (choice.key, *in_both(choice.label)):
            found.setdefault(folded(said), choice.key)
    return found


def in_order(one: Field, keys: Iterable[str]) -> list[str]:
    """Keys of words each once, in the order of the list; those that are new to it at the end."""
    order = {choice.key: at for at, choice in enumerate(one.known_choices)}
    return sorted(dict.fromkeys(keys), key=lambda key: order.get(key, len(order)))
