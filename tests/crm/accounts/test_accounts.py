"""Accounts: added, found, put into a tree, changed within reach, put away and brought back."""

import pytest
from flask import Flask

from implementor.crm.accounts.models import Account
from implementor.crm.records.services import BeyondReach
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import company


def test_an_account_belongs_to_who_adds_it_unless_they_say_otherwise(app: Flask) -> None:
    here = company(app)
    mine, given = (
        here.add("account", name="Iberia Steel"),
        here.add("account", name="Duero", owner=here.people["mate"].id),
    )
    assert here.stored(Account, mine).owner_id == here.people["seller"].id
    assert here.stored(Account, given).owner_id == here.people["mate"].id


def test_an_account_without_a_name_is_refused_by_name_of_the_field(app: Flask) -> None:
    here = company(app)
    with pytest.raises(InvalidInput) as refused:
        here.add("account", city="Vigo")
    assert list(refused.value.errors) == ["name"]


def test_everybody_of_the_crm_sees_accounts_and_teams_change_theirs(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    assert here.titles("account", "elsewhere") == {"Iberia Steel"}
    assert here.titles("account", "stranger") == set()
    here.change("account", account, "mate", city="Vigo")
    with pytest.raises(BeyondReach):
        here.change("account", account, "elsewhere", city="Lugo")
    assert here.stored(Account, account).city == "Vigo"


def test_an_account_cannot_belong_to_what_belongs_to_it(app: Flask) -> None:
    here = company(app)
    top = here.add("account", name="Group")
    middle = here.add("account", name="Division", parent=top)
    low = here.add("account", name="Plant", parent=middle)
    for parent in (top, low):
        with pytest.raises(InvalidInput):
            here.change("account", top, parent=parent)
    assert here.stored(Account, top).parent_id is None


def test_an_undo_gives_the_account_its_earlier_values(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel", city="Vigo")
    here.change("account", account, city="Lugo", name="Iberia")
    here.undo()
    stored = here.stored(Account, account)
    assert (stored.name, stored.name_key, stored.city) == ("Iberia Steel", "iberia steel", "Vigo")


def test_the_page_of_an_account_shows_it_to_the_crm_and_to_nobody_else(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel", city="Vigo", founded="1988", employees="1450")
    page = here.browser().get(f"/crm/accounts/{account}")
    assert page.heading == "Iberia Steel"
    assert "Vigo" in page.text
    assert "Founded in 1988" in page.text
    assert "Employees 1,450" in page.text
    here.browser("stranger").get(f"/crm/accounts/{account}", status=403)
    assert "Vigo" in here.browser("elsewhere").get("/crm/accounts").text


def test_what_somebody_may_only_look_at_offers_no_change(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    page = here.browser("elsewhere").get(f"/crm/accounts/{account}")
    assert f"/records/account/{account}/edit" not in page.html
    here.browser("elsewhere").get(f"/records/account/{account}/edit", status=409)
    assert f"/records/account/{account}/edit" in here.browser().get(f"/crm/accounts/{account}").html


def test_related_records_and_history_come_with_the_page(app: Flask) -> None:
    here = company(app)
    top = here.add("account", name="Group")
    here.add("account", name="Plant of the group", parent=top)
    browser = here.browser()
    assert "Plant of the group" in browser.get(f"/crm/accounts/{top}/around").text
    assert "Added Group" in browser.get(f"/crm/accounts/{top}/history").text
