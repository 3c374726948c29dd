"""Quotes: numbered, priced line by line and as a whole, sent, answered, and what nobody changes afterwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.crm.orders.models import OrderLine
from implementor.crm.orders.pricing import Amounts, amounts_of, sum_of, totals_of
from implementor.crm.quotes import following
from implementor.crm.quotes.facts import FACTS, STATES, possible_next, standing_on, state_of
from implementor.crm.quotes.lines import SentQuote
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import START, company
from tests.crm.opportunities.sales import sales
from tests.crm.quotes.offers import LATER, accept, lines, now, offered, renew, sent, take_back, told

shares = st.decimals(0, 1, places=4)
made_lines = st.lists(
    st.tuples(st.decimals(Decimal("0.0001"), Decimal("9999"), places=4), st.integers(0, 10**9), shares, shares)
)


def rows_of(found: list[tuple[Decimal, int, Decimal, Decimal]]) -> list[OrderLine]:
    """Lines as they are stored."""
    rows = []
    for quantity, price, discount, tax in found:
        one = amounts_of(quantity=quantity, unit_price=price, discount=discount, tax=tax)
        rows.append(OrderLine(net_amount=one.net, tax_amount=one.tax, total_amount=one.total, tax_ratio=tax))
    return rows


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_lines, shares)
def test_what_the_paper_shows_adds_up_to_its_total_to_the_minor_unit(
    found: list[tuple[Decimal, int, Decimal, Decimal]], discount: Decimal
) -> None:
    rows = rows_of(found)
    totals = totals_of(rows, discount)
    assert totals.subtotal == sum(row.net_amount for row in rows)
    assert totals.subtotal - totals.discount == totals.amounts.net
    assert sum(totals.by_rate.values(), Amounts()) == totals.amounts
    assert totals.amounts.net + sum(one.tax for one in totals.by_rate.values()) == totals.amounts.total
    assert 0 <= totals.discount <= totals.subtotal
    assert abs(totals.discount - totals.subtotal * discount) <= Decimal("0.5") * len(rows), "half a unit per line"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_lines)
def test_without_a_discount_of_the_whole_the_sum_is_that_of_the_lines(
    found: list[tuple[Decimal, int, Decimal, Decimal]],
) -> None:
    rows = rows_of(found)
    for discount in (None, Decimal(0)):
        assert totals_of(rows, discount).amounts == sum_of(rows)
    assert totals_of(rows, Decimal(1)).amounts == Amounts()


@settings(deadline=None)
@given(st.sets(st.sampled_from(FACTS)), st.dates(), st.dates())
def test_a_quote_is_expired_only_while_it_waits_for_an_answer(known: set[str], until: date, day: date) -> None:
    standing = standing_on(state_of(known), until, day)
    assert standing in (*STATES, "expired")
    assert (standing == "expired") == (known == {"sent"} and day > until)
    assert ("accepted" in possible_next(standing)) == (known == {"sent"} and day <= until)


def test_a_quote_has_a_number_of_its_own_a_last_day_and_what_its_opportunity_says(app: Flask) -> None:
    here = sales(app)
    account = here.add("account", name="Iberia Steel")
    sale = here.sale(account=account, amount="10 USD")
    here.add("opportunity_line", opportunity=sale, name="Pump", quantity="2", unit_price="90 USD", discount="10 %")
    first, second = here.add("quote", opportunity=sale), here.add("quote")
    quote = now(here, first)
    assert (quote.number, quote.revision, quote.account_id, quote.currency) == ("Q-1001", 1, account, "USD")
    assert (quote.quoted_on, quote.valid_until) == (START.date(), START.date() + timedelta(days=30))
    assert [line[:6] for line in lines(here, QuoteLine, first)] == [("Pump", None, 2, 9000, "USD", Decimal("0.1"))]
    assert (quote.net_amount, quote.total_amount) == (16200, 16200)
    assert (now(here, second).number, now(here, second).currency) == ("Q-1002", "EUR")
    with pytest.raises(InvalidInput) as refused:
        here.add("quote", number="q-1001")
    assert list(refused.value.errors) == ["number"]


def test_lines_of_another_currency_than_the_quote_stay_with_the_opportunity(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="10 USD")
    here.add("opportunity_line", opportunity=sale, name="Pump", unit_price="90 USD")
    quote = here.add("quote", opportunity=sale, currency="EUR")
    assert (now(here, quote).currency, lines(here, QuoteLine, quote)) == ("EUR", [])


def test_its_amounts_follow_its_lines_and_the_discount_of_the_whole(app: Flask) -> None:
    here = company(app)
    quote = offered(here, "10.01 EUR", "5 EUR")
    assert (now(here, quote).net_amount, now(here, quote).tax_amount, now(here, quote).total_amount) == (
        1501, 315, 1816,
    )  # fmt: skip
    here.change("quote", quote, discount="10 %")
    assert (now(here, quote).net_amount, now(here, quote).tax_amount) == (901 + 450, 189 + 94)
    here.undo()
    assert now(here, quote).total_amount == 1816
    with pytest.raises(InvalidInput) as refused:
        here.change("quote", quote, currency="USD")
    assert list(refused.value.errors) == ["currency"]
    with pytest.raises(InvalidInput) as refused:
        here.change("quote", quote, valid_until="2020-01-01")
    assert list(refused.value.errors) == ["valid_until"]


def test_only_what_offers_something_and_still_holds_is_sent(app: Flask) -> None:
    here = company(app)
    with pytest.raises(following.NothingOffered):
        told(here, offered(here), "sent")
    with pytest.raises(following.ExpiredQuote, match="later last day"):
        told(here, offered(here, "10 EUR", valid_until=START.date()), "sent", at=LATER)
    quote = sent(here)
    with pytest.raises(following.AlreadySent):
        told(here, quote, "sent")
    assert (now(here, quote).state, now(here, quote).sent_at) == ("sent", START)


def test_what_the_customer_has_is_not_written_any_more(app: Flask) -> None:
    here = company(app)
    quote = sent(here)
    with pytest.raises(SentQuote, match="new version"):
        here.change("quote", quote, reference="PO 1")
    with pytest.raises(SentQuote, match="new version"):
        here.add("quote_line", quote=quote, name="More", unit_price="1 EUR")
    browser = here.browser()
    page = browser.get(f"/crm/quotes/{quote}")
    assert "Add line" not in page.text
    assert f"/records/quote/{quote}/edit" not in page.html
    for address in (f"/records/quote/{quote}/archive", "/records/quote_line/1/archive"):
        browser.post(address, status=409)
    assert "Make a new version" in browser.get(f"/records/quote/{quote}/edit", status=409).text
    assert now(here, quote).total_amount == 1210


def test_a_refusal_says_why_and_is_taken_back(app: Flask) -> None:
    here = company(app)
    quote = sent(here)
    with pytest.raises(InvalidInput) as refused:
        told(here, quote, "refused", "  ")
    assert list(refused.value.errors) == ["note"]
    told(here, quote, "refused", "Too dear", at=LATER)
    with pytest.raises(following.SettledQuote, match="Take that back"):
        accept(here, quote)
    with pytest.raises(following.StillNeeded):
        take_back(here, quote, "sent")
    take_back(here, quote, "refused")
    assert (now(here, quote).state, now(here, quote).refused_at) == ("sent", None)
    take_back(here, quote, "sent")
    assert now(here, quote).state == "draft"
    here.change("quote", quote, reference="PO 1")


def test_undoing_what_was_noted_obeys_what_came_after(app: Flask) -> None:
    here = company(app)
    quote = offered(here, "10 EUR")
    told(here, quote, "sent")
    here.undo()
    assert now(here, quote).state == "draft"
    told(here, quote, "sent")
    renewed = renew(here, quote)
    assert (now(here, quote).state, now(here, renewed).state) == ("superseded", "draft")
    with pytest.raises(following.StillNeeded, match="v2"):
        take_back(here, quote, "superseded")


def test_nothing_happens_before_the_quote_nor_tomorrow(app: Flask) -> None:
    here = company(app)
    quote = offered(here, "10 EUR")
    for moment in (START - timedelta(days=1), START + timedelta(days=1)):
        happening = following.Happening(moment)
        with pytest.raises(InvalidInput) as refused, here.working() as session:
            following.send_quote(session, session.get_one(Quote, quote), happening, by=here.by(), at=START)
        assert list(refused.value.errors) == ["on"]
