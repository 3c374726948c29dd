"""What a risk amounts to: its score, the band it falls in, and the loss to expect, by field/rollout.md 5.9."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from implementor.foundation.words import Phrase, say

Band = Literal["low", "medium", "high"]
LEVELS = range(1, 6)
HIGH_FROM, MEDIUM_FROM = 15, 5
"""1 to 4 is accepted, 5 to 14 needs a plan, 15 to 25 is escalated."""
LIKELIHOOD: Mapping[int, Decimal] = {level: Decimal(2 * level - 1) / 10 for level in LEVELS}
"""The middle of each step: 0-20 % counts as 0.1, 80-100 % as 0.9."""
BANDS: Mapping[Band, tuple[Phrase, str]] = {
    "low": (say("Low"), "ok"),
    "medium": (say("Medium"), "risk"),
    "high": (say("High"), "off"),
}
"""The word and the tone of each band."""


def band_of(score: int) -> Band:
    """The band of a score from 1 to 25."""
    if score >= HIGH_FROM:
        return "high"
    return "medium" if score >= MEDIUM_FROM else "low"


def expected_loss(probability: int, amount: int) -> int:
    """The loss to expect of an amount in minor units: the middle of the probability's step, half a unit upwards."""
    return int((LIKELIHOOD[probability] * amount).quantize(Decimal(1), ROUND_HALF_UP))


def contingency(exposures: Iterable[tuple[int, int | None, str | None]]) -> dict[str, int]:
    """The losses to expect of (probability, amount, currency), added up for each currency, in minor units."""
    total: dict[str, int] = {}
    for probability, amount, currency in exposures:
        if amount is not None and currency is not None:
            total[currency] = total.get(currency, 0) + expected_loss(probability, amount)
    return dict(sorted(total.items()))
