"""Whose turn it is: the next of a team, or the one with the fewest open records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def least_busy(people: Sequence[int], open_counts: Mapping[int, int]) -> int | None:
    """The first of these people with the fewest open records; somebody who is not counted has none."""
    return min(people, key=lambda person: open_counts.get(person, 0), default=None)


def next_in_turn(people: Sequence[int], last: int | None) -> int | None:
    """Who follows the last one by id, from the first again after the highest; who left is passed over by itself."""
    waiting = sorted(people)
    return next((one for one in waiting if last is None or one > last), waiting[0] if waiting else None)
