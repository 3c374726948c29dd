"""What a campaign came to: counts, cost, revenue and return, from sides that were added up apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Figures:
    """The figures of one campaign, or of several together.

    Amounts are minor units of the base currency. `cost` is None where nobody said any or it is hidden from the reader,
    `revenue` where what sales are worth is hidden; `unrated` counts won sales and costs that no exchange rate could
    convert, so that no return is claimed over them. `responses` are members who
    answered at all, `accepted` those whose answer was yes.
    """

    members: int = 0
    approached: int = 0
    responses: int = 0
    accepted: int = 0
    leads: int = 0
    open: int = 0
    won: int = 0
    lost: int = 0
    revenue: int | None = 0
    cost: int | None = None
    unrated: int = 0

    @property
    def opportunities(self) -> int:
        return self.open + self.won + self.lost

    @property
    def response_ratio(self) -> Decimal | None:
        """Who answered, of all members; None without members."""
        return _ratio(self.responses, self.members)

    @property
    def return_ratio(self) -> Decimal | None:
        """(revenue - cost) / cost; None where there is no cost, something without a rate, or nothing to be seen."""
        if not self.cost or self.unrated or self.revenue is None:
            return None
        return _ratio(self.revenue - self.cost, self.cost)

    @property
    def cost_of_response(self) -> int | None:
        """Minor units that one response cost, halves up; None where either is missing."""
        if not self.cost or not self.responses:
            return None
        return (2 * self.cost + self.responses) // (2 * self.responses)


def _ratio(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / Decimal(whole)).quantize(PLACES) if whole else None


def together(parts: Iterable[Figures]) -> Figures:
    """The figures of several campaigns; somebody who is in two of them is two members."""
    found = list(parts)
    sums: dict[str, Any] = {one.name: sum(getattr(part, one.name) or 0 for part in found) for one in fields(Figures)}
    if all(part.cost is None for part in found):
        sums["cost"] = None
    if any(part.revenue is None for part in found):
        sums["revenue"] = None
    return Figures(**sums)
