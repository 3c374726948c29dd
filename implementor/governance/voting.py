"""What may be voted for, and how many voted for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from implementor.foundation.words import Phrase, say

ABSTAIN = "abstain"
YES_OR_NO: tuple[tuple[str, Phrase], ...] = (("for", say("For")), ("against", say("Against")))


class Question(Protocol):
    """A decision, as far as its options go."""

    @property
    def option_list(self) -> list[str]:
        """The options one by one."""
        ...


@dataclass(frozen=True)
class Tally:
    """One choice and how many voted for it."""

    key: str
    label: Phrase | str
    count: int


def offered_to(question: Question) -> list[tuple[str, Phrase | str]]:
    """The choices of a vote as (key, label): the options, else for and against; and to abstain."""
    options: list[tuple[str, Phrase | str]] = [(option, option) for option in question.option_list]
    return [*(options or YES_OR_NO), (ABSTAIN, say("Abstain"))]


def tally(question: Question, votes: Iterable[str]) -> list[Tally]:
    """How many voted for each choice, in their order; options that were taken out since keep their votes."""
    counted = Counter(votes)
    known = [Tally(key, label, counted.pop(key, 0)) for key, label in offered_to(question)]
    return [*known, *(Tally(key, key, count) for key, count in sorted(counted.items()))]
