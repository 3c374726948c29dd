"""The pages of orders: the way of an order, noting by form, timelines around it, and a bounded number of statements."""

from datetime import timedelta

from flask import Flask

from tests.crm.builders import START, Company, company
from tests.machinery.statements import counting


def with_order(app: Flask) -> tuple[Company, int, int]:
    """A company with an account and its order of one line."""
    here = company(app)
    account = here.add("account", "manager", name="Iberia Steel")
    order = here.add("order", "manager", account=account, currency="EUR")
    here.add("order_line", "manager", order=order, name="Pump", unit_price="90 EUR", tax="21 %")
    return here, account, order


def test_an_order_is_followed_by_form_and_its_account_tells_of_it(app: Flask) -> None:
    here, account, order = with_order(app)
    browser = here.browser("manager")
    page = browser.get(f"/crm/orders/{order}")
    assert "108.90" in page.text
    page = page.follow("Note: Placed").form("Note it").submit(document="PO 77")
    assert page.find(".step[aria-current] .step-name").text_content() == "Placed"
    assert "PO 77" in page.text
    assert "Add line" in page.text
    page = page.follow("Note: Approved by finance").form("Note it").submit()
    assert "Add line" not in page.text
    told = browser.get(f"/crm/accounts/{account}/history").text
    assert "order O-1001: Approved by finance" in told
    assert "O-1001" in browser.get(f"/crm/accounts/{account}/around").text
    page = browser.get(f"/crm/orders/{order}").form("Take back: Approved by finance").submit()
    assert page.find(".step[aria-current] .step-name").text_content() == "Placed"


def test_what_cannot_be_noted_is_answered_with_the_reason_and_nothing_typed_is_lost(app: Flask) -> None:
    here, _account, order = with_order(app)
    browser = here.browser("manager")
    form = browser.get(f"/crm/orders/{order}/facts/placed").form("Note it")
    refused = form.submit(on=(START + timedelta(days=40_000)).date().isoformat(), note="By telephone", status=422)
    assert "still to come" in refused.text
    assert "By telephone" in refused.html
    late = browser.get(f"/crm/orders/{order}/facts/paid").form("Note it").submit(status=409)
    assert "First comes: Placed" in late.text
    browser.get(f"/crm/orders/{order}/facts/stolen", status=404)


def test_orders_beyond_reach_are_not_found_and_approval_is_not_offered_to_sellers(app: Flask) -> None:
    here, _account, order = with_order(app)
    here.browser("elsewhere").get(f"/crm/orders/{order}", status=404)
    here.browser("stranger").get("/crm/orders", status=403)
    own = here.add("order", currency="EUR")
    here.add("order_line", order=own, name="Pump", unit_price="90 EUR")
    browser = here.browser()
    page = browser.get(f"/crm/orders/{own}").follow("Note: Placed").form("Note it").submit()
    assert "Note: Approved by finance" not in page.text


def test_one_line_and_forty_cost_the_same_statements(app: Flask) -> None:
    here, _account, order = with_order(app)
    browser = here.browser("manager")
    browser.get(f"/crm/orders/{order}")
    with counting() as few:
        browser.get(f"/crm/orders/{order}")
        browser.get("/crm/orders")
    for number in range(39):
        here.add("order_line", "manager", order=order, name=f"Pump {number}", unit_price="90 EUR")
    here.add("order", "manager", currency="EUR")
    with counting() as many:
        browser.get(f"/crm/orders/{order}")
        browser.get("/crm/orders")
    assert len(few) == len(many), many.beyond(few)
