"""Sums of amounts in several currencies: exact until the end, in the base currency, with what has no rate named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from implementor.foundation.errors import Refusal
from implementor.foundation.fields import entities
from implementor.foundation.money import digits
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

Rates = Mapping[str, Decimal]
"""Currency -> what one unit of it is worth in the base currency, itself among them."""


class AmountsAreHidden(Refusal):
    """What a sale is worth is not for whoever asks, so sums of it are not either."""


def sees_amounts(actor: Actor) -> bool:
    """Whether what sales are worth is shown to somebody."""
    return shows_field(actor, "amount")


def shows_field(actor: Actor, name: str) -> bool:
    """Whether somebody reads a field of sales, and so may see what is computed from it."""
    return entities["opportunity"].fields[name].is_visible_to(actor)


def refuse_without_amounts(actor: Actor) -> None:
    """Stop before sums that would tell what single sales do not."""
    if not sees_amounts(actor):
        raise AmountsAreHidden(say("What sales are worth is hidden from you. An administrator of the CRM can show it."))


@dataclass(frozen=True)
class Sum:
    """Minor units of the base currency, and the currencies of amounts that no rate could convert."""

    amount: int = 0
    without_rate: tuple[str, ...] = ()


def exact_worth(minor: int, currency: str, base: str, rates: Rates) -> Decimal:
    """Minor units of the base currency, not rounded and without bound; KeyError where there is no rate."""
    with localcontext(prec=60):
        places = digits(base) - digits(currency)
        return (Decimal(minor) * rates[currency] / rates[base]).scaleb(places)


def rounded(exact: Decimal) -> int:
    """Whole minor units, halves to the even neighbour."""
    with localcontext(prec=60):
        return int(exact.to_integral_value(ROUND_HALF_EVEN))


def sum_of(amounts: Iterable[tuple[str | None, int | None]], base: str, rates: Rates) -> Sum:
    """The sum of (currency, minor units), rounded once at the end; nothing is nothing."""
    total, missing = Decimal(0), set()
    with localcontext(prec=60):
        for currency, amount in amounts:
            if currency is None or not amount:
                continue
            if currency not in rates:
                missing.add(currency)
            else:
                total += exact_worth(int(amount), currency, base, rates)
    return Sum(rounded(total), tuple(sorted(missing)))
