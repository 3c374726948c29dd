"""Lines of an opportunity: totals in whole minor units, and an amount that follows only when somebody asks."""

from decimal import Decimal
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.crm.opportunities.models import LineItem
from implementor.crm.opportunities.pricing import line_total
from implementor.foundation.errors import InvalidInput
from tests.crm.opportunities.sales import sales


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.decimals(Decimal("0.0001"), Decimal(10**9), places=4),
    st.integers(0, 10**14),
    st.decimals(0, 1, places=4),
)
def test_a_total_is_the_exact_product_rounded_half_to_even_once(
    quantity: Decimal, price: int, discount: Decimal
) -> None:
    exact = Fraction(quantity) * price * (1 - Fraction(discount))
    total = line_total(quantity=quantity, unit_price=price, discount=discount)
    below = exact.numerator // exact.denominator
    rest = exact - below
    if rest == Fraction(1, 2):
        assert total == below + below % 2
    else:
        assert total == (below if rest < Fraction(1, 2) else below + 1)


@pytest.mark.parametrize(("quantity", "price", "discount", "total"), [
    ("1", 1250, "0", 1250), ("0.5", 1, "0", 0), ("1.5", 1, "0", 2), ("2.5", 1, "0", 2), ("3", 333, "0.1", 899),
    ("1", 100, "1", 0),
])  # fmt: skip
def test_halves_go_to_the_even_neighbour(quantity: str, price: int, discount: str, total: int) -> None:
    assert line_total(quantity=Decimal(quantity), unit_price=price, discount=Decimal(discount)) == total


def test_a_line_takes_name_and_price_from_its_product_and_its_total_follows(app: Flask) -> None:
    here = sales(app)
    product = here.add("product", "crm_admin", code="P-1", name="Panel", price="250.00 EUR")
    sale = here.sale(currency="EUR")
    line = here.add("opportunity_line", opportunity=sale, product=product, quantity="3", discount="10 %")
    stored = here.stored(LineItem, line)
    assert (stored.name, stored.unit_price_amount, stored.total_amount) == ("Panel", 250_00, 675_00)
    here.change("opportunity_line", line, quantity="1.5")
    assert here.stored(LineItem, line).total_amount == 337_50
    here.undo()
    assert here.stored(LineItem, line).total_amount == 675_00


def test_what_a_line_lacks_is_named_and_another_currency_refused(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="10 EUR")
    with pytest.raises(InvalidInput) as refused:
        here.add("opportunity_line", opportunity=sale)
    assert set(refused.value.errors) == {"name", "unit_price"}
    with pytest.raises(InvalidInput) as refused:
        here.add("opportunity_line", opportunity=sale, name="Panel", unit_price="5 USD")
    assert list(refused.value.errors) == ["unit_price"]
    here.add("opportunity_line", opportunity=sale, name="Panel", unit_price="5 EUR")
    with pytest.raises(InvalidInput) as refused:
        here.change("opportunity", sale, amount="10 USD")
    assert "amount" in refused.value.errors


def test_the_sum_of_the_lines_becomes_the_amount_only_on_request(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="10 EUR")
    here.add("opportunity_line", opportunity=sale, name="Panel", unit_price="70 EUR", quantity="2")
    here.add("opportunity_line", opportunity=sale, name="Work", unit_price="60 EUR")
    assert here.now(sale).amount == 10_00
    page = here.browser().get(f"/crm/opportunities/{sale}")
    assert "The lines add up to €200.00." in page.text
    page.form("Take the sum as amount").submit()
    assert here.now(sale).amount == 200_00
    here.undo()
    assert here.now(sale).amount == 10_00


def test_nobody_adds_lines_to_what_they_may_not_change(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="10 EUR")
    with pytest.raises(InvalidInput):
        here.add("opportunity_line", "mate", opportunity=sale, name="Panel", unit_price="5 EUR")
    line = here.add("opportunity_line", "manager", opportunity=sale, name="Panel", unit_price="5 EUR")
    assert here.stored(LineItem, line).total_amount == 5_00
