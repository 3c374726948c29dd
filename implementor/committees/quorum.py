"""How many voting members have to be there for a meeting to decide."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Quorum:
    """How many are needed, how many came, out of how many."""

    needed: int
    present: int
    of: int

    @property
    def is_met(self) -> bool:
        """Whether the meeting decides; a committee without voting members never does."""
        return self.of > 0 and self.present >= self.needed


def needed_for(kind: str, quorum: int, voting: int) -> int:
    """So many voting members: the number itself, or with `share` that many per cent of them, rounded up; at least 1."""
    return max(1, quorum if kind == "count" else ceil(voting * quorum / 100))


def quorum_of(kind: str, quorum: int, *, voting: int, present: int) -> Quorum:
    """The quorum of a meeting with so many voting members of whom so many are present."""
    return Quorum(needed_for(kind, quorum, voting), present, voting)
