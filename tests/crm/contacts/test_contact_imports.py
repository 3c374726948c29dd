"""Contacts from files: names in one cell or two, several addresses, accounts found or made, nobody made twice."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone
from implementor.crm.contacts.person_names import may_be_one_person, parts_of_name
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts, take_back

SHEET = """Contact ID,Full name,Company,E-mail,Phone,Mobile,Role,Email opt out
C1,Ana López García,Duero Foods,ana@duero.example; ana@casa.example,+34 912 345 678,600 111 222,Buyer,yes
C2,"Vega, Luis",Duero Foods,luis@duero.example,,+34 600 333 444,,
C3,Marta,,,,,,
"""


@pytest.mark.parametrize(
    ("text", "parts"),
    [("Ana", ("", "Ana")), ("Ana Vega", ("Ana", "Vega")), ("Vega, Ana María", ("Ana María", "Vega")),
     ("Ana López García", ("Ana", "López García")), ("Ana María López García", ("Ana María", "López García")),
     ("Luis de la Torre", ("Luis", "de la Torre")), ("Dr. Ana Vega", ("Ana", "Vega")), (", ", ("", ""))],
)  # fmt: skip
def test_a_name_in_one_text_is_parted(text: str, parts: tuple[str, str]) -> None:
    assert parts_of_name(text) == parts


def rows_of(here: Company, model: Any, *columns: Any) -> list[Sequence[Any]]:
    with reading(here.app) as session:
        return [
            tuple(row)
            for row in session.execute(select(*columns).where(model.archived_at.is_(None)).order_by(model.id))
        ]


def test_a_file_becomes_contacts_with_all_their_addresses_numbers_and_accounts(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    assert counts(brought_in(here, "contact", tmp_path, SHEET)) == (3, 0, 0, 0)
    names = rows_of(here, Contact, Contact.first_name, Contact.last_name, Contact.email, Contact.phone_key)
    assert names[0] == ("Ana", "López García", "ana@duero.example", "+34912345678")
    assert [row[:2] for row in names[1:]] == [("Luis", "Vega"), (None, "Marta")]
    assert rows_of(here, ContactEmail, ContactEmail.address, ContactEmail.is_opted_out) == [
        ("ana@duero.example", True), ("ana@casa.example", True), ("luis@duero.example", False)]  # fmt: skip
    numbers = rows_of(here, ContactPhone, ContactPhone.number_key, ContactPhone.label)
    assert numbers == [("+34912345678", None), ("+34600111222", "mobile"), ("+34600333444", "mobile")]
    assert [row[0] for row in rows_of(here, ContactAccount, ContactAccount.role)] == ["buyer", None]
    with reading(app) as session:
        assert session.scalars(select(Account.name)).all() == ["Duero Foods"]


def test_the_only_number_is_the_primary_one(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    brought_in(here, "contact", tmp_path, SHEET)
    assert rows_of(here, Contact, Contact.phone_key)[1] == ("+34600333444",)


def test_the_same_file_again_changes_nothing_whoever_has_a_key_an_address_or_neither(
    app: Flask, tmp_path: Path
) -> None:
    here = company(app)
    for text in (SHEET, "Nombre,Apellidos,Correo\nEva,Ruiz,eva@x.example\nLía,Paz,\nLía,Paz,\n"):
        first = brought_in(here, "contact", tmp_path, text)
        assert first["created"] == first["read"]
        assert counts(brought_in(here, "contact", tmp_path, text)) == (0, 0, first["read"], 0)
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(Contact)) == 6


def test_a_person_of_another_system_is_recognised_by_address_and_then_by_that_systems_key(
    app: Flask, tmp_path: Path
) -> None:
    here = company(app)
    ana = here.add("contact", "crm_admin", last_name="Vega", first_name="Ana", email="ana@vega.example")
    sheet = "Contact ID,First name,Last name,E-mail,Phone 2,City\n7,Ana,Vega,ANA@vega.example,600 111 222,Soria\n"
    assert counts(brought_in(here, "contact", tmp_path, sheet)) == (0, 1, 0, 0)
    assert here.stored(Contact, ana).city == "Soria"
    assert rows_of(here, ContactPhone, ContactPhone.contact_id, ContactPhone.number_key) == [(ana, "+34600111222")]
    later = sheet.replace("ANA@vega.example", "ana@new.example")
    assert counts(brought_in(here, "contact", tmp_path, later)) == (0, 1, 0, 0)
    assert here.stored(Contact, ana).email == "ana@new.example"
    assert len(rows_of(here, ContactEmail, ContactEmail.id)) == 2, "the earlier address stays"


def test_a_desks_address_and_a_number_recognise_nobody(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    here.add("contact", "crm_admin", last_name="Vega", email="info@vega.example", phone="912345678")
    sheet = "First name,Last name,E-mail,Phone\nLuis,Paz,info@vega.example,912345678\n"
    assert counts(brought_in(here, "contact", tmp_path, sheet)) == (1, 0, 0, 0)


def test_rows_that_look_like_somebody_are_told_before_and_made(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    brought_in(here, "contact", tmp_path, "Full name,Company\nAna Vega,Duero Foods\n", "first.csv")
    other = "Full name,Company,City\nAna Vega,Duero Foods,Soria\nEva Paz,Duero Foods,\n"
    told = brought_in(here, "contact", tmp_path, other, "second.csv", "--dry-run")
    assert (told["created"], told["remarks"]) == (
        2, ["1 new row looks like a record that is here already. Look under Duplicates afterwards."],
    )  # fmt: skip


def test_a_source_with_keys_of_its_own_tells_people_of_one_address_apart(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    sheet = "Contact ID,Full name,E-mail\n1,Ana Vega,casa@x.example\n2,Luis Paz,casa@x.example\n"
    assert counts(brought_in(here, "contact", tmp_path, sheet)) == (2, 0, 0, 0)
    assert counts(brought_in(here, "contact", tmp_path, sheet)) == (0, 0, 2, 0)


def test_who_wants_no_advertising_is_not_asked_again_by_an_older_file(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    brought_in(here, "contact", tmp_path, SHEET)
    brought_in(here, "contact", tmp_path, SHEET.replace(",yes", ",no").replace("Buyer", "User"))
    assert rows_of(here, ContactEmail, ContactEmail.is_opted_out)[0] == (True,)


def test_taking_it_back_gives_known_people_what_they_had(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    ana = here.add("contact", "crm_admin", last_name="Vega", first_name="Ana", email="ana@vega.example")
    brought_in(
        here, "contact", tmp_path, "Last name,E-mail,Email 2,City\nVega,ana@vega.example,a@b.example,Soria\nPaz,,,\n"
    )
    assert here.titles("contact", "crm_admin") == {"Ana Vega", "Paz"}
    take_back(here)
    assert (here.titles("contact", "crm_admin"), here.stored(Contact, ana).city) == ({"Ana Vega"}, None)
    assert rows_of(here, ContactEmail, ContactEmail.address) == [("ana@vega.example",)]


def test_bad_rows_say_why_and_the_others_come_in(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    sheet = "First name,Last name,E-mail,Phone 2\nAna,Vega,not an address,\nEva,Paz,,12\n,,x@y.example,\nLía,Ruiz,,\n"
    report: Mapping[str, Any] = brought_in(here, "contact", tmp_path, sheet)
    assert counts(report) == (1, 0, 0, 3)
    assert [(one["row"], one["column"]) for one in report["reasons"]] == [(2, "E-mail"), (3, "Phone 2"), (4, "")]


@pytest.mark.parametrize(
    ("name", "other", "is_one"),
    [("Ana Vega", "VEGA, ANA", True), ("José Pérez", "Jose Perez", True), ("A. Vega", "Ana Vega", True),
     ("Vega", "Ana Vega", True), ("", "Ana Vega", True), ("Ana López", "Ana López García", True),
     ("Dra. Ana de la Vega", "Ana Vega", True), ("Mª José Paz", "María José Paz", True),
     ("J.M. Paz", "José M. Paz", True), ("Ana Vega", "Luis Vega", False), ("Mario Vega", "Maria Vega", False),
     ("Ana Vega", "Ana Paz", False),
     ("José López García", "José López Pérez", False), ("L. Vega", "Ana Vega", False), ("A. A.", "Ana Vega", False)],
)  # fmt: skip
def test_two_spellings_are_one_person_unless_they_contradict_each_other(name: str, other: str, is_one: bool) -> None:
    assert may_be_one_person(name, other) == is_one
    assert may_be_one_person(other, name) == is_one


def test_a_family_of_one_mail_address_is_several_people(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    ana = here.add("contact", "crm_admin", last_name="Vega", first_name="Ana", email="casa@vega.example")
    told = brought_in(here, "contact", tmp_path, "First name,Last name,E-mail\nLuis,Vega,casa@vega.example\n")
    assert counts(told) == (1, 0, 0, 0)
    assert "mail address of somebody with another name" in str(told["remarks"])
    assert "Look under Duplicates" in str(told["remarks"])
    assert (here.stored(Contact, ana).name, here.stored(Contact, ana).city) == ("Ana Vega", None)
    again = "Full name,E-mail,City\nVEGA Ana,casa@vega.example,Lugo\nL. Vega,casa@vega.example,Cuenca\n"
    assert counts(brought_in(here, "contact", tmp_path, again)) == (0, 2, 0, 0)
    assert here.stored(Contact, ana).city == "Lugo"
    assert here.titles("contact", "crm_admin") == {"Ana Vega", "Luis Vega"}


def test_two_of_one_family_in_one_file_come_in_and_are_known_the_next_time(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    people = ("Luis,Vega,casa@vega.example", "Eva,Paz,casa@vega.example", "L.,Vega,CASA@vega.example")
    sheet = "\n".join(("First name,Last name,E-mail", *people, ""))
    report = brought_in(here, "contact", tmp_path, sheet)
    assert counts(report) == (2, 0, 0, 1)
    assert "Row 2 means the same record" in str(report["reasons"])
    assert counts(brought_in(here, "contact", tmp_path, sheet))[:1] == (0,)
    assert counts(brought_in(here, "contact", tmp_path, "Last name,E-mail\nVega,casa@vega.example\n", "b.csv"))[0] == 0


def test_a_row_that_two_people_of_one_address_fit_is_refused(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    for first in ("Ana", "Luis"):
        here.add("contact", "crm_admin", last_name="Vega", first_name=first, email="casa@vega.example")
    report = brought_in(here, "contact", tmp_path, "Last name,E-mail,City\nVega,casa@vega.example,Soria\n")
    assert counts(report) == (0, 0, 0, 1)
    assert "Several records fit this row" in str(report["reasons"])
