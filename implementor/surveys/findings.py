"""What counts of a closed survey say: means, who is at three or below, barriers with the advice for them.

Source of barrier and advice: ADKAR (Prosci): value of a group = mean and share at three or below; the barrier is the
first of awareness, desire, knowledge, ability, reinforcement at three or below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from implementor.foundation.words import Phrase, say
from implementor.surveys.models import ELEMENTS
from implementor.surveys.tallying import BARRIER_UP_TO

NAMES: Mapping[str, Phrase] = {
    "awareness": say("Awareness"), "desire": say("Desire"), "knowledge": say("Knowledge"), "ability": say("Ability"),
    "reinforcement": say("Reinforcement"),
}  # fmt: skip
ADVICE: Mapping[str, Phrase] = {
    "awareness": say("They do not know yet why this is done: let the sponsor say it, in person and more than once."),
    "desire": say("They do not want it yet: managers speak with each team about what it gains and what it fears."),
    "knowledge": say("They do not know how: train them in what their work needs, shortly before they need it."),
    "ability": say("They know how, but it does not come off: practice beside them, time for it, champions at hand."),
    "reinforcement": say("It works but may fade: show what it brought, thank who does it well, measure it on."),
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What a group answered to one question: the mean (two decimals or more), who is at three or below, all answers."""

    mean: Decimal
    low: Decimal
    people: int


def finding(counts: Mapping[int, int]) -> Finding | None:
    """Of how many gave each answer from 1 to 5; None without answers."""
    people = sum(counts.values())
    if not people:
        return None
    total = sum(value * count for value, count in counts.items())
    low = sum(count for value, count in counts.items() if value <= BARRIER_UP_TO)
    return Finding(Decimal(total) / people, Decimal(low) / people, people)


def barrier(means: Mapping[str, Decimal]) -> str | None:
    """The element that holds a group back: the first whose mean is three or below."""
    return next((name for name in ELEMENTS if name in means and means[name] <= BARRIER_UP_TO), None)


def together(groups: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Counts of groups added up."""
    found: dict[int, int] = {}
    for counts in groups:
        for value, people in counts.items():
            found[value] = found.get(value, 0) + people
    return found
