"""Counting the answers of a survey that closes: groups of five or more, and in them nothing but numbers of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from implementor.foundation.small_groups import FEWEST_PEOPLE, told
from implementor.surveys.models import ELEMENTS

BARRIER_UP_TO = 3
"""Prosci: the first of the five elements at three or below holds somebody back."""
NO_BARRIER = "none"


@dataclass(frozen=True)
class Reply:
    """What one person answered: the unit it is told with, and a number for each question by its id."""

    unit: Hashable
    values: Mapping[int, int]


@dataclass(frozen=True)
class Tally:
    """A group: its units, how many of it were asked (None where nobody knows) and answered, and counts of people."""

    units: tuple[Hashable, ...]
    asked: int | None
    answered: int
    counts: Mapping[tuple[int, int], int]
    barriers: Mapping[str, int]


def tallied(replies: Sequence[Reply], asked: Mapping[Hashable, int], elements: Mapping[str, int]) -> list[Tally]:
    """Groups that share nobody, each of five answers or more; none where all together are fewer.

    Units with fewer answers are merged, by the rule that lets nobody be found by taking groups from the whole. `asked`
    counts who was asked by unit and is empty where people name their unit themselves; `elements` are the ids of the
    questions after the elements of ADKAR.
    """
    groups = told(Counter(reply.unit for reply in replies))
    if not groups.is_whole or len(replies) < FEWEST_PEOPLE:
        return []
    parts = [(unit,) for unit in groups.shown] + ([groups.merged] if groups.merged else [])
    return [_tally(units, replies, asked, elements) for units in parts]


def barrier_of(values: Mapping[int, int], elements: Mapping[str, int]) -> str:
    """The first element at three or below, or that there is none."""
    low = (name for name in ELEMENTS if name in elements and values[elements[name]] <= BARRIER_UP_TO)
    return next(low, NO_BARRIER)


def _tally(
    units: tuple[Hashable, ...], replies: Sequence[Reply], asked: Mapping[Hashable, int], elements: Mapping[str, int]
) -> Tally:
    mine = [reply for reply in replies if reply.unit in units]
    counts = Counter(pair for reply in mine for pair in reply.values.items())
    barriers = Counter(barrier_of(reply.values, elements) for reply in mine) if elements else Counter()
    total = sum(asked.get(unit, 0) for unit in units) if asked else None
    return Tally(units, total, len(mine), counts, barriers)
