"""What a product costs: by the list of prices that holds that day, else by its own list price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol


class Sold(Protocol):
    """What of a product is asked for its price."""

    @property
    def id(self) -> int: ...
    @property
    def price_amount(self) -> int | None: ...
    @property
    def price_currency(self) -> str | None: ...


@dataclass(frozen=True)
class PriceTerms:
    """A price list as prices are looked up in it: product id -> minor units of its currency."""

    id: int
    currency: str
    valid_from: date | None = None
    valid_until: date | None = None
    is_default: bool = False
    prices: Mapping[int, int] = field(default_factory=dict)

    def holds_on(self, day: date) -> bool:
        """Whether its prices hold that day; both ends count."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@dataclass(frozen=True)
class Priced:
    """A price in minor units; `price_list_id` is None where it is the product's own list price."""

    amount: int
    currency: str
    price_list_id: int | None


def price_of(product: Sold, price_lists: Sequence[PriceTerms], currency: str, on: date) -> Priced | None:
    """The price of one unit in this currency that day; None where nobody set one.

    The first list that names the product counts, those that are nobody's default first; amounts of other currencies
    are never converted here.
    """
    holding = [one for one in price_lists if one.currency == currency and one.holds_on(on)]
    for one in sorted(holding, key=lambda terms: terms.is_default):
        if product.id in one.prices:
            return Priced(one.prices[product.id], currency, one.id)
    if product.price_amount is not None and product.price_currency == currency:
        return Priced(product.price_amount, currency, None)
    return None


def terms_of(rows: Iterable[Any]) -> list[PriceTerms]:
    """Price lists from the rows of `queries.prices_on_lists`, in the order of the rows."""
    prices: dict[int, dict[int, int]] = {}
    lists: dict[int, Any] = {}
    for row in rows:
        lists.setdefault(row.price_list_id, row)
        prices.setdefault(row.price_list_id, {})[row.product_id] = row.amount
    return [
        PriceTerms(id_, row.currency, row.valid_from, row.valid_until, row.is_default, prices[id_])
        for id_, row in lists.items()
    ]
