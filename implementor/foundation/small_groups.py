"""Which groups figures may tell about, so that nobody is told apart, not even by taking groups from the whole."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

FEWEST_PEOPLE = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Told(Generic[Key]):
    """What may be told of groups that share nobody: `shown` each by itself, `merged` only together.

    Where `is_whole` is false, even all of them together are too few, and nothing may be told.
    """

    shown: tuple[Key, ...]
    merged: tuple[Key, ...]
    is_whole: bool


def told(sizes: Mapping[Key, int], fewest: int = FEWEST_PEOPLE) -> Told[Key]:
    """Merge groups of fewer than `fewest` people, with the smallest others until they are enough together.

    Groups must share nobody. Empty ones are shown, since they tell of nobody.
    """
    return _merged(sizes, {key for key, size in sizes.items() if 0 < size < fewest}, fewest)


def told_twice(before: Mapping[Key, int], after: Mapping[Key, int], fewest: int = FEWEST_PEOPLE) -> Told[Key]:
    """The same of groups that are told of two days: each day's figure is of enough people, or of nobody.

    A group that has nobody on one of the days is merged as well, since the other day alone would tell it apart.
    """
    sizes = {key: min(before.get(key, 0), after.get(key, 0)) for key in dict.fromkeys((*before, *after))}
    is_empty = {key for key in sizes if not before.get(key) and not after.get(key)}
    return _merged(sizes, {key for key, size in sizes.items() if size < fewest} - is_empty, fewest)


def _merged(sizes: Mapping[Key, int], few: Collection[Key], fewest: int) -> Told[Key]:
    """Some that are told only together, with the smallest others until they are enough."""
    small = [key for key in sizes if key in few]
    large = sorted((key for key, size in sizes.items() if size >= fewest), key=lambda key: sizes[key], reverse=True)
    while small and large and sum(sizes[key] for key in small) < fewest:
        small.append(large.pop())
    is_whole = not small or sum(sizes[key] for key in small) >= fewest
    shown = set(sizes) - set(small)
    return Told(tuple(key for key in sizes if key in shown), tuple(key for key in sizes if key in set(small)), is_whole)
