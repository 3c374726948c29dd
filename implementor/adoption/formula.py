"""How adoption is judged: four parts with weights, each against its target; every number is stated and may be changed.

Source: composite adoption index, weights × min(figure ÷ target, 1): 15 % access, 35 % process, 35 % quality of data,
15 % outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

from implementor.foundation.words import Phrase, say

WHOLE = 10_000
"""Shares are kept as ten-thousandths."""
ACCESS, PROCESS, QUALITY, OUTCOME = "access", "process", "quality", "outcome"
PARTS: Mapping[str, Phrase] = {
    ACCESS: say("Access"), PROCESS: say("Process"), QUALITY: say("Quality of data"), OUTCOME: say("Outcome"),
}  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """The numbers of one version of the formula: weights and targets in per cent, the others in days."""

    access: int = 15
    process: int = 35
    quality: int = 35
    outcome: int = 15
    present_days: int = 8
    writing_days: int = 8
    prompt: int = 90
    prompt_days: int = 2
    complete: int = 90
    valid: int = 98
    healthy: int = 70
    new_days: int = 14
    kept_days: int = 90
    brought: int = 2

    def weight(self, part: str) -> int:
        """The weight of a part in per cent."""
        return int(getattr(self, part))


BOUNDS: Mapping[str, tuple[int, int]] = {
    "access": (0, 100), "process": (0, 100), "quality": (0, 100), "outcome": (0, 100), "present_days": (1, 28),
    "writing_days": (1, 28), "prompt": (1, 100), "prompt_days": (0, 60), "complete": (1, 100), "valid": (1, 100),
    "healthy": (1, 100), "new_days": (0, 365), "kept_days": (7, 730), "brought": (1, 10),
}  # fmt: skip
"""The least and the largest that each number may be."""
NAMES: Mapping[str, Phrase] = {
    "access": say("Weight of access in per cent"),
    "process": say("Weight of process in per cent"),
    "quality": say("Weight of quality of data in per cent"),
    "outcome": say("Weight of outcome in per cent"),
    "present_days": say("Days on which somebody is there, of 28"),
    "writing_days": say("Days on which somebody writes records, of 28"),
    "prompt": say("Interactions entered in time, in per cent"),
    "prompt_days": say("In time is entered within so many days"),
    "complete": say("Wanted fields that are filled, in per cent"),
    "valid": say("Filled fields that are valid, in per cent"),
    "healthy": say("Open sales with all marks, in per cent"),
    "new_days": say("Days that somebody new is not counted"),
    "kept_days": say("Days in which a record was touched to be looked at"),
    "brought": say("Weight of fields that a wave brought, others count 1"),
}
WEIGHTS = tuple(PARTS)


def faults_of(terms: Terms) -> dict[str, Phrase]:
    """What is wrong with the numbers, by the name of each; weights make a hundred together."""
    found = {}
    for one in fields(terms):
        least, most = BOUNDS[one.name]
        if not least <= getattr(terms, one.name) <= most:
            found[one.name] = say("Between %(least)s and %(most)s.", least=least, most=most)
    total = sum(terms.weight(part) for part in PARTS)
    if not found and total != 100:
        found[ACCESS] = say("The four weights make %(total)s %% together; they must make 100 %%.", total=total)
    return found


@dataclass(frozen=True)
class Facts:
    """What is known of somebody, or summed of a group, on one day; sums over the 28 days before where days are counted.

    `people` are those who count; `present` and `writing` the days on which they were there or wrote, of all of them.
    """

    people: int = 1
    present: int = 0
    writing: int = 0
    entered: int = 0
    on_time: int = 0
    wanted: int = 0
    filled: int = 0
    checked: int = 0
    valid: int = 0
    open_sales: int = 0
    healthy: int = 0


@dataclass(frozen=True)
class Judged:
    """The parts of the index and the index itself, in ten-thousandths; None for what cannot be said."""

    parts: Mapping[str, int | None]
    index: int | None


def judged(facts: Facts, terms: Terms) -> Judged:
    """The index of somebody or of a group by the formula.

    Parts of which nothing can be said are left out, and the weights of the others make a hundred.
    """
    parts = {
        ACCESS: _mean(_days(facts.present, facts.people, terms.present_days)),
        PROCESS: _mean(_days(facts.writing, facts.people, terms.writing_days),
                       _reached(facts.on_time, facts.entered, terms.prompt)),
        QUALITY: _mean(_reached(facts.filled, facts.wanted, terms.complete),
                       _reached(facts.valid, facts.checked, terms.valid)),
        OUTCOME: _mean(_reached(facts.healthy, facts.open_sales, terms.healthy)),
    }  # fmt: skip
    known = {part: value for part, value in parts.items() if value is not None}
    weights = sum(terms.weight(part) for part in known)
    total = sum((value * terms.weight(part) for part, value in known.items()), Decimal(0))
    index = total / weights if weights else None
    return Judged({part: _kept(value) for part, value in parts.items()}, _kept(index))


def share(part: int, whole: int) -> int | None:
    """A share in ten-thousandths, halves upwards; None where there is nothing to take it of."""
    return _kept(Decimal(part) / whole) if whole else None


def _days(days: int, people: int, target: int) -> Decimal | None:
    return min(Decimal(days) / (people * target), Decimal(1)) if people else None


def _reached(part: int, whole: int, target: int) -> Decimal | None:
    """How much of a target, in per cent, a share reaches; at most all of it."""
    return min(Decimal(part) * 100 / (whole * target), Decimal(1)) if whole else None


def _mean(*values: Decimal | None) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def _kept(value: Decimal | None) -> int | None:
    return None if value is None else int((value * WHOLE).to_integral_value(ROUND_HALF_UP))
