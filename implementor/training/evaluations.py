"""What participants thought of a session, told only when nobody can be found out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from implementor.foundation.small_groups import FEWEST_PEOPLE


@dataclass(frozen=True)
class Opinion:
    """How many answered; the mean of their stars and what they said, or None and nothing where it stays untold."""

    answers: int
    mean: Fraction | None
    said: Sequence[str]


def opinion(answers: Sequence[tuple[int, str]], *, open_until: datetime, at: datetime) -> Opinion:
    """What is told of (stars, said) pairs: from five answers up, and once no other can come in.

    Told while they come in, two readings would differ by one answer, and so tell it.
    """
    if len(answers) < FEWEST_PEOPLE or at < open_until:
        return Opinion(len(answers), None, ())
    return Opinion(
        len(answers), Fraction(sum(stars for stars, _said in answers), len(answers)),
        [said for _stars, said in answers if said.strip()],
    )  # fmt: skip
