"""Whether a gate may open: readiness by weight, what stops it, and its colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import Literal

Colour = Literal["red", "amber", "green"]


@dataclass(frozen=True)
class Judged:
    """A line of a gate as the verdict sees it; `is_waived` counts only where it does not pass."""

    key: str
    passed: bool
    weight: int = 1
    no_go: bool = False
    is_waived: bool = False


@dataclass(frozen=True)
class Verdict:
    """The colour of a gate; `readiness` is the per cent of the weight that holds, `failing` what nobody waived."""

    colour: Colour
    readiness: Decimal
    failing: tuple[str, ...]
    stopping: tuple[str, ...]
    waived: tuple[str, ...]

    @property
    def ready_share(self) -> int:
        """Readiness as a whole per cent, cut and not rounded: what is not reached is not shown as reached."""
        return floor(self.readiness)

    @property
    def may_open(self) -> bool:
        """Red never; amber when every line that fails is waived; green always."""
        return self.colour == "green" or (self.colour == "amber" and not self.failing)


def verdict_of(lines: Sequence[Judged], *, red_below: int = 85, green_from: int = 95) -> Verdict:
    """Judge a gate (rule: design, Stages and gates; field practice 85 and 95 per cent of the weight).

    Red when a NO-GO line fails or readiness is below `red_below`; amber below `green_from` or with any waiver; else
    green. A waived line does not count as ready: a waiver lets a line be, and turns no red gate amber. A NO-GO line
    cannot be waived. A gate without lines is ready.
    """
    waived = tuple(one.key for one in lines if not one.passed and one.is_waived and not one.no_go)
    failing = tuple(one.key for one in lines if not one.passed and one.key not in waived)
    stopping = tuple(one.key for one in lines if not one.passed and one.no_go)
    whole = sum(one.weight for one in lines)
    ready = sum(one.weight for one in lines if one.passed)
    readiness = Decimal(100) if not whole else Decimal(100) * ready / whole
    colour: Colour = "green"
    if stopping or readiness < red_below:
        colour = "red"
    elif readiness < green_from or waived:
        colour = "amber"
    return Verdict(colour, readiness, failing, stopping, waived)
