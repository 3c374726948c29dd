"""How long somebody took to the first and to the tenth correct record, and the middle of a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

ENOUGH = 10
"""Correct records after which somebody is no beginner any more. Source: time to proficiency, ten correct records."""
Named = tuple[str, int]
"""Kind and id of a record."""


@dataclass(frozen=True, order=True)
class Correct:
    """A record that is complete, valid and no double; in the order in which it came to be so."""

    correct_on: date
    entered_on: date
    kind: str
    record_id: int


def first_ten(
    entered: Iterable[tuple[date, Named]], start: date, dated: Mapping[Named, date], looked_on: date | None
) -> list[Correct]:
    """The first ten of the correct records that one person entered, as (day, record), since the day of their start.

    `dated` are days known from earlier looks. What was not correct at the last look, on `looked_on`, became so on that
    day at the earliest; at the first look of all a record counts from the day on which it was entered.
    """
    found = [
        Correct(dated.get(named) or max(on, looked_on or on), on, *named) for on, named in entered if on >= start
    ]  # fmt: skip
    return sorted(found)[:ENOUGH]


@dataclass(frozen=True)
class Beginning:
    """One person: since when correct records count, how many there are, and when the first and the tenth came."""

    user_id: int
    started_on: date
    correct: int
    first_on: date | None
    tenth_on: date | None

    @property
    def to_first(self) -> int | None:
        """Days from the start to the first correct record; None where there is none yet."""
        return (self.first_on - self.started_on).days if self.first_on else None

    @property
    def to_tenth(self) -> int | None:
        """Days from the start to the tenth."""
        return (self.tenth_on - self.started_on).days if self.tenth_on else None


@dataclass(frozen=True)
class Pace:
    """Of so many people, how many came there, and the middle of their days; None where fewer than half came there."""

    people: int
    reached: int
    median: Fraction | None


def pace(days: Collection[int | None]) -> Pace:
    """The median over everybody: who is not there yet counts as later than all who are, so none are left out."""
    known = sorted(one for one in days if one is not None)
    middle = [(len(days) - 1) // 2, len(days) // 2]
    is_known = bool(days) and middle[-1] < len(known)
    median = Fraction(sum(known[place] for place in middle), 2) if is_known else None
    return Pace(len(days), len(known), median)


def by_group(people: Iterable[Beginning], groups: Mapping[int, Sequence[int]]) -> dict[int, list[Beginning]]:
    """People by the first of their groups, so that each counts once; 0 holds those of no group."""
    first: dict[int, int] = {}
    for group_id, members in groups.items():
        for user_id in members:
            first.setdefault(user_id, group_id)
    found: dict[int, list[Beginning]] = defaultdict(list)
    for one in people:
        found[first.get(one.user_id, 0)].append(one)
    return dict(found)
