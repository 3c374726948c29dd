"""The score of two records: points for each field that both have, shown with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from implementor.duplicates.comparing import COMPARISONS
from implementor.duplicates.normal_forms import is_role_mailbox
from implementor.duplicates.portraits import Portrait
from implementor.duplicates.weights import POSSIBLE, SHIPPED, SMALL_BASE_POINTS, SURE, Levels, Weighing


@dataclass(frozen=True)
class Part:
    """What one role says: how far the values agree, and what that is worth in points."""

    role: str
    level: str
    points: int


@dataclass(frozen=True)
class Score:
    """Points from about -100 to several hundred, and from how many on two records are candidates, or the same."""

    total: int
    parts: tuple[Part, ...]
    possible: int = POSSIBLE
    sure: int = SURE

    @property
    def is_possible(self) -> bool:
        return self.total >= self.possible

    @property
    def is_sure(self) -> bool:
        return self.total >= self.sure


LATE = 10
_COST = {
    role: place for place, role in enumerate(("tax_id", "born", "postcode", "phone", "domain", "email"))
} | dict.fromkeys(("city", "name", "company", "street"), LATE)


SMALL = Part("base", "small", SMALL_BASE_POINTS)


def may_be_possible(
    left: Portrait, right: Portrait, *, is_small_base: bool = False, weighing: Weighing = SHIPPED
) -> bool:
    """Whether a score could make candidates; wrong only in favour of comparing, and far quicker than comparing.

    Begins with the best that values which are not the same can be worth, and compares role by role while that is
    enough.
    """
    unsure: list[str] = []
    table, best_unlike, possible = weighing.table, weighing.best_unlike, weighing.possible
    best = SMALL.points if is_small_base else 0
    for role, mine in left.items():
        theirs = right.get(role)
        if theirs is None or role not in table:
            continue
        if mine == theirs or not set(mine).isdisjoint(theirs):
            best += table[role]["same"]
        else:
            unsure.append(role)
            best += best_unlike[role]
    for role in sorted(unsure, key=lambda one: _COST.get(one, LATE)):
        if best < possible:
            return False
        best += table[role][COMPARISONS[role](left[role], right[role])] - best_unlike[role]
    return best >= possible


def score_of(left: Portrait, right: Portrait, *, is_small_base: bool = False, weighing: Weighing = SHIPPED) -> Score:
    """Compare every role that both portraits have, in the order of the table of weights.

    People of a small base score `SMALL_BASE_POINTS` more; companies do not, because their names share words.
    """
    table = weighing.table
    parts = tuple(_part(table, role, left[role], right[role]) for role in table if role in left and role in right)
    if is_small_base and is_person(left) and is_person(right):
        parts += (SMALL,)
    return Score(sum(part.points for part in parts), parts, weighing.possible, weighing.sure)


def _part(table: Mapping[str, Levels], role: str, left: tuple[str, ...], right: tuple[str, ...]) -> Part:
    level = COMPARISONS[role](left, right)
    return Part(role, level, table[role][level])


def is_person(portrait: Portrait) -> bool:
    """Whether it shows a person: what has no name and bears a company's is one."""
    return "name" in portrait or "company" not in portrait


def identifies(role: str, value: str) -> bool:
    """Whether one exact value may stand for a person or company without asking anybody.

    Never a telephone or a desk's mailbox: families and offices share them. Names have namesakes.
    """
    return role == "tax_id" or (role == "email" and not is_role_mailbox(value))


def groups_of(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Records that belong together through any chain of pairs, each group by id, groups by their first id."""
    leader: dict[int, int] = {}

    def first_of(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for left, right in pairs:
        low, high = sorted((first_of(left), first_of(right)))
        leader[high] = low
    groups: dict[int, list[int]] = {}
    for one in sorted(leader):
        groups.setdefault(first_of(one), []).append(one)
    return list(groups.values())
