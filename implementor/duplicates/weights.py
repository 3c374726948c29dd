"""What agreement and disagreement of each field are worth when two records are compared: one table of points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

SURE = 100
"""From here on two records are taken for the same; a person still decides about merging."""
POSSIBLE = 60
"""From here on two records are shown as candidates."""

Levels = Mapping[str, int]

WEIGHTS: Mapping[str, Levels] = {
    "tax_id": {"same": 100, "close": 60, "other": -30},
    "email": {"same": 80, "close": 60, "shared": 10, "other": -15},
    "phone": {"same": 45, "other": -5},
    "name": {"same": 50, "close": 42, "part": 30, "partly close": 25, "half": 5, "other": -40},
    "company": {"same": 45, "close": 35, "part": 20, "other": -40},
    "born": {"same": 50, "close": 35, "near": 20, "far": 10, "other": -10},
    "postcode": {"same": 15, "close": 10, "other": -10},
    "street": {"same": 45, "close": 35, "part": 10, "other": -10},
    "city": {"same": 15, "close": 15, "other": -15},
    "domain": {"same": 30, "other": -5},
}
"""Points per role and level of agreement, about five for each halving of the odds that chance explains it (measured on
labelled people and companies); a field that either side lacks counts nothing."""
OWN_WEIGHTS: Mapping[str, Levels] = {
    "own_text": {"same": 30, "close": 20, "other": -10},
    "own_choice": {"same": 5, "other": -5},
    "own_web": {"same": 30, "other": -5},
    "own_number": {"same": 15, "other": -10},
}
"""The same for fields of one's own, by how they are compared; they count nothing until a company says how much."""
SMALL_BASE, SMALL_BASE_POINTS = 10_000, 10
"""Up to so many records fewer people agree by chance: that is worth points too, and wider blocks can be compared."""

MOST_PERCENT = 300
"""How much a company may let a field count beside what the table says."""


def is_own(role: str) -> bool:
    """Whether a role is that of a field of one's own, see `own_roles`."""
    return role.partition(".")[0] in OWN_WEIGHTS


def usual_factor(role: str) -> int:
    """What a role counts in per cent where nobody says otherwise."""
    return 0 if is_own(role) else 100


@dataclass(frozen=True)
class Weighing:
    """What a company lets the fields of one kind count: `factors` are per cent of the table by role, 0 for not at all.

    From `possible` points on two records are candidates, from `sure` on they are taken for the same.
    """

    factors: Mapping[str, int] = field(default_factory=dict)
    possible: int = POSSIBLE
    sure: int = SURE

    @cached_property
    def table(self) -> Mapping[str, Levels]:
        """Points per role and level of agreement; without the roles that count nothing."""
        own = {role: OWN_WEIGHTS[role.partition(".")[0]] for role in sorted(self.factors) if is_own(role)}
        return {
            role: {level: round(points * self.factor(role) / 100) for level, points in levels.items()}
            for role, levels in {**WEIGHTS, **own}.items()
            if self.factor(role)
        }

    def factor(self, role: str) -> int:
        """What a role counts, in per cent."""
        return self.factors.get(role, usual_factor(role))

    @cached_property
    def best_unlike(self) -> Mapping[str, int]:
        """The most that values which are not the same can be worth."""
        return {role: levels.get("close", levels["other"]) for role, levels in self.table.items()}


SHIPPED = Weighing()
