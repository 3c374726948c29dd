"""Fields of one's own that link to records: named in files, listed where they lead, moved by merges and back."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts
from tests.crm.own_fields import add_own_field, held, restore, withdraw
from tests.duplicates.builders import merge_of, part_again


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def linked(here: Company, key: str, to: int, **values: Any) -> int:
    """A contact that names an account in a field of one's own."""
    own: dict[str, Any] = {key: to}
    return here.add("contact", last_name=f"Vega {to}", **values, **own)


def test_a_merge_takes_links_along_and_back_those_of_withdrawn_fields_too(here: Company) -> None:
    broker, gone = (add_own_field(here, "contact", "reference", one, target="account") for one in ("Broker", "Gone"))
    above = add_own_field(here, "account", "reference", "Above", target="account")
    one = here.add("account", name="Alfa SL")
    given: dict[str, Any] = {above: one}
    other, third = here.add("account", name="Alfa S.A."), here.add("account", name="Beta", **given)
    change: dict[str, Any] = {above: other}
    here.change("account", one, **change)
    values: dict[str, Any] = {gone: other}
    contacts = [linked(here, broker, other, **values), linked(here, broker, one)]
    withdraw(here, gone)
    merged = merge_of(here, one, other)
    assert [held(here, Contact, each, broker) for each in contacts] == [one, one]
    assert (held(here, Account, one, above), held(here, Account, third, above)) == (None, one)
    part_again(here, merged)
    restore(here, gone)
    assert [held(here, Contact, each, broker) for each in contacts] == [other, one]
    assert (held(here, Contact, contacts[0], gone), held(here, Account, one, above)) == (other, other)


def test_a_file_names_what_a_link_leads_to_and_says_of_namesakes_that_they_are_several(
    here: Company, tmp_path: Path
) -> None:
    key = add_own_field(here, "contact", "reference", "Broker", target="account")
    first = here.add("account", name="Duero")
    for _twice in range(2):
        here.add("account", name="Ebro")
    sheet = f"Contact ID,Last name,Broker\nC1,Vega,duero\nC2,Sol,#{first}\nC3,Mar,Ebro\nC4,Luz,Nobody\n"
    report = brought_in(here, "contact", tmp_path, sheet)
    assert "several are called Ebro" in str(report)
    with reading(here.app) as session:
        found = {one.last_name: getattr(one, key) for one in session.scalars(select(Contact))}
    assert found == {"Vega": first, "Sol": first, "Luz": None}
    assert counts(brought_in(here, "contact", tmp_path, sheet))[:2] == (0, 0)


def test_a_record_lists_what_links_to_it_and_names_nothing_beyond_reach(here: Company) -> None:
    key = add_own_field(here, "contact", "reference", "Broker", target="account")
    made = here.add("account", name="Duero")
    linked(here, key, made)
    browser = here.browser()
    page = browser.get(f"/crm/accounts/{made}/around").text
    assert "Contacts: Broker" in page
    assert f"Vega {made}" in page
    assert f"Vega {made}" in browser.get(f"/crm/contacts?{key}={made}&columns=name,{key}").text
