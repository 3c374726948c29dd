"""Consents: taken down for good, never weakened without asking, and asked for in one place."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.consents.asking import may_contact, standings
from implementor.crm.consents.models import Consent, WrittenForGood
from implementor.crm.consents.services import (
    NewConsent,
    OptOutStands,
    bring_consents,
    record_consent,
    write_wording,
)
from implementor.foundation.errors import InvalidInput
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company
from tests.duplicates.builders import merge_of
from tests.machinery.statements import counting

TODAY = date(2026, 4, 1)


def contact_at(here: Company, email: str = "ana@example.com", **values: Any) -> int:
    """A contact with a mail address; returns its id."""
    return here.add("contact", **{"first_name": "Ana", "last_name": "Soto", "email": email, **values})


def says(here: Company, contact: int, status: str, day: int = 0, **values: Any) -> None:
    """Something a contact says on a day after the beginning."""
    at = START + timedelta(days=day)
    common = {"purpose": "marketing", "channel": "email", "capture": "form", "captured_at": at}
    with here.working(at=at) as session:
        said = NewConsent(contact_id=contact, status=status, **{**common, **values})
        record_consent(session, said, by=here.by(), at=at)


def may(here: Company, *contacts: int, channel: str = "email") -> set[int]:
    """Those who may get advertising."""
    with reading(here.app) as session:
        return may_contact(session, contacts, "marketing", channel, on=TODAY)


def test_only_who_agreed_may_be_contacted(app: Flask) -> None:
    here = company(app)
    agreed, silent = contact_at(here), contact_at(here, "bea@example.com")
    says(here, agreed, "given")
    assert may(here, agreed, silent) == {agreed}
    assert may(here, agreed, channel="phone") == set()
    says(here, agreed, "withdrawn", 1)
    assert may(here, agreed, silent) == set()


def test_an_import_never_turns_a_no_into_a_yes(app: Flask) -> None:
    here = company(app)
    contact = contact_at(here)
    says(here, contact, "withdrawn")
    for capture in ("import", "conversion", "third_party"):
        with pytest.raises(OptOutStands):
            says(here, contact, "given", 2, capture=capture, proof="a file")
    assert may(here, contact) == set()


def test_an_import_brings_history_and_every_no(app: Flask) -> None:
    here = company(app)
    contact = contact_at(here)
    says(here, contact, "withdrawn", 10)
    brought = [
        NewConsent(contact, "marketing", status, START + timedelta(days=day), "import", "email")
        for status, day in (("given", 11), ("given", 1), ("objected", 12))
    ]
    with here.working(at=START + timedelta(days=20)) as session:
        taken, refused = bring_consents(session, brought, by=here.by(), at=START + timedelta(days=20))
    assert [one.status for one in taken] == ["given", "objected"]
    assert [one.captured_at for one, _reason in refused] == [START + timedelta(days=11)]
    assert may(here, contact) == set()


def test_a_person_who_comes_in_again_with_the_same_address_is_still_left_in_peace(app: Flask) -> None:
    here = company(app)
    says(here, contact_at(here), "withdrawn")
    again = contact_at(here)
    says(here, again, "given", 1, capture="import")
    assert may(here, again) == set()
    with reading(app) as session:
        assert standings(session, [again], "marketing", "email", on=TODAY)[again].status == "withdrawn"


def test_who_said_no_agrees_again_only_with_a_proof(app: Flask) -> None:
    here = company(app)
    contact = contact_at(here)
    says(here, contact, "objected")
    with pytest.raises(InvalidInput) as refused:
        says(here, contact, "given", 1)
    assert list(refused.value.errors) == ["proof"]
    says(here, contact, "given", 1, proof="Form of 3 March, page 2")
    assert may(here, contact) == {contact}


def test_an_address_that_opted_out_closes_the_channel(app: Flask) -> None:
    here = company(app)
    contact = contact_at(here)
    says(here, contact, "given", channel=None)
    assert may(here, contact, channel="phone") == set()
    assert may(here, contact, channel="post") == {contact}


def test_what_was_said_is_never_changed(app: Flask) -> None:
    here = company(app)
    contact = contact_at(here)
    says(here, contact, "withdrawn")
    with pytest.raises(WrittenForGood), here.working() as session:
        session.scalars(select(Consent)).one().status = "given"


def test_a_consent_that_cannot_be_is_refused_field_by_field(app: Flask) -> None:
    here = company(app)
    contact = contact_at(here)
    with pytest.raises(InvalidInput) as refused:
        says(here, contact, "maybe", purpose="spam", channel="pigeon", expires_on=date(2020, 1, 1))
    assert set(refused.value.errors) == {"status", "purpose", "channel", "expires_on"}
    with pytest.raises(InvalidInput) as refused:
        says(here, contact, "given", captured_at=START + timedelta(days=1))
    assert set(refused.value.errors) == {"captured_at"}


def test_one_contact_and_twelve_cost_the_same_statements(app: Flask) -> None:
    here = company(app)
    contacts = [contact_at(here, f"c{number}@example.com") for number in range(12)]
    for contact in contacts:
        says(here, contact, "given")
    counts = []
    for asked in (contacts[:1], contacts):
        with counting() as seen:
            assert may(here, *asked) == set(asked)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_people_take_consents_down_and_see_them(app: Flask) -> None:
    here = company(app)
    contact = contact_at(here)
    with here.working("manager") as session:
        write_wording(session, purpose="marketing", language="en", text="May we?", by=here.by("manager"), at=START)
    browser = here.browser()
    form = browser.get(f"/crm/consents/of/{contact}").form("Take down")
    said = {"purpose": "marketing", "status": "given", "capture": "form", "wording": "1", "channel": "email"}
    page = form.submit(said)
    assert "May we?" in page.text
    assert "Agreed" in browser.get(f"/crm/contacts/{contact}").text
    assert "Consent to Advertising (E-mail): Agreed" in browser.get(f"/crm/contacts/{contact}/history").text
    assert "Agreed" in browser.get(f"/crm/consents/of/{contact}").text
    other = here.browser("elsewhere")
    assert "Take down" not in other.get(f"/crm/consents/of/{contact}").text
    other.post(f"/crm/consents/of/{contact}", {}, status=403)


def test_managers_write_the_next_version_of_the_words(app: Flask) -> None:
    here = company(app)
    browser = here.browser("manager")
    for text in ("May we?", "May we write to you?"):
        page = (
            browser.get("/crm/consents/wordings").form("Write").submit(text=text, purpose="newsletter", language="en")
        )
    assert "Newsletter · en · 2" in page.text
    assert "May we?" in page.text
    seller = here.browser()
    seller.get("/crm/consents/wordings")
    seller.post("/crm/consents/wordings", {"text": "No"}, status=403)


def test_of_two_contacts_that_become_one_the_no_of_either_stands(app: Flask) -> None:
    here = company(app)
    one, other = contact_at(here), contact_at(here, "ana.soto@example.com")
    says(here, other, "withdrawn")
    says(here, one, "given", 1)
    assert may(here, one, other) == {one}
    merge_of(here, one, other, kind="contact")
    assert may(here, one) == set()
