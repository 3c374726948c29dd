"""What a line of an order or quote costs before and after tax, and what lines add up to: whole minor units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Totals:
    """What lines come to, in minor units: before the discount of the whole (`subtotal`) and after it.

    `by_rate` parts net and tax by the rate (0 to 1), lowest first; its rows add up to `net` and `tax`.
    """

    subtotal: int
    amounts: Amounts
    by_rate: Mapping[Decimal, Amounts] = field(default_factory=dict)

    @property
    def discount(self) -> int:
        """What the discount of the whole takes off, without tax."""
        return self.subtotal - self.amounts.net


def sum_of(lines: Iterable[Any]) -> Amounts:
    """What lines add up to: the sum of what each shows, so that a reader who adds them up finds the same."""
    return totals_of(lines).amounts


def totals_of(lines: Iterable[Any], discount: Decimal | None = None) -> Totals:
    """What lines add up to after a discount of the whole (0 to 1), which each line bears by its share.

    Without one it is the sum of what each line shows. The share and its tax are rounded per line, halves to even.
    """
    subtotal, by_rate = 0, dict[Decimal, Amounts]()
    for line in lines:
        shown = Amounts(line.net_amount, line.tax_amount)
        subtotal += shown.net
        left = shown if not discount else _less(shown.net, discount, line.tax_ratio)
        by_rate[line.tax_ratio] = by_rate.get(line.tax_ratio, Amounts()) + left
    return Totals(subtotal, sum(by_rate.values(), Amounts()), dict(sorted(by_rate.items())))


def _less(net: int, discount: Decimal, tax: Decimal) -> Amounts:
    return amounts_of(quantity=Decimal(1), unit_price=net, discount=discount, tax=tax)
