"""Contacts: added with account, address and number at once, found by any of them, changed within reach."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone
from implementor.crm.records.services import BeyondReach
from implementor.foundation.errors import InvalidInput
from tests.auth.builders import reading
from tests.crm.builders import Company, company


def addresses(here: Company, contact: int) -> set[str]:
    """The mail addresses of a contact in use."""
    with reading(here.app) as session:
        found = select(ContactEmail.address).where(
            ContactEmail.contact_id == contact, ContactEmail.archived_at.is_(None)
        )
        return set(session.scalars(found))


def test_a_form_takes_account_address_and_number_at_once(app: Flask) -> None:
    here = company(app)
    steel = here.add("account", name="Iberia Steel")
    page = here.browser().get(f"/records/contact/new?account={steel}")
    form = page.form()
    values = {"first_name": "Ana", "last_name": "García", "email": "Ana@Steel.example", "phone": "612 345 678"}
    shown = form.submit(values)
    assert "Ana García" in shown.text
    contact = here.stored(Contact, 1)
    assert contact.owner_id == here.people["seller"].id
    assert (contact.account_id, contact.email, contact.phone) == (steel, "ana@steel.example", "612 345 678")
    assert (contact.name_key, contact.sort_key) == ("ana garcia", "garcia ana")
    with reading(app) as session:
        assert session.scalars(select(ContactAccount.account_id)).all() == [steel]
        assert session.scalars(select(ContactPhone.number_key)).all() == ["+34612345678"]
        assert session.scalars(select(ContactEmail.is_primary)).all() == [True]


def test_two_people_of_one_name_work_at_one_company(app: Flask) -> None:
    here = company(app)
    steel = here.add("account", name="Iberia Steel")
    first, second = (here.add("contact", last_name="García", first_name="Ana", account=steel) for _each in (1, 2))
    assert first != second
    assert here.browser().get(f"/crm/accounts/{steel}/around").text.count("Ana García") == 2


def test_everything_wrong_with_a_new_contact_is_said_at_once(app: Flask) -> None:
    here = company(app)
    with pytest.raises(InvalidInput) as refused:
        here.add("contact", email="nobody", phone="no number")
    assert set(refused.value.errors) == {"last_name", "email", "phone"}
    with pytest.raises(InvalidInput) as refused:
        here.add("contact", last_name="García", account=77)
    assert set(refused.value.errors) == {"account"}


def test_a_changed_address_takes_the_place_of_the_primary_one(app: Flask) -> None:
    here = company(app)
    contact = here.add("contact", last_name="García", email="ana@old.example")
    here.change("contact", contact, email="ana@new.example")
    assert addresses(here, contact) == {"ana@new.example"}
    here.undo()
    assert addresses(here, contact) == {"ana@old.example"}
    assert here.stored(Contact, contact).email == "ana@old.example"


def test_another_account_comes_beside_the_present_one(app: Flask) -> None:
    here = company(app)
    old, new = here.add("account", name="Old"), here.add("account", name="New")
    contact = here.add("contact", last_name="García", account=old)
    here.change("contact", contact, account=new)
    assert here.stored(Contact, contact).account_id == new
    assert "García" in here.browser().get(f"/crm/accounts/{old}/around").text
    here.change("contact", contact, account=old)
    with reading(app) as session:
        assert len(session.scalars(select(ContactAccount.id)).all()) == 2


def test_what_is_cleared_is_put_away_and_the_next_one_is_primary(app: Flask) -> None:
    here = company(app)
    contact = here.add("contact", last_name="García", email="ana@steel.example")
    here.add("contact_email", contact=contact, address="ana@home.example")
    here.change("contact", contact, email="")
    assert here.stored(Contact, contact).email == "ana@home.example"
    here.change("contact", contact, email="")
    assert here.stored(Contact, contact).email is None
    here.undo()
    assert here.stored(Contact, contact).email == "ana@home.example"


@pytest.mark.parametrize(
    "asked", ["q=garc", "q=ana", "q=ana@home", "email=ANA@home.example", "phone=%2B34+612345678", "account=Old"]
)
def test_a_contact_is_found_by_anything_that_it_has(app: Flask, asked: str) -> None:
    here = company(app)
    old, new = here.add("account", name="Old"), here.add("account", name="New")
    contact = here.add("contact", first_name="Ana", last_name="García", email="ana@steel.example", account=old)
    here.change("contact", contact, account=new)
    here.add("contact_email", contact=contact, address="ana@home.example")
    here.add("contact_phone", contact=contact, number="612 345 678")
    here.add("contact", last_name="Zubiri", email="z@steel.example", phone="699 999 999", account=new)
    page = here.browser().get(f"/crm/contacts?{asked}")
    assert "García" in page.text
    assert "Zubiri" not in page.text


def test_teams_change_their_contacts_and_everybody_looks_them_up(app: Flask) -> None:
    here = company(app)
    contact = here.add("contact", last_name="García", email="ana@steel.example")
    assert here.titles("contact", "elsewhere") == {"García"}
    assert here.titles("contact", "stranger") == set()
    with pytest.raises(BeyondReach):
        here.change("contact", contact, "elsewhere", email="")
    here.change("contact", contact, "mate", job_title="Buyer")
    assert here.stored(Contact, contact).email == "ana@steel.example"
