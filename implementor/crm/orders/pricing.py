"""What a line of an order or quote costs before and after tax, and what lines add up to: whole minor units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

from implementor.crm.opportunities.pricing import line_total


@dataclass(frozen=True)
class Amounts:
    """Minor units: without tax, the tax, and both together."""

    net: int = 0
    tax: int = 0

    @property
    def total(self) -> int:
        return self.net + self.tax

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.net + other.net, self.tax + other.tax)


def amounts_of(*, quantity: Decimal, unit_price: int, discount: Decimal, tax: Decimal) -> Amounts:
    """A line's amounts; discount and tax rate are 0 to 1. Net and tax are each rounded once, halves to even.

    The tax is that of the rounded net, as an invoice shows it; a line's total is their exact sum.
    """
    net = line_total(quantity=quantity, unit_price=unit_price, discount=discount)
    with localcontext(prec=60):
        return Amounts(net, int((net * tax).to_integral_value(ROUND_HALF_EVEN)))


def sum_of(lines: Iterable[Any]) -> Amounts:
    """What lines add up to: the sum of what each shows, so that a reader who adds them up finds the same."""
    total = Amounts()
    for line in lines:
        total += Amounts(line.net_amount, line.tax_amount)
    return total
