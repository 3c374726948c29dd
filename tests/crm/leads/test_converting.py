"""Converting leads: one set however often, blanks filled only, a no kept, and undone while untouched."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from implementor.crm.accounts.models import Account
from implementor.crm.consents.asking import standings
from implementor.crm.contacts.models import Contact, ContactEmail
from implementor.crm.interactions.models import Interaction
from implementor.crm.interactions.services.interactions import log_interaction
from implementor.crm.leads.converting import NotQualified
from implementor.crm.leads.field_map import unmapped
from implementor.crm.leads.services import ConvertedLead
from implementor.crm.leads.taking_back import TouchedSince
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.errors import InvalidInput
from implementor.foundation.records import RecordRef
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.leads.funnels import DAY, Funnel, funnel

ALL_NEW: dict[str, Any] = {"account": "new", "contact": "new", "opportunity": "new"}
RICH: dict[str, Any] = {
    "email": "eva@duero.example", "phone": "+34 612 345 678", "website": "https://duero.example", "city": "Soria",
    "potential": "1200 EUR", "need": "New ovens", "source": "event", "industry": "manufacturing", "job_title": "Buyer",
}  # fmt: skip


def test_every_value_goes_where_the_map_says(app: Flask) -> None:
    here = funnel(app)
    lead = here.qualified(**RICH)
    made = here.convert(lead, **ALL_NEW)
    account, contact = here.stored(Account, made.account_id or 0), here.stored(Contact, made.contact_id or 0)
    sale = here.stored(Opportunity, made.opportunity_id or 0)
    assert (account.name, account.website, account.city) == ("Duero Foods", "https://duero.example", "Soria")
    assert (account.industry, account.owner_id) == ("manufacturing", here.people["seller"].id)
    assert (contact.name, contact.email, contact.phone) == ("Eva Mora", "eva@duero.example", "+34 612 345 678")
    assert (contact.account_id, contact.job_title, contact.city) == (account.id, "Buyer", "Soria")
    assert (sale.amount, sale.currency, sale.source, sale.description) == (120000, "EUR", "event", "New ovens")
    assert (sale.account_id, sale.contact_id, sale.name) == (account.id, contact.id, "Duero Foods")
    stored = here.of(lead)
    assert (stored.stage, stored.account_id, stored.converted_at) == ("converted", account.id, START + 9 * DAY)


def test_no_field_of_a_lead_is_forgotten() -> None:
    assert unmapped() == []


def test_only_what_sales_qualified_is_converted(app: Flask) -> None:
    here = funnel(app)
    with pytest.raises(NotQualified):
        here.convert(here.lead("mql", "sal"), **ALL_NEW)
    with pytest.raises(InvalidInput):
        here.convert(here.qualified(), opportunity="new")
    with pytest.raises(InvalidInput):
        here.convert(here.qualified(company=None), **ALL_NEW)
    assert (here.count(Account), here.count(Contact), here.count(Opportunity)) == (0, 0, 0)


def test_a_second_conversion_answers_with_the_first(app: Flask) -> None:
    here = funnel(app)
    lead = here.qualified()
    first = here.convert(lead, **ALL_NEW)
    again = here.convert(lead, "mate", **ALL_NEW)
    assert again.id == first.id
    assert (here.count(Account), here.count(Contact), here.count(Opportunity)) == (1, 1, 1)


def test_a_lead_converted_twice_at_once_makes_one_set(app: Flask) -> None:
    here = funnel(app)
    lead = here.qualified()
    ready = Barrier(2)

    def convert(who: str) -> int:
        ready.wait()
        return here.convert(lead, who, **ALL_NEW).id

    with ThreadPoolExecutor(2) as both:
        ids = set(both.map(convert, ("seller", "mate")))
    assert len(ids) == 1
    assert (here.count(Account), here.count(Contact), here.count(Opportunity)) == (1, 1, 1)
    assert here.facts_of(lead).count((1, "sql", "converted")) == 1


def test_in_a_known_record_only_blanks_are_filled(app: Flask) -> None:
    here = funnel(app)
    account = here.add("account", name="Duero Foods SA", city="Burgos")
    contact = here.add("contact", first_name="Eva", last_name="Mora Gil", email="eva@old.example", account=account)
    made = here.convert(here.qualified(**RICH), account=account, contact=contact)
    known, person = here.stored(Account, account), here.stored(Contact, contact)
    assert (known.name, known.city, known.website) == ("Duero Foods SA", "Burgos", "https://duero.example")
    assert (person.name, person.email, person.phone) == ("Eva Mora Gil", "eva@old.example", "+34 612 345 678")
    assert made.opportunity_id is None


def test_what_belongs_to_others_is_pointed_at_and_not_written(app: Flask) -> None:
    here = funnel(app)
    account = here.add("account", "elsewhere", name="Duero Foods")
    made = here.convert(here.qualified(**RICH), account=account, contact="new")
    assert made.account_id == account
    assert here.stored(Account, account).website is None


def test_a_known_contact_of_another_account_belongs_to_this_one_too(app: Flask) -> None:
    here = funnel(app)
    account = here.add("account", name="Old Mill")
    contact = here.add("contact", last_name="Mora", account=account)
    made = here.convert(here.qualified(), account="new", contact=contact)
    assert here.stored(Contact, contact).account_id == account
    assert "Duero Foods" in here.browser().get(f"/crm/contacts/{contact}").text
    assert made.account_id != account


def said(here: Funnel, contact: int, channel: str) -> str | None:
    with reading(here.app) as session:
        return standings(session, [contact], "marketing", channel, on=(START + 20 * DAY).date())[contact].status


def closed(here: Funnel, contact: int) -> list[bool]:
    with reading(here.app) as session:
        return [row.is_opted_out for row in session.query(ContactEmail).filter_by(contact_id=contact)]


def test_a_no_of_the_lead_holds_for_the_contact(app: Flask) -> None:
    here = funnel(app)
    contact = here.add("contact", last_name="Mora", email="eva@duero.example")
    here.convert(here.qualified(**RICH, opted_out=True), contact=contact)
    assert closed(here, contact) == [True]
    assert (said(here, contact, "email"), said(here, contact, "phone")) == ("objected", None)


def test_a_no_of_the_contact_is_never_weakened(app: Flask) -> None:
    here = funnel(app)
    contact = here.add("contact", last_name="Mora")
    here.add("contact_email", contact=contact, address="eva@duero.example", opted_out=True)
    here.convert(here.qualified(**RICH), contact=contact)
    assert closed(here, contact) == [True]
    newer = here.convert(here.qualified(**RICH), contact="new").contact_id or 0
    assert closed(here, newer) == [True], "who withdrew is not asked again under a new record"


def test_taking_back_puts_everything_as_it_was(app: Flask) -> None:
    here = funnel(app)
    account = here.add("account", name="Duero Foods")
    lead = here.qualified(**RICH)
    here.convert(lead, account=account, contact="new", opportunity="new")
    here.take_back(lead)
    assert (here.count(Contact), here.count(Opportunity), here.count(Account)) == (0, 0, 1)
    assert here.stored(Account, account).website is None
    stored = here.of(lead)
    assert (stored.stage, stored.account_id, stored.contact_id, stored.converted_at) == ("sql", None, None, None)
    assert here.convert(lead, at=START + 12 * DAY, **ALL_NEW).undone_at is None


def test_taking_back_leaves_a_no_where_it_was_said(app: Flask) -> None:
    here = funnel(app)
    contact = here.add("contact", last_name="Mora", email="eva@duero.example")
    lead = here.qualified(**RICH, opted_out=True)
    here.convert(lead, contact=contact)
    here.take_back(lead)
    assert closed(here, contact) == [True]


@pytest.mark.parametrize("touch", ["change", "point", "fill"])
def test_what_was_worked_with_is_not_taken_back(app: Flask, touch: str) -> None:
    here = funnel(app)
    account = here.add("account", name="Duero Foods")
    lead = here.qualified(**RICH)
    made = here.convert(lead, account=account, contact="new", opportunity="new")
    later = START + 9 * DAY + DAY / 2
    if touch == "change":
        here.change("contact", made.contact_id or 0, at=later, job_title="Head of buying")
    elif touch == "point":
        here.add("interaction", at=later, channel="phone", direction="out", subject="Call", contact=made.contact_id)
    else:
        here.change("account", account, at=later, website="https://other.example")
    with pytest.raises(TouchedSince):
        here.take_back(lead)
    assert (here.of(lead).stage, here.count(Opportunity)) == ("converted", 1)


def test_calls_with_a_lead_stand_with_what_it_became_and_go_back_with_it(app: Flask) -> None:
    here = funnel(app)
    lead = here.qualified()
    with here.working() as session:
        call = {"channel": "phone", "direction": "out", "subject": "First call"}
        log_interaction(session, call, by=here.by(), at=START, about=RecordRef("lead", lead))
    made = here.convert(lead, **ALL_NEW)
    call = here.stored(Interaction, 1)
    assert (call.account_id, call.contact_id) == (made.account_id, made.contact_id)
    here.take_back(lead)
    assert here.stored(Interaction, 1).account_id is None


def test_a_converted_lead_is_only_to_be_read(app: Flask) -> None:
    here = funnel(app)
    lead = here.qualified()
    here.convert(lead, **ALL_NEW)
    with pytest.raises(ConvertedLead):
        here.change("lead", lead, city="Soria")
    with pytest.raises(ConvertedLead):
        here.step(lead, "lost")
    page = here.browser().get(f"/crm/leads/{lead}")
    assert "What it became" in page.text
    assert f"/records/lead/{lead}/edit" not in page.html


def test_two_leads_of_one_name_become_two_people(app: Flask) -> None:
    here = funnel(app)
    first = here.convert(here.qualified(), **ALL_NEW)
    second = here.convert(here.qualified(), account=first.account_id, contact="new")
    assert (first.contact_id == second.contact_id, here.count(Contact), here.count(Account)) == (False, 2, 1)
