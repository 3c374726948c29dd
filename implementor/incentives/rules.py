"""What figures earn, and who is awarded: pure functions over what is known of people in a period.

Quality comes before counts: a rule on counts earns nothing until the shares of the person reach its floors, and only
entries count that somebody made one by one, that say something, and that are no second copy of their own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

COMPLETE, VALID, PROMPT, HEALTHY = "complete", "valid", "prompt", "healthy"
RECORDS, DAYS, FIRST_TEN, TRAINED = "records", "days", "first_ten", "trained"
SHARES = (COMPLETE, VALID, PROMPT, HEALTHY)
COUNTS = (RECORDS, DAYS, FIRST_TEN)
FIGURES = (*SHARES, *COUNTS, TRAINED)
POINTS, FIRST = "points", "first"
WAYS = (POINTS, FIRST)
BULK, PLACEHOLDER, REPEATED, DUPLICATE, AWAY = "bulk", "placeholder", "repeated", "duplicate", "away"
REASONS = (BULK, AWAY, PLACEHOLDER, DUPLICATE, REPEATED)
"""Why an entry is left out; the first that fits is told."""
LEAST = 5
"""Things of which there must be so many before their share says something."""
TEN = 10
BELOW_FLOOR, TOO_FEW, BELOW_TARGET = "floor", "few", "target"
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Rule:
    """What one figure earns in a period.

    `points` are for reaching `target` (in per cent) with a share, for each one of a count up to `cap` points, and once
    for ten records or training. `complete` and `valid` are floors in per cent; None asks for nothing.
    """

    id: int
    name: str
    figure: str
    points: int
    target: int | None = None
    cap: int | None = None
    complete: int | None = None
    valid: int | None = None


@dataclass(frozen=True)
class Entry:
    """A record that somebody made on a day; `left_out` says why it does not count, if so."""

    kind: str
    record_id: int
    on: date
    left_out: str | None = None


@dataclass(frozen=True)
class Person:
    """What is known of somebody in a period. `shares` are (part, whole), `changed_on` days of single changes.

    `trained` is how many of the courses that they were to take until its end they completed by then.
    """

    user_id: int
    team_id: int | None = None
    shares: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    entries: Sequence[Entry] = ()
    changed_on: frozenset[date] = frozenset()
    trained: tuple[int, int] = (0, 0)

    @property
    def counted(self) -> list[Entry]:
        """The entries that count."""
        return [one for one in self.entries if one.left_out is None]

    @property
    def left_out(self) -> dict[str, int]:
        """How many entries are left out for each reason."""
        found = {reason: sum(one.left_out == reason for one in self.entries) for reason in REASONS}
        return {reason: count for reason, count in found.items() if count}


@dataclass(frozen=True)
class Earned:
    """What a rule gives somebody: `amount` of `whole` was found; `why` says why not, where it gives nothing."""

    rule: Rule
    amount: int
    whole: int | None
    points: int
    why: str | None = None


def earned(rule: Rule, person: Person) -> Earned:
    """The points of one rule."""
    amount, whole = _found(rule.figure, person)
    for name in (COMPLETE, VALID):
        if not _reaches(person.shares.get(name, (0, 0)), getattr(rule, name)):
            return Earned(rule, amount, whole, 0, BELOW_FLOOR)
    if rule.figure in (RECORDS, DAYS):
        points = rule.points * amount
        return Earned(rule, amount, whole, points if rule.cap is None else min(points, rule.cap))
    if rule.figure == FIRST_TEN:
        reached = amount >= TEN
    elif rule.figure == TRAINED:
        reached = bool(whole) and amount == whole
    elif (whole or 0) < LEAST:
        return Earned(rule, amount, whole, 0, TOO_FEW)
    else:
        reached = _reaches((amount, whole or 0), rule.target)
    return Earned(rule, amount, whole, rule.points if reached else 0, None if reached else BELOW_TARGET)


def all_earned(rules: Sequence[Rule], person: Person) -> list[Earned]:
    """What each rule gives somebody, in the order of rules."""
    return [earned(rule, person) for rule in rules]


def awarded(points: Mapping[Key, int], way: str, limit: int) -> set[Key]:
    """Who is awarded: all with at least `limit` points, or the first `limit`; who has as many as the last of them too.

    Nobody is awarded without points.
    """
    if way == POINTS:
        return {key for key, count in points.items() if count >= max(limit, 1)}
    order = sorted((count for count in points.values() if count > 0), reverse=True)
    if not order:
        return set()
    least = order[min(limit, len(order)) - 1]
    return {key for key, count in points.items() if count >= least}


def _found(figure: str, person: Person) -> tuple[int, int | None]:
    if figure in SHARES:
        return person.shares.get(figure, (0, 0))
    if figure == DAYS:
        return len({one.on for one in person.counted} | person.changed_on), None
    if figure == TRAINED:
        return person.trained
    return len(person.counted), None


def _reaches(share: tuple[int, int], floor: int | None) -> bool:
    part, whole = share
    return floor is None or (whole > 0 and part * 100 >= floor * whole)
