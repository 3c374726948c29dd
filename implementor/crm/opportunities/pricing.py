"""What a line costs: whole minor units, halves to the even neighbour, never a float."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal, localcontext


def line_total(*, quantity: Decimal, unit_price: int, discount: Decimal) -> int:
    """Minor units of `quantity` pieces at `unit_price` (minor units) less `discount` (0 to 1), rounded once."""
    with localcontext(prec=60):
        exact = quantity * unit_price * (1 - discount)
        return int(exact.to_integral_value(ROUND_HALF_EVEN))


def sum_of_lines(totals: Iterable[int]) -> int:
    """Minor units of all lines together."""
    return sum(totals)
