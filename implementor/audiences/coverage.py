"""Whether an audience has enough champions: one for so many people, the audience's own figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Coverage:
    """How many champions stand by how many people, and how many it takes."""

    people: int
    champions: int
    needed: int

    @property
    def missing(self) -> int:
        """How many champions are still to be found."""
        return max(0, self.needed - self.champions)

    @property
    def people_each(self) -> float | None:
        """People per champion; None while there is none."""
        return self.people / self.champions if self.champions else None


def coverage_of(people: int, champions: int, *, people_per_champion: int) -> Coverage:
    """The coverage of so many people: nobody needs a champion where nobody is affected; every begun group needs one."""
    return Coverage(people, champions, -(-people // people_per_champion))
