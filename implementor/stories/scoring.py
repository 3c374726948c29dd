"""The weighted score by which stories are compared, with its parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FOR_NOTHING = Decimal(10**9)
"""A story that costs no points comes first, whatever it is worth."""
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class ScoreParts:
    """The summands of the score and its divisor; the value counts a tenth so that all three reach 10."""

    value: Decimal
    urgency: Decimal
    risk_reduction: Decimal
    points: Decimal

    @property
    def benefit(self) -> Decimal:
        return self.value + self.urgency + self.risk_reduction


def score_parts(
    value: int | None, urgency: int | None, risk_reduction: int | None, points: Decimal | None
) -> ScoreParts | None:
    """The parts, or None while value or points are not known; urgency and risk count nothing while unknown."""
    if value is None or points is None:
        return None
    return ScoreParts(Decimal(value) / 10, Decimal(urgency or 0), Decimal(risk_reduction or 0), Decimal(points))


def weighted_score(
    value: int | None, urgency: int | None, risk_reduction: int | None, points: Decimal | None
) -> Decimal | None:
    """(value / 10 + urgency + risk reduction) / points, rounded half up to four places."""
    parts = score_parts(value, urgency, risk_reduction, points)
    if parts is None:
        return None
    if parts.points == 0:
        return FOR_NOTHING
    return (parts.benefit / parts.points).quantize(PLACES, ROUND_HALF_UP)
