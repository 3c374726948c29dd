"""A list that is asked for by a field which is hidden from the person leaves it out and says so, whoever sent it."""

from __future__ import annotations

import pytest
from flask import Flask

from implementor.configuration.services.access import set_fields
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import working
from tests.crm.builders import START, Company, company

LIST = "/crm/opportunities"
TOLD = "{} is hidden from you and was left out."


def sales(app: Flask, *hidden: str) -> Company:
    """Two sales of very different worth; these fields are hidden from managers."""
    here = company(app)
    here.add("opportunity", name="Small one", amount="10 EUR", loss_reason="price")
    here.add("opportunity", name="Great one", amount="900000 USD")
    hide(here, *hidden)
    return here


def hide(here: Company, *names: str) -> None:
    with working(here.app) as session:
        set_fields(session, "opportunity", {(Role.CRM_MANAGER, name): "hide" for name in names}, by=SYSTEM, at=START)


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("amount=1..20", "Amount"), ("currency=USD", "Currency"), ("sort=-amount", "Amount"),
        ("columns=name,amount", "Amount"), ("group=loss_reason", "Reason for the loss"),
    ],
)  # fmt: skip
def test_what_is_asked_by_a_hidden_field_is_left_out_and_told(app: Flask, asked: str, label: str) -> None:
    here = sales(app, "amount", "loss_reason")
    page = here.browser("manager").get(f"{LIST}?{asked}")
    assert TOLD.format(label) in page.text
    assert {"Small one", "Great one"} <= set(page.links)
    assert "900,000" not in page.text
    file = here.browser("manager").get(f"/lists/opportunity/export.csv?{asked}").response.get_data(as_text=True)
    assert TOLD.format(label) in file
    assert "900000" not in file
    assert "hidden from you" not in here.browser("seller").get(f"{LIST}?{asked}").text


def test_a_view_that_was_kept_before_opens_without_it(app: Flask) -> None:
    here = sales(app)
    manager = here.browser("manager")
    manager.get(f"{LIST}?amount=1..20&sort=-amount")
    asked = {"name": "Little ones", "address": "amount=1..20&sort=-amount"}
    assert "Great one" not in manager.post("/lists/opportunity/views", asked).links
    hide(here, "amount")
    page = manager.get(LIST).follow("Little ones")
    assert page.text.count(TOLD.format("Amount")) == 1
    assert {"Small one", "Great one"} <= set(page.links)


def test_changing_all_that_match_changes_no_more_than_was_meant(app: Flask) -> None:
    here = sales(app, "amount")
    browser = here.browser("manager")
    browser.get(LIST)
    sent = {"all_matching": "1", "address": "amount=1..20", "field": "close_on", "value": "2026-12-01"}
    refused = browser.post("/lists/opportunity/bulk", sent, status=None)
    assert refused.status == 409, refused.text
    assert "narrowed by what is hidden from you" in refused.text


def test_a_list_whose_own_order_is_hidden_has_another(app: Flask) -> None:
    here = sales(app, "updated_at", "amount")
    page = here.browser("manager").get(LIST)
    assert {"Small one", "Great one"} <= set(page.links)
