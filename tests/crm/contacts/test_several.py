"""What a contact has several of: one primary whatever happens, flags that stay, and each once."""

from typing import Any

import pytest
from flask import Flask

from implementor.crm.contacts.models import Contact, ContactEmail
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import Company, company
from tests.machinery.statements import counting


def with_two(app: Flask) -> tuple[Company, int, int, int]:
    """A contact with two addresses: the company, the contact, the primary address and the other one."""
    here = company(app)
    contact = here.add("contact", last_name="García")
    first = here.add("contact_email", contact=contact, address="ana@steel.example")
    second = here.add("contact_email", contact=contact, address="ana@home.example")
    return here, contact, first, second


def primaries(here: Company, *ids: int) -> list[bool]:
    return [here.stored(ContactEmail, one).is_primary for one in ids]


def test_the_first_is_primary_until_another_is_chosen(app: Flask) -> None:
    here, contact, first, second = with_two(app)
    assert primaries(here, first, second) == [True, False]
    here.change("contact_email", second, primary="y")
    assert primaries(here, first, second) == [False, True]
    assert here.stored(Contact, contact).email == "ana@home.example"
    here.undo()
    assert primaries(here, first, second) == [True, False]
    with pytest.raises(InvalidInput) as refused:
        here.change("contact_email", first, primary=False)
    assert list(refused.value.errors) == ["primary"]


def test_a_corrected_primary_address_stays_primary(app: Flask) -> None:
    here, contact, first, second = with_two(app)
    here.change("contact_email", first, address="anna@steel.example")
    assert here.stored(Contact, contact).email == "anna@steel.example"
    assert primaries(here, first, second) == [True, False]


def test_the_next_one_is_primary_when_the_primary_is_put_away_and_comes_back(app: Flask) -> None:
    here, contact, first, second = with_two(app)
    browser = here.browser()
    browser.get(f"/crm/contacts/{contact}")
    browser.post(f"/records/contact_email/{first}/archive", {"next": f"/crm/contacts/{contact}"})
    assert here.stored(Contact, contact).email == "ana@home.example"
    here.undo()
    assert here.stored(Contact, contact).email == "ana@steel.example"
    assert primaries(here, first, second) == [True, False]


def test_an_address_that_reaches_nobody_is_chosen_last(app: Flask) -> None:
    here, contact, first, second = with_two(app)
    third = here.add("contact_email", contact=contact, address="ana@third.example")
    here.change("contact_email", second, invalid="y")
    browser = here.browser()
    browser.get(f"/crm/contacts/{contact}")
    browser.post(f"/records/contact_email/{first}/archive")
    assert primaries(here, second, third) == [False, True]


def test_a_contact_has_each_address_number_and_account_once(app: Flask) -> None:
    here, contact, _first, _second = with_two(app)
    steel = here.add("account", name="Iberia Steel")
    rows: dict[str, dict[str, Any]] = {
        "contact_email": {"address": "ANA@steel.example"},
        "contact_phone": {"number": "+34 612 345 678"},
        "contact_account": {"account": steel},
    }
    here.add("contact_phone", contact=contact, number="612345678")
    here.add("contact_account", contact=contact, account=steel, role="buyer")
    for kind, values in rows.items():
        with pytest.raises(InvalidInput) as refused:
            here.add(kind, contact=contact, **values)
        assert list(refused.value.errors) == list(values)


def test_an_opt_out_stays_when_the_address_is_corrected(app: Flask) -> None:
    here, contact, first, _second = with_two(app)
    here.change("contact_email", first, opted_out="y", invalid="y")
    here.change("contact", contact, email="anna@steel.example")
    row = here.stored(ContactEmail, first)
    assert (row.address, row.is_opted_out, row.is_invalid) == ("anna@steel.example", True, False)


def test_rows_of_a_contact_are_changed_by_who_may_change_the_contact(app: Flask) -> None:
    here, contact, first, _second = with_two(app)
    with pytest.raises(InvalidInput):
        here.add("contact_email", "elsewhere", contact=contact, address="x@steel.example")
    with pytest.raises(InvalidInput):
        here.change("contact_email", first, "elsewhere", opted_out="y")
    here.browser("elsewhere").get(f"/records/contact_email/{first}/edit", status=409)
    assert f"/records/contact_email/{first}/edit" in here.browser("mate").get(f"/crm/contacts/{contact}").html


def test_a_person_reached_in_two_ways_is_recognised_once(app: Flask) -> None:
    here = company(app)
    first = here.add("contact", last_name="Soto", email="ana@cumbrelia.example", phone="+34 612 345 678")
    with counting() as seen:
        second = here.add("contact", last_name="Soto", email="ana@cumbrelia.example", phone="+34 612 345 678")
    for once in ("DELETE FROM match_key ", "INSERT INTO match_key ", "INSERT INTO duplicate_pair "):
        assert len([one for one in seen if one.startswith(once)]) == 1, once
    assert [one for one in seen if one.startswith("SELECT contact.salutation")] == []
    kept = here.stored(Contact, second)
    assert (kept.email, kept.phone) == (here.stored(Contact, first).email, here.stored(Contact, first).phone)
