"""The order in which operations are applied: what others need comes first, otherwise as people ordered their items."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Ordered(Generic[Name]):
    """`order` holds everything; `circling` those that wait for each other and stand last, as they came."""

    order: tuple[Name, ...]
    circling: frozenset[Name]


def ordered(names: Sequence[Name], needs: Mapping[Name, Set[Name]]) -> Ordered[Name]:
    """Put each name behind all that it needs, otherwise in the given order; needs outside of `names` do not count."""
    known, left, done = set(names), list(names), []
    placed: set[Name] = set()
    while left:
        ready = next((one for one in left if (needs.get(one, frozenset()) & known) - {one} <= placed), None)
        if ready is None:
            break
        left.remove(ready)
        done.append(ready)
        placed.add(ready)
    return Ordered((*done, *left), frozenset(left))
