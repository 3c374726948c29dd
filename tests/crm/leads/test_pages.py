"""The pages of leads: steps by menu and form, my day, who is known already, and a conversion from choice to undo."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from implementor.calendars.opening_hours import OpeningHours
from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from implementor.crm.leads.handovers import waited
from implementor.crm.leads.models import Lead
from implementor.crm.opportunities.models import Opportunity
from tests.crm.leads.funnels import Funnel, funnel
from tests.machinery.statements import counting


def convert_page(here: Funnel, lead: int, **chosen: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    return f"/crm/leads/{lead}/convert" + (f"?{query}" if query else "")


def test_a_lead_goes_from_its_page_to_a_customer_and_back(app: Flask) -> None:
    here = funnel(app)
    lead = here.qualified(email="eva@duero.example", potential="900 EUR")
    browser = here.browser()
    page = browser.get(f"/crm/leads/{lead}")
    assert "Convert" in page.text
    preview = browser.get(convert_page(here, lead, account="new", contact="new", opportunity="new"))
    assert "Is written" in preview.text
    preview.form(f"/crm/leads/{lead}/convert").submit()
    sale = here.stored(Opportunity, here.of(lead).opportunity_id or 0)
    assert (sale.name, sale.amount, sale.currency) == ("Duero Foods", 90000, "EUR")
    shown = browser.get(f"/crm/leads/{lead}")
    assert "What it became" in shown.text
    assert "Duero Foods" in shown.all("#became")[0].text_content()
    shown.form(f"/crm/leads/{lead}/take-back").submit()
    assert here.of(lead).stage == "sql"
    assert here.count(Account) == 0


def test_namesakes_are_offered_and_nobody_is_chosen(app: Flask) -> None:
    here = funnel(app)
    account = here.add("account", name="duero foods", city="Soria")
    here.add("contact", first_name="Eva", last_name="Mora", account=account)
    lead = here.qualified()
    page = here.browser().get(convert_page(here, lead))
    chosen = [one.get("value") for one in page.all("#account option[selected], #contact option[selected]")]
    assert set(chosen) <= {""}
    assert "duero foods, Soria: Same name" in page.text
    refused = here.browser().get(convert_page(here, lead, account="", contact="new", opportunity="none"))
    assert "choose who it is" in refused.text
    assert "2. Convert" not in refused.text


def test_what_cannot_be_converted_is_said_on_the_page(app: Flask) -> None:
    here = funnel(app)
    lead = here.qualified(company=None)
    page = here.browser().get(convert_page(here, lead, account="new", contact="new", opportunity="none"))
    answer = page.form(f"/crm/leads/{lead}/convert").submit(status=422)
    assert "names no company" in answer.text
    assert here.count(Contact) == 0
    early = here.browser().get(convert_page(here, here.lead("mql")))
    assert "Only what sales qualified" in early.text


def test_a_step_that_needs_a_reason_asks_for_it(app: Flask) -> None:
    here = funnel(app)
    lead = here.lead("mql")
    page = here.browser().get(f"/crm/leads/{lead}/step?stage=recycled")
    form = page.form(f"/crm/leads/{lead}/step")
    assert "Say why" in form.submit(status=422).text
    form = here.browser().get(f"/crm/leads/{lead}/step?stage=recycled").form(f"/crm/leads/{lead}/step")
    form.submit(reason="timing", note="Next spring")
    shown = here.browser().get(f"/crm/leads/{lead}")
    assert "Not the time for it: Next spring" in shown.text


def test_leads_to_accept_wait_in_my_day(app: Flask) -> None:
    here = funnel(app)
    lead = here.lead("mql")
    nobody = here.lead("mql", last_name="Nobody's", owner="")
    here.lead("mql", who="elsewhere", last_name="Far away")
    page = here.browser().get("/crm/my-day")
    assert "Eva Mora" in page.text
    assert "Nobody's" in page.text
    assert "Far away" not in page.text
    page.form(f"/crm/leads/{nobody}/accept").submit()
    assert (here.of(nobody).stage, here.of(nobody).owner_id) == ("sal", here.people["seller"].id)
    assert here.of(lead).stage == "mql"


def test_a_lead_comes_out_of_a_case(app: Flask) -> None:
    here = funnel(app)
    account = here.add("account", name="Duero Foods")
    contact = here.add("contact", first_name="Eva", last_name="Mora", email="eva@duero.example", account=account)
    case = here.add("case", subject="Oven is cold", account=account, contact=contact)
    assert f"/crm/leads/about/case/{case}" in here.browser().get(f"/crm/cases/{case}").html
    page = here.browser().get(f"/crm/leads/about/case/{case}")
    page.form(f"/crm/leads/about/case/{case}").submit(need="A second oven")
    stored: Lead = here.of(1)
    assert (stored.name, stored.company, stored.email) == ("Eva Mora", "Duero Foods", "eva@duero.example")
    assert (stored.account_id, stored.about_kind, stored.about_id) == (account, "case", case)
    assert "Oven is cold" in here.browser().get("/crm/leads/1").text
    assert "began the lead Eva Mora" in here.browser().get(f"/crm/accounts/{account}/history").text


def test_the_page_costs_the_same_for_a_short_and_a_long_way(app: Flask) -> None:
    here = funnel(app)
    short, long = here.lead("mql"), here.lead("mql", "sal", "recycled", "new", "mql", "lost", "new", "mql")
    browser = here.browser()
    browser.get(f"/crm/leads/{short}")
    with counting() as few:
        browser.get(f"/crm/leads/{short}")
    with counting() as many:
        browser.get(f"/crm/leads/{long}")
    assert len(few) == len(many), many.beyond(few)


@pytest.mark.sqlite_only("computed without a database")
def test_hand_overs_are_counted_in_business_time() -> None:
    week = (*(((540, 1020),),) * 5, (), ())
    hours = OpeningHours("UTC", week)
    friday, monday = datetime(2026, 1, 9, 16, 0, tzinfo=UTC), datetime(2026, 1, 12, 10, 0, tzinfo=UTC)
    assert waited([(friday, monday)], hours).middle == timedelta(hours=2)
    assert waited([(friday, monday)], None).longest == timedelta(hours=66)
    assert waited([(monday, friday)], hours).mean == timedelta(0)
    assert waited([], hours).count == 0
