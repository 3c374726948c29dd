"""Which few kinds cause most of the trouble: shares, the largest first, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """One kind's part of the whole: `ratio` alone and `together` with all larger ones, both 0 to 1."""

    key: str
    amount: Decimal
    ratio: Decimal
    together: Decimal


def shares_of(amounts: Mapping[str, Decimal]) -> list[Share]:
    """The kinds by amount, the largest first, equal ones by name; what has none is left out."""
    whole = sum(amounts.values(), Decimal(0))
    found: list[Share] = []
    reached = Decimal(0)
    for key, amount in sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0])):
        if amount > 0:
            reached += amount
            found.append(Share(key, amount, amount / whole, reached / whole))
    return found
