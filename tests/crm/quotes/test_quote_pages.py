"""The pages of quotes: sent, answered and renewed by form, what is offered to whom, a bounded number of statements."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from implementor.configuration.services.access import FieldAccess, set_fields
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.permissions import Role
from tests.crm.builders import START, Company, company
from tests.crm.opportunities.sales import sales
from tests.crm.quotes.offers import accept, now, offered, ordered, sent, told
from tests.machinery.statements import counting

TODAY = datetime.now(UTC)
"""Pages show what holds on the day they are asked for."""


def with_quote(app: Flask) -> tuple[Company, int, int]:
    """A company with an account and a quote for it of today."""
    here = company(app)
    account = here.add("account", "manager", name="Iberia Steel")
    quote = here.add("quote", "manager", TODAY, account=account, currency="EUR", discount="10 %")
    here.add("quote_line", "manager", quote=quote, name="Pump", unit_price="90 EUR", tax="21 %")
    return here, account, quote


def test_a_quote_is_sent_accepted_and_taken_back_by_form_and_its_account_tells_of_it(app: Flask) -> None:
    here, account, quote = with_quote(app)
    browser = here.browser("manager")
    page = browser.get(f"/crm/quotes/{quote}")
    assert "98.01" in page.find("#sums").text_content()
    assert "Tax of 21" in page.find("#sums").text_content()
    page = page.follow("Note: sent").form("Note it").submit(note="By mail")
    assert page.find(".step[aria-current] .step-name").text_content() == "Sent to the customer"
    assert "Add line" not in page.text
    page = page.follow("Accepted: make the order").form("Make the order").submit()
    order = now(here, quote).order_id or 0
    assert f"/crm/orders/{order}" in page.html
    assert "Q-1001" in browser.get(f"/crm/orders/{order}/around").text
    told_there = browser.get(f"/crm/accounts/{account}/history").text
    assert "quote Q-1001: Quote accepted, €98.01" in told_there
    assert "By mail" in told_there
    assert "Q-1001" in browser.get(f"/crm/accounts/{account}/around").text
    page = browser.get(f"/crm/quotes/{quote}").form("Take back: Quote accepted").submit()
    assert page.find(".step[aria-current] .step-name").text_content() == "Sent to the customer"
    assert ordered(here, order).is_archived


def test_a_new_version_is_made_by_a_button_and_the_old_one_says_so(app: Flask) -> None:
    here, _account, quote = with_quote(app)
    told(here, quote, "sent", who="manager", at=TODAY)
    page = here.browser("manager").get(f"/crm/quotes/{quote}").form("New version").submit()
    assert page.heading.startswith("Q-1001 v2")
    assert "Add line" in page.text
    old = here.browser("manager").get(f"/crm/quotes/{quote}")
    assert "Superseded" in old.find(".page-head").text_content()
    assert "Accepted: make the order" not in old.text


def test_an_expired_quote_says_so_in_list_and_page_and_is_found_by_it(app: Flask) -> None:
    here = company(app)
    late = sent(here)
    here.add("quote", at=TODAY, number="Fresh")
    browser = here.browser()
    page = browser.get(f"/crm/quotes/{late}")
    assert "A new version makes it valid again" in page.text
    assert "Accepted: make the order" not in page.text
    assert "Quote expired" in browser.get("/crm/quotes").text
    for state, is_there in (("expired", True), ("sent", False), ("draft", False)):
        assert ("Q-1001" in browser.get(f"/crm/quotes?state={state}").text) is is_there, state
    refused = browser.get(f"/crm/quotes/{late}/facts/accepted").form("Make the order").submit(status=409)
    assert "Make a new version" in refused.text


def test_what_cannot_be_noted_is_answered_with_the_reason_and_nothing_typed_is_lost(app: Flask) -> None:
    here, _account, quote = with_quote(app)
    browser = here.browser("manager")
    form = browser.get(f"/crm/quotes/{quote}/facts/sent").form("Note it")
    refused = form.submit(on="2100-01-01", note="By mail", status=409)
    assert "expired" in refused.text
    tomorrow = (TODAY + timedelta(days=2)).date().isoformat()
    refused = form.submit(on=tomorrow, note="By mail", status=422)
    assert "still to come" in refused.text
    assert "By mail" in refused.html
    told(here, quote, "sent", who="manager", at=TODAY)
    empty = browser.get(f"/crm/quotes/{quote}/facts/refused").form("Note it").submit(status=422)
    assert "Say why" in empty.text
    for fact in ("stolen", "superseded"):
        browser.get(f"/crm/quotes/{quote}/facts/{fact}", status=404)


def test_winning_the_opportunity_is_a_choice_of_the_form(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="1000 EUR", at=TODAY)
    quote = here.add("quote", at=TODAY, opportunity=sale)
    here.add("quote_line", quote=quote, name="Pump", unit_price="90 EUR")
    told(here, quote, "sent", at=TODAY)
    here.browser().get(f"/crm/quotes/{quote}/facts/accepted").form("Make the order").submit(wins="y")
    assert here.stored(Opportunity, sale).status == "won"


def test_quotes_beyond_reach_are_not_found_and_others_are_only_to_be_read(app: Flask) -> None:
    here, _account, quote = with_quote(app)
    here.browser("elsewhere").get(f"/crm/quotes/{quote}", status=404)
    here.browser("elsewhere").get(f"/crm/quotes/{quote}/paper/en", status=404)
    here.browser("stranger").get("/crm/quotes", status=403)
    page = here.browser("mate").get(f"/crm/quotes/{quote}")
    assert "Note: sent" not in page.text
    here.browser("mate").get(f"/crm/quotes/{quote}/facts/sent").form("Note it").submit(status=409)
    assert now(here, quote).state == "draft"


def test_quotes_about_to_expire_are_on_the_day_of_who_sent_them(app: Flask) -> None:
    here = company(app)
    for number, days in (("Soon", 3), ("Over", -2), ("Far", 20), ("Old", -50)):
        begun = TODAY - timedelta(days=60)
        until = (TODAY + timedelta(days=days)).date().isoformat()
        quote = offered(here, "10 EUR", number=number, quoted_on=begun.date().isoformat(), valid_until=until)
        told(here, quote, "sent", at=begun)
    shown = here.browser().get("/crm/my-day").text
    assert [name for name in ("Soon", "Over", "Far", "Old") if name in shown] == ["Soon", "Over"]
    assert "Soon" not in here.browser("elsewhere").get("/crm/my-day").text


def test_amounts_and_state_that_are_hidden_show_nowhere_on_its_pages_nor_on_paper(app: Flask) -> None:
    here, account, quote = with_quote(app)
    told(here, quote, "sent", who="manager", at=TODAY)
    hidden: dict[tuple[Role, str], FieldAccess] = {
        (Role.CRM_MANAGER, name): "hide" for name in ("net", "tax", "total", "state")
    }
    with here.working("crm_admin") as session:
        set_fields(session, "quote", hidden, by=here.by("crm_admin"), at=START)
    browser = here.browser("manager")
    for place in (f"quotes/{quote}", f"accounts/{account}/history", f"accounts/{account}/around", "quotes"):
        assert "98.01" not in browser.get(f"/crm/{place}").text, place
    page = browser.get(f"/crm/quotes/{quote}")
    assert page.all(".way") == page.all(".page-head .badge") == page.all("#sums") == []
    assert "Ask its owner" in browser.get(f"/crm/quotes/{quote}/paper/en", status=409).text


def test_one_line_and_forty_cost_the_same_statements(app: Flask) -> None:
    here, _account, quote = with_quote(app)
    browser = here.browser("manager")
    pages = (f"/crm/quotes/{quote}", "/crm/quotes", f"/crm/quotes/{quote}/paper/en")
    for page in pages:
        browser.get(page)
    with counting() as few:
        for page in pages:
            browser.get(page)
    for number in range(39):
        here.add("quote_line", "manager", quote=quote, name=f"Pump {number}", unit_price="90 EUR")
    for _again in range(3):
        here.add("quote", "manager", currency="EUR")
    with counting() as many:
        for page in pages:
            browser.get(page)
    assert len(few) == len(many)


def test_an_order_of_a_quote_shows_the_discount_of_the_whole(app: Flask) -> None:
    here = company(app)
    quote = sent(here, "100 EUR", discount="25 %")
    page = here.browser().get(f"/crm/orders/{accept(here, quote, at=START)}")
    assert "25 %" in page.text
    assert "90.75" in page.text
