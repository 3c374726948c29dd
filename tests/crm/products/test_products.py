"""Products: their codes, their tree, and who keeps them."""

import pytest
from flask import Flask

from implementor.crm.products.models import Product
from implementor.crm.records.services import BeyondReach
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import company


def test_a_product_is_kept_with_cost_and_price_and_shows_its_margin(app: Flask) -> None:
    here = company(app)
    product = here.add("product", "manager", code="P-1", name="Pump", price="120.00 USD", cost="90 USD")
    stored = here.stored(Product, product)
    assert (stored.price_amount, stored.price_currency, stored.cost_amount) == (12000, "USD", 9000)
    page = here.browser().get(f"/crm/products/{product}")
    assert page.heading == "Pump"
    assert "25 %" in page.text.replace("\u00a0", " ")


@pytest.mark.parametrize(("price", "cost"), [("0", "5"), ("1", "9000000000000"), ("10", ""), ("", "3"), ("5 USD", "4")])
def test_a_margin_that_says_nothing_is_left_out(app: Flask, price: str, cost: str) -> None:
    here = company(app)
    product = here.add("product", "manager", code="P-1", name="Pump", price=price, cost=cost)
    assert here.browser().get(f"/crm/products/{product}").heading == "Pump"


def test_a_code_is_given_once_whatever_its_letters(app: Flask) -> None:
    here = company(app)
    first = here.add("product", "manager", code="P-1", name="Pump")
    with pytest.raises(InvalidInput) as refused:
        here.add("product", "manager", code="p-1", name="Other pump")
    assert list(refused.value.errors) == ["code"]
    manager = here.browser("manager")
    manager.get(f"/crm/products/{first}")
    assert "Pump" not in manager.post(f"/records/product/{first}/archive").text.replace("Pump is archived", "")
    again = here.add("product", "manager", code="p-1", name="Other pump")
    assert here.stored(Product, again).code == "p-1"


def test_a_product_cannot_belong_to_what_belongs_to_it(app: Flask) -> None:
    here = company(app)
    top = here.add("product", "manager", code="G", name="Group")
    low = here.add("product", "manager", code="G-1", name="Pump", parent=top)
    with pytest.raises(InvalidInput) as refused:
        here.change("product", top, "manager", parent=low)
    assert list(refused.value.errors) == ["parent"]
    assert "Pump" in here.browser().get(f"/crm/products/{top}/around").text


def test_the_last_day_of_a_product_comes_after_the_first(app: Flask) -> None:
    here = company(app)
    with pytest.raises(InvalidInput) as refused:
        here.add("product", "manager", code="P-1", name="Pump", active_from="2026-03-02", active_until="2026-03-01")
    assert list(refused.value.errors) == ["active_until"]


def test_everybody_of_the_crm_looks_products_up_and_managers_keep_them(app: Flask) -> None:
    here = company(app)
    product = here.add("product", "manager", code="P-1", name="Pump")
    assert here.titles("product", "elsewhere") == {"Pump"}
    assert here.titles("product", "stranger") == set()
    with pytest.raises(BeyondReach):
        here.change("product", product, "seller", name="Mine")
    with pytest.raises(BeyondReach):
        here.add("product", "seller", code="P-2", name="Mine")
    assert here.stored(Product, product).name == "Pump"


def test_an_undo_gives_a_product_its_earlier_code_back(app: Flask) -> None:
    here = company(app)
    product = here.add("product", "manager", code="P-1", name="Pump")
    here.change("product", product, "manager", code="P-2")
    here.undo("manager")
    stored = here.stored(Product, product)
    assert (stored.code, stored.code_key) == ("P-1", "p-1")
