"""Two contacts become one person: every address and number stays, and what either asked for holds."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.duplicates.builders import keys_of_record, merge_of, pairs_of, part_again


def ana(here: Company, **more: Any) -> int:
    """A contact of that name."""
    return here.add("contact", first_name="Ana", last_name="Ruiz", **more)


def of_contact(here: Company, model: Any, contact_id: int) -> set[str]:
    """The accounts, addresses or numbers in use of a contact."""
    held: dict[Any, str] = {ContactEmail: "address", ContactPhone: "number", ContactAccount: "account_id"}
    in_use = select(getattr(model, held[model])).where(model.contact_id == contact_id, model.archived_at.is_(None))
    with reading(here.app) as session:
        return {str(value) for value in session.scalars(in_use)}


def test_a_contact_is_recognised_by_each_of_its_addresses_and_numbers(app: Flask) -> None:
    here = company(app)
    acme = here.add("account", name="Acme SL")
    contact = ana(here, email="ana@acme.example", phone="+34 612 345 678", account=acme, postcode="36201")
    here.add("contact_email", contact=contact, address="ruiz@home.example")

    assert keys_of_record(here, contact, "contact") == {
        ("email", "ana@acme.example"),
        ("email", "ruiz@home.example"),
        ("phone", "612345678"),
        ("name+company", "ana ruiz|acme"),
        ("name+postcode", "ana ruiz|36201"),
    }


def test_addresses_of_both_stay_and_one_is_the_primary(app: Flask) -> None:
    here = company(app)
    one = ana(here, email="ana@acme.example", phone="612 345 678")
    other = ana(here, email="ruiz@home.example", phone="+34 612 345 678")
    assert (one, other) in pairs_of(here)

    merge_of(here, one, other, kind="contact")

    assert of_contact(here, ContactEmail, one) == {"ana@acme.example", "ruiz@home.example"}
    assert here.stored(Contact, one).email == "ana@acme.example"
    assert {value for role, value in keys_of_record(here, one, "contact") if role == "email"} == {
        "ana@acme.example",
        "ruiz@home.example",
    }


def test_whoever_asked_for_no_advertising_in_either_record_gets_none(app: Flask) -> None:
    here = company(app)
    one, other = (ana(here, email="ana@acme.example") for _ in range(2))
    with here.working() as session:
        row = session.scalars(select(ContactEmail).where(ContactEmail.contact_id == other)).one()
        row.is_opted_out = True

    merge_of(here, one, other, kind="contact")

    with reading(app) as session:
        kept = session.scalars(select(ContactEmail).where(ContactEmail.contact_id == one)).one()
        assert kept.is_opted_out


def test_parted_contacts_name_what_each_has(app: Flask) -> None:
    here = company(app)
    one = ana(here)
    other = ana(here, email="ruiz@home.example", phone="+34 612 345 678")
    merge = merge_of(here, one, other, kind="contact")
    assert here.stored(Contact, one).email == "ruiz@home.example"

    part_again(here, merge)

    first, second = here.stored(Contact, one), here.stored(Contact, other)
    assert (first.email, first.phone) == (None, None)
    assert (second.email, second.phone) == ("ruiz@home.example", "+34 612 345 678")


def test_merged_accounts_of_one_contact_are_one_and_come_back_as_two(app: Flask) -> None:
    here = company(app)
    one, other = (here.add("account", name=name, city="Vigo") for name in ("Acme SL", "Acme"))
    contact = ana(here, account=one)
    here.add("contact_account", contact=contact, account=other)

    merge = merge_of(here, one, other)

    assert of_contact(here, ContactAccount, contact) == {str(one)}
    part_again(here, merge)
    assert of_contact(here, ContactAccount, contact) == {str(one), str(other)}
