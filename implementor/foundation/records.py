"""Pointing at any record: kinds known by name, with a title and an address for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class RecordRef:
    """A pointer without a foreign key; resolve it inside the reader's visibility, always."""

    kind: str
    id: int


@dataclass(frozen=True)
class RecordKind:
    """How records of one kind are named and found by others.

    `visible` returns a Select of (id, title, project_key, number) for the ids the actor may see;
    `endpoint_values` turns such a row into the view name and values of its page.
    """

    name: str
    label: Phrase
    model: type[Any]
    visible: Callable[[Actor, Iterable[int]], Rows]
    endpoint_values: Callable[[Any], tuple[str, dict[str, Any]]]


kinds: dict[str, RecordKind] = {}


def record_kind(kind: RecordKind) -> RecordKind:
    """Make a kind known; called from a package's contributions."""
    kinds[kind.name] = kind
    return kind
