"""Whose turn it is: the person with the fewest open cases, those without any first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def least_busy(people: Sequence[int], open_counts: Mapping[int, int]) -> int | None:
    """The first of these people with the fewest open cases; somebody who is not counted has none."""
    return min(people, key=lambda person: open_counts.get(person, 0), default=None)
