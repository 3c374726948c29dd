"""Price lists: one default of a currency, prices in its currency, each product once."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.products import queries
from implementor.crm.products.models import Price, PriceList, Product
from implementor.crm.products.pricing import price_of, terms_of
from implementor.foundation.errors import InvalidInput
from tests.auth.builders import reading
from tests.crm.builders import START, company


def test_a_new_default_takes_the_place_of_the_old_one(app: Flask) -> None:
    here = company(app)
    old = here.add("price_list", "manager", name="2026", currency="EUR", is_default="y")
    other = here.add("price_list", "manager", name="Dollars", currency="USD", is_default="y")
    new = here.add("price_list", "manager", name="2027", currency="EUR", is_default="y")
    assert [here.stored(PriceList, one).is_default for one in (old, other, new)] == [False, True, True]
    here.change("price_list", old, "manager", is_default="y")
    assert [here.stored(PriceList, one).is_default for one in (old, new)] == [True, False]
    here.undo("manager")
    assert [here.stored(PriceList, one).is_default for one in (old, new)] == [False, True]


def test_a_product_has_one_price_on_a_list_in_the_currency_of_the_list(app: Flask) -> None:
    here = company(app)
    product = here.add("product", "manager", code="P-1", name="Pump")
    euros = here.add("price_list", "manager", name="Euros", currency="EUR")
    price = here.add("price", "manager", product=product, price_list=euros, amount="80 EUR")
    assert here.stored(Price, price).amount == 8000
    for amount, wrong in (("90 EUR", "product"), ("90 USD", "amount")):
        with pytest.raises(InvalidInput) as refused:
            here.add("price", "manager", product=product, price_list=euros, amount=amount)
        assert wrong in refused.value.errors
    with pytest.raises(InvalidInput) as refused:
        here.change("price_list", euros, "manager", currency="USD")
    assert list(refused.value.errors) == ["currency"]


def test_who_may_not_change_a_list_sets_no_price_on_it(app: Flask) -> None:
    here = company(app)
    product = here.add("product", "manager", code="P-1", name="Pump")
    euros = here.add("price_list", "manager", name="Euros", currency="EUR")
    with pytest.raises(InvalidInput) as refused:
        here.add("price", "seller", product=product, price_list=euros, amount="80 EUR")
    assert list(refused.value.errors) == ["price_list"]
    with reading(app) as session:
        assert session.scalars(select(Price.id)).all() == []


def test_prices_stand_on_the_pages_of_their_list_and_their_product(app: Flask) -> None:
    here = company(app)
    product = here.add("product", "manager", code="P-1", name="Pump")
    euros = here.add("price_list", "manager", name="Euros", currency="EUR")
    price = here.add("price", "manager", product=product, price_list=euros, amount="80 EUR")
    manager = here.browser("manager")
    assert "Pump" in manager.get(f"/crm/price-lists/{euros}").text
    page = manager.get(f"/crm/products/{product}")
    assert "Euros" in page.text
    assert f"/records/price/{price}/edit" in page.html
    assert f"/records/price/{price}/edit" not in here.browser().get(f"/crm/products/{product}").html


def test_the_preferred_list_goes_before_the_default(app: Flask) -> None:
    here = company(app)
    product = here.add("product", "manager", code="P-1", name="Pump", price="100 EUR")
    usual = here.add("price_list", "manager", name="Usual", currency="EUR", is_default="y")
    fair = here.add("price_list", "manager", name="Fair", currency="EUR")
    here.add("price", "manager", product=product, price_list=usual, amount="90 EUR")
    here.add("price", "manager", product=product, price_list=fair, amount="70 EUR")
    for preferred, amount in ((None, 9000), (fair, 7000)):
        with reading(app) as session:
            rows = session.execute(queries.prices_on_lists([product], "EUR", here.by(), preferred=preferred)).all()
        found = price_of(here.stored(Product, product), terms_of(rows), "EUR", START.date())
        assert found is not None
        assert found.amount == amount
