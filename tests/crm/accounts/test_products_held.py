"""The products that an account holds: on its page and on the product's, within reach of the account."""

import pytest
from flask import Flask

from implementor.crm.accounts.models import Relation
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import Company, company


def holding(app: Flask) -> tuple[Company, int, int, int]:
    """The company, an account, a product and the relation of the two."""
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    product = here.add("product", "manager", code="P-1", name="Pump")
    held = here.add("relation", account=account, product=product, quantity="2.5", since="2026-01-01")
    return here, account, product, held


def test_a_product_held_stands_on_both_pages(app: Flask) -> None:
    here, account, product, held = holding(app)
    assert "Pump" in here.browser().get(f"/crm/accounts/{account}").text
    page = here.browser().get(f"/crm/products/{product}")
    assert "Iberia Steel" in page.text
    assert here.stored(Relation, held).state == "active"
    assert f"/records/relation/{held}/edit" in page.html


def test_days_in_the_wrong_order_and_unknown_products_are_refused(app: Flask) -> None:
    here, account, _product, held = holding(app)
    for values, wrong in (({"until": "2025-12-31"}, "until"), ({"product": 77}, "product")):
        with pytest.raises(InvalidInput) as refused:
            here.change("relation", held, **values)
        assert list(refused.value.errors) == [wrong]
    with pytest.raises(InvalidInput):
        here.add("relation", "elsewhere", account=account, product=_product)


def test_a_product_put_away_stays_with_who_holds_it(app: Flask) -> None:
    here, account, product, held = holding(app)
    manager = here.browser("manager")
    manager.get(f"/crm/products/{product}")
    manager.post(f"/records/product/{product}/archive")
    here.change("relation", held, until="2026-06-30", state="ended")
    assert here.stored(Relation, held).state == "ended"
    assert "Pump" in here.browser().get(f"/crm/accounts/{account}").text
