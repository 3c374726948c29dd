"""A quote that is accepted becomes one order with the same lines and amounts, and goes back while that is untouched."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.interactions.services.interactions import log_interaction
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.opportunities.moves import StageNeeds
from implementor.crm.orders.following import Happening, note_fact, take_fact_back
from implementor.crm.orders.models import Order, OrderLine
from implementor.crm.quotes import following
from implementor.crm.quotes.accepting import NotAccepted, OrderTouched
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.foundation.errors import InvalidInput
from implementor.foundation.records import RecordRef
from implementor.history.services import CannotUndo
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company
from tests.crm.opportunities.sales import sales
from tests.crm.quotes.offers import (
    LATER,
    accept,
    lines,
    now,
    offered,
    ordered,
    renew,
    sent,
    take_back,
    told,
)


def orders(here: Company) -> int:
    """How many orders there are in use."""
    with reading(here.app) as session:
        return session.scalar(select(func.count()).select_from(Order).where(Order.archived_at.is_(None))) or 0


def test_the_order_has_the_lines_the_discount_and_the_amounts_of_the_quote(app: Flask) -> None:
    here = company(app)
    account = here.add("account", name="Iberia Steel")
    quote = offered(here, "10.01 EUR", "33.33 EUR", discount="3.33 %", account=account, reference="RFQ 7")
    here.add("quote_line", quote=quote, name="Odd", quantity="0.3333", unit_price="7 EUR", discount="1.5 %", tax="4 %")
    told(here, quote, "sent")
    order = ordered(here, accept(here, quote))
    stored = now(here, quote)
    assert lines(here, OrderLine, order.id) == lines(here, QuoteLine, quote)
    assert (order.net_amount, order.tax_amount, order.total_amount) == (
        stored.net_amount, stored.tax_amount, stored.total_amount,
    )  # fmt: skip
    assert (order.account_id, order.reference, order.currency, order.owner_id) == (
        account, "RFQ 7", "EUR", stored.owner_id,
    )  # fmt: skip
    assert (order.discount_ratio, order.state, order.ordered_on) == (stored.discount_ratio, "draft", LATER.date())
    assert (stored.state, stored.order_id, stored.accepted_at) == ("accepted", order.id, LATER)


def test_a_line_of_the_order_that_is_saved_again_keeps_the_total(app: Flask) -> None:
    here = company(app)
    quote = sent(here, "10.01 EUR", "33.33 EUR", discount="12.5 %")
    order = accept(here, quote)
    with reading(app) as session:
        line = session.scalars(select(OrderLine.id).where(OrderLine.order_id == order).limit(1)).one()
    here.change("order_line", line, name="Renamed", quantity="1")
    assert ordered(here, order).total_amount == now(here, quote).total_amount


def test_accepted_twice_it_answers_with_the_first_order(app: Flask) -> None:
    here = company(app)
    quote = sent(here)
    assert accept(here, quote) == accept(here, quote, who="manager")
    assert orders(here) == 1


def test_accepted_twice_at_once_it_makes_one_order(app: Flask) -> None:
    here = company(app)
    quote = sent(here)
    ready = Barrier(2)

    def say_yes(who: str) -> int:
        ready.wait()
        return accept(here, quote, who=who)

    with ThreadPoolExecutor(2) as both:
        made = set(both.map(say_yes, ("seller", "manager")))
    assert (len(made), orders(here)) == (1, 1)


def test_only_what_the_customer_has_and_what_still_holds_is_accepted(app: Flask) -> None:
    here = company(app)
    with pytest.raises(following.NotSent, match="Send it first"):
        accept(here, offered(here, "10 EUR"))
    quote = sent(here)
    last = now(here, quote).valid_until
    with pytest.raises(following.ExpiredQuote, match="new version"):
        accept(here, quote, at=START + timedelta(days=31))
    old = sent(here)
    newest = renew(here, old)
    with pytest.raises(following.SupersededQuote, match=now(here, newest).number):
        accept(here, old)
    assert orders(here) == 0
    accept(here, quote, at=START + (last - START.date()))
    assert orders(here) == 1, "the last day counts"


def test_the_opportunity_is_won_along_with_it_where_that_is_chosen_and_goes_back_with_it(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="1000 EUR")
    before = here.stored(Opportunity, sale)
    quote = sent(here, opportunity=sale)
    accept(here, quote, wins=True)
    won = here.stored(Opportunity, sale)
    assert (won.status, won.base_amount) == ("won", 100000)
    take_back(here, quote)
    again = here.stored(Opportunity, sale)
    assert (again.stage_id, again.status, again.close_on) == (before.stage_id, "open", before.close_on)
    assert (again.base_amount, again.closed_at) == (None, None)
    accept(here, quote)
    assert here.stored(Opportunity, sale).status == "open", "nobody chose that"


def test_an_opportunity_that_went_on_since_stays_where_it_is(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="1000 EUR")
    quote = sent(here, opportunity=sale)
    accept(here, quote, wins=True)
    here.change("opportunity", sale, at=LATER, next_step="Thank them")
    take_back(here, quote)
    assert here.stored(Opportunity, sale).status == "won"


def test_what_keeps_the_opportunity_from_being_won_keeps_the_order_from_being_made(app: Flask) -> None:
    here = company(app)
    with pytest.raises(InvalidInput) as refused:
        accept(here, sent(here), wins=True)
    assert list(refused.value.errors) == ["wins"]
    assert (orders(here), issubclass(StageNeeds, InvalidInput)) == (0, True)


def test_the_acceptance_goes_back_with_its_order_and_can_be_given_again(app: Flask) -> None:
    here = company(app)
    quote = sent(here)
    first = accept(here, quote)
    take_back(here, quote)
    stored = now(here, quote)
    assert (stored.state, stored.order_id, stored.accepted_at, orders(here)) == ("sent", None, None, 0)
    with pytest.raises(NotAccepted):
        take_back(here, quote)
    assert accept(here, quote) != first
    assert orders(here) == 1


@pytest.mark.parametrize("touch", ["change", "line", "fact", "fact taken back", "talk"])
def test_an_order_that_was_worked_with_stays(app: Flask, touch: str) -> None:
    here = company(app)
    quote = sent(here)
    order = accept(here, quote)
    later = LATER + timedelta(hours=1)
    if touch == "change":
        here.change("order", order, at=later, reference="PO 9")
    elif touch == "line":
        with reading(app) as session:
            line = session.scalars(select(OrderLine.id).where(OrderLine.order_id == order)).one()
        here.change("order_line", line, at=later, name="Other")
    elif touch == "talk":
        with here.working("seller", later) as session:
            call = {"channel": "phone", "direction": "out", "subject": "First call"}
            log_interaction(session, call, by=here.by(), at=later, about=RecordRef("order", order))
    else:
        note(here, order, later, is_taken_back=touch != "fact")
    with pytest.raises(OrderTouched, match="Cancel the order"):
        take_back(here, quote, at=later)
    assert (now(here, quote).state, orders(here)) == ("accepted", 1)


def note(here: Company, order: int, at: object, *, is_taken_back: bool) -> None:
    """Place an order, and perhaps take that back."""
    assert isinstance(at, type(LATER))
    with here.working("seller", at) as session:
        stored = session.get_one(Order, order)
        note_fact(session, stored, Happening("placed", at), by=here.by(), at=at)
        if is_taken_back:
            take_fact_back(session, stored, "placed", by=here.by(), at=at)


def test_neither_the_acceptance_nor_a_settled_quote_is_undone_or_renewed_elsewhere(app: Flask) -> None:
    here = company(app)
    quote = sent(here)
    accept(here, quote)
    with pytest.raises(CannotUndo, match="page of the quote"):
        here.undo()
    with pytest.raises(following.StillNeeded, match="became an order"), here.working() as session:
        following.take_fact_back(session, session.get_one(Quote, quote), "accepted", by=here.by(), at=LATER)
    with pytest.raises(following.SettledQuote):
        renew(here, quote)
