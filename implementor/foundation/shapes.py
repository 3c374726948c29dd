"""What releases and administrators made of a kind of record: fields it got besides those the program declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from implementor.foundation.words import Phrase

if TYPE_CHECKING:
    from implementor.foundation.fields import Field


@dataclass(frozen=True)
class Shape:
    """One kind as it is live: `added` fields stand after the declared ones, `labels` are the company's own words."""

    added: tuple[Field, ...] = ()
    labels: Mapping[str, Phrase] = field(default_factory=dict)


def shaped(declared: Mapping[str, Field], shape: Shape) -> dict[str, Field]:
    """The catalogue of a kind: its declared fields under their present names, then the added ones."""
    fields = {name: _renamed(one, shape) for name, one in declared.items()}
    fields.update((one.name, one) for one in shape.added)
    return fields


def _renamed(one: Field, shape: Shape) -> Field:
    label = shape.labels.get(one.name)
    return one if label is None else replace(one, label=label)
