"""What other systems call a record: shown beside it, added and removed by who may change it, and taken back."""

import pytest
from flask import Flask

from tests.crm.builders import Company, company
from tests.machinery.pages import Page

SYSTEM, NUMBER = "Old CRM", "4711"


def named(here: Company, account: int, who: str = "seller") -> Page:
    """Note a name as somebody does it: from the record's page, by the form."""
    form = here.browser(who).get(f"/crm/names/account/{account}").form()
    return form.submit(system=SYSTEM, value=NUMBER)


def test_a_name_is_added_on_the_page_and_removed_there(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    page = named(here, account)
    assert page.heading == "Iberia Steel"
    assert NUMBER in page.find("#names_elsewhere").text_content()
    page = page.form("#names_elsewhere form").submit()
    assert NUMBER not in page.find("#names_elsewhere").text_content()
    here.undo()
    assert NUMBER in here.browser().get(f"/crm/accounts/{account}").find("#names_elsewhere").text_content()


def test_two_records_do_not_bear_one_name_and_the_second_is_told(app: Flask) -> None:
    here = company(app)
    first, second = here.add("account", name="Iberia Steel"), here.add("account", name="Duero")
    named(here, first)
    browser = here.browser()
    form = browser.get(f"/crm/names/account/{second}").form()
    assert "Another record is called 4711 in Old CRM." in form.submit(status=409, system=SYSTEM, value=NUMBER).text
    assert NUMBER not in browser.get(f"/crm/accounts/{second}").text


def test_a_name_of_nothing_is_refused_beside_the_field(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    form = here.browser().get(f"/crm/names/account/{account}").form()
    assert "Give the other system" in form.submit(status=422, system=SYSTEM, value="  ").text


def test_who_may_not_change_a_record_sees_its_names_only(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    named(here, account)
    browser = here.browser("elsewhere")
    page = browser.get(f"/crm/accounts/{account}")
    assert NUMBER in page.text
    assert "/remove" not in page.html
    browser.post(f"/crm/names/account/{account}", {"system": SYSTEM, "value": "4712"}, status=409)
    browser.post(f"/crm/names/account/{account}/1/remove", status=409)
    assert NUMBER in browser.get(f"/crm/accounts/{account}").text


@pytest.mark.parametrize("address", ["/crm/names/account/77", "/crm/names/nothing/1", "/crm/names/story/1"])
def test_names_of_what_does_not_exist_are_not_found(app: Flask, address: str) -> None:
    here = company(app)
    here.add("account", name="Iberia Steel")
    here.browser().get(address, status=404)
    here.browser("stranger").get("/crm/names/account/1", status=403)
