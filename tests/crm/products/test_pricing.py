"""What a product costs, by the list that holds that day."""

from dataclasses import dataclass
from datetime import date

from implementor.crm.products.pricing import PriceTerms, price_of

DAY = date(2026, 3, 2)


@dataclass
class Sold:
    """A product as pricing asks for it."""

    id: int = 1
    price_amount: int | None = 10_000
    price_currency: str | None = "EUR"


def amount(*lists: PriceTerms, product: Sold | None = None, currency: str = "EUR", on: date = DAY) -> int | None:
    found = price_of(product or Sold(), lists, currency, on)
    return None if found is None else found.amount


def test_without_a_list_the_products_own_price_counts_in_its_currency_alone() -> None:
    assert amount() == 10_000
    assert amount(currency="USD") is None
    assert amount(product=Sold(price_amount=None)) is None


def test_a_list_counts_from_its_first_day_to_its_last() -> None:
    one = PriceTerms(1, "EUR", DAY, DAY, prices={1: 5})
    assert amount(one) == 5
    assert amount(one, on=date(2026, 3, 1)) == amount(one, on=date(2026, 3, 3)) == 10_000
    assert amount(PriceTerms(1, "EUR", prices={1: 5}), on=date.min) == 5


def test_the_default_is_asked_last_and_in_the_order_given_otherwise() -> None:
    usual, first, second = (
        PriceTerms(1, "EUR", is_default=True, prices={1: 1}),
        PriceTerms(2, "EUR", prices={1: 2}),
        PriceTerms(3, "EUR", prices={1: 3}),
    )
    assert amount(usual, first, second) == 2
    assert amount(usual, second, first) == 3
    assert amount(usual) == 1


def test_a_list_without_the_product_or_in_another_currency_is_passed_over() -> None:
    assert amount(PriceTerms(1, "EUR", prices={2: 7}), PriceTerms(2, "USD", prices={1: 9})) == 10_000
    assert amount(PriceTerms(2, "USD", prices={1: 9}), currency="USD") == 9


def test_a_price_of_nothing_is_a_price() -> None:
    assert amount(PriceTerms(1, "EUR", prices={1: 0})) == 0
