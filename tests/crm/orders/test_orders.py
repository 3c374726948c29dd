"""Orders: numbered, priced line by line, and followed from fact to fact in an order that holds."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from implementor.crm.orders import following, lines
from implementor.crm.orders.facts import FACTS, missing_before, needing, possible_next, state_of
from implementor.crm.orders.following import Happening, note_fact, take_fact_back
from implementor.crm.orders.models import Order, OrderFact, OrderLine
from implementor.crm.orders.pricing import Amounts, amounts_of, sum_of
from implementor.foundation.errors import InvalidInput
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company
from tests.crm.opportunities.sales import sales

LATER = START + timedelta(days=30)


def ordered(here: Company, *prices: str, **values: Any) -> int:
    """An order with a line for each price."""
    order = here.add("order", currency="EUR", **values)
    for price in prices:
        here.add("order_line", order=order, name=f"Thing at {price}", unit_price=price, tax="21 %")
    return order


def noted(here: Company, order: int, *kinds: str, who: str = "manager", at: datetime = LATER) -> None:
    for kind in kinds:
        with here.working(who, at) as session:
            note_fact(session, session.get_one(Order, order), Happening(kind, at), by=here.by(who), at=at)


def now(here: Company, order: int) -> Order:
    found: Order = here.stored(Order, order)
    return found


shares = st.decimals(0, 1, places=4)
made_lines = st.lists(
    st.tuples(st.decimals(Decimal("-9999"), Decimal("9999"), places=4), st.integers(0, 10**9), shares, shares)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_lines)
def test_what_lines_show_adds_up_to_what_the_order_shows_to_the_minor_unit(
    found: list[tuple[Decimal, int, Decimal, Decimal]],
) -> None:
    amounts = [amounts_of(quantity=q, unit_price=p, discount=d, tax=t) for q, p, d, t in found]
    rows = [OrderLine(net_amount=one.net, tax_amount=one.tax, total_amount=one.total) for one in amounts]
    total = sum_of(rows)
    assert total.net + total.tax == total.total == sum(row.total_amount for row in rows)
    mirrored = [amounts_of(quantity=-q, unit_price=p, discount=d, tax=t) for q, p, d, t in found]
    assert mirrored == [Amounts(-one.net, -one.tax) for one in amounts], "a credit note gives back what was charged"


@given(st.sets(st.sampled_from(FACTS)))
def test_what_can_be_noted_has_its_ground_and_what_stands_on_a_fact_names_it(known: set[str]) -> None:
    for kind in possible_next(known):
        assert kind not in known
        assert not missing_before(kind, known)
        assert "cancelled" not in known
    for kind in known:
        assert all(kind in missing_before(later, ()) for later in needing(kind, known))


def test_the_state_is_the_latest_fact_and_a_cancellation_is_the_end() -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    assert state_of({}) == "draft"
    assert state_of({"placed": day, "approved": day}) == "approved"
    assert state_of({"placed": day, "paid": day, "dispatched": day + timedelta(days=1)}) == "dispatched"
    assert state_of({"placed": day + timedelta(days=2), "cancelled": day}) == "cancelled"


def test_an_order_takes_customer_and_currency_from_its_opportunity_and_a_number_of_its_own(app: Flask) -> None:
    here = sales(app)
    account = here.add("account", name="Iberia Steel")
    sale = here.sale(account=account, amount="10 USD")
    first, second = here.add("order", opportunity=sale), here.add("order")
    assert (now(here, first).account_id, now(here, first).currency) == (account, "USD")
    assert (now(here, first).number, now(here, second).number) == ("O-1001", "O-1002")
    assert (now(here, second).currency, now(here, second).ordered_on) == ("EUR", START.date())
    with pytest.raises(InvalidInput) as refused:
        here.add("order", number="o-1001")
    assert list(refused.value.errors) == ["number"]


def test_its_amounts_follow_its_lines_whatever_happens_to_them(app: Flask) -> None:
    here = company(app)
    order = ordered(here, "10.01 EUR", "5 EUR")
    assert (now(here, order).net_amount, now(here, order).tax_amount, now(here, order).total_amount) == (
        1501,
        315,
        1816,
    )
    with reading(app) as session:
        line = session.scalars(select(OrderLine.id).order_by(OrderLine.id)).first()
    here.change("order_line", line or 0, quantity="3", discount="50 %")
    assert now(here, order).net_amount == 1502 + 500, "15.015 is rounded to the even neighbour"
    here.undo()
    assert now(here, order).net_amount == 1501
    browser = here.browser()
    browser.get("/account")
    browser.post(f"/records/order_line/{line}/archive")
    assert (now(here, order).net_amount, now(here, order).total_amount) == (500, 605)


def test_facts_come_in_their_order(app: Flask) -> None:
    here = company(app)
    order = ordered(here, "10 EUR")
    with pytest.raises(following.OutOfOrder, match="Placed"):
        noted(here, order, "paid")
    noted(here, order, "placed")
    with pytest.raises(following.OutOfOrder, match="Approved"):
        noted(here, order, "dispatched")
    with pytest.raises(following.MayNotApprove):
        noted(here, order, "approved", who="seller")
    noted(here, order, "approved", "invoiced", "dispatched")
    assert now(here, order).state == "invoiced" or now(here, order).state == "dispatched"
    with pytest.raises(following.AlreadyNoted):
        noted(here, order, "dispatched")
    with pytest.raises(following.OrderIsDispatched, match="credit note"):
        noted(here, order, "cancelled")
    noted(here, order, "paid")
    assert (now(here, order).state, now(here, order).paid_at) == ("paid", LATER)


def test_a_cancelled_order_goes_no_further_and_an_empty_one_is_not_placed(app: Flask) -> None:
    here = company(app)
    with pytest.raises(following.NothingOrdered):
        noted(here, ordered(here), "placed")
    order = ordered(here, "10 EUR")
    noted(here, order, "placed", "cancelled")
    with pytest.raises(following.OrderIsCancelled):
        noted(here, order, "paid")


def test_a_fact_is_not_of_tomorrow_nor_before_the_order(app: Flask) -> None:
    here = company(app)
    order = ordered(here, "10 EUR")
    noted(here, order, "placed")
    for moment in (LATER + timedelta(days=1), LATER - timedelta(days=1)):
        told = Happening("paid", moment)
        with pytest.raises(InvalidInput) as refused, here.working("manager", LATER) as session:
            note_fact(session, session.get_one(Order, order), told, by=here.by("manager"), at=LATER)
        assert list(refused.value.errors) == ["on"]


def test_what_was_noted_by_mistake_is_taken_back_unless_more_stands_on_it(app: Flask) -> None:
    here = company(app)
    order = ordered(here, "10 EUR")
    noted(here, order, "placed", "approved")
    with pytest.raises(following.StillNeeded, match="Approved"), here.working("manager", LATER) as session:
        take_fact_back(session, session.get_one(Order, order), "placed", by=here.by("manager"), at=LATER)
    here.undo("manager")
    assert (now(here, order).state, now(here, order).approved_at) == ("placed", None)
    with here.working("manager", LATER) as session:
        take_fact_back(session, session.get_one(Order, order), "placed", by=here.by("manager"), at=LATER)
    assert now(here, order).state == "draft"
    here.undo("manager")
    assert (now(here, order).state, now(here, order).placed_at) == ("placed", LATER)
    noted(here, order, "approved")
    with reading(app) as session:
        held = session.scalars(select(OrderFact.kind).where(OrderFact.archived_at.is_(None))).all()
    assert sorted(held) == ["approved", "placed"], "the wrong ones are kept, put away"


def test_lines_of_what_finance_approved_stay(app: Flask) -> None:
    here = company(app)
    order = ordered(here, "10 EUR")
    noted(here, order, "placed", "approved")
    with pytest.raises(lines.LinesAreSettled, match="credit note"):
        here.add("order_line", order=order, name="More", unit_price="1 EUR")
    with reading(app) as session:
        line = session.scalars(select(OrderLine.id)).one()
    browser = here.browser()
    browser.get("/account")
    browser.post(f"/records/order_line/{line}/archive", status=409)
    assert now(here, order).total_amount == 1210


def test_a_credit_note_gives_back_with_negative_quantities(app: Flask) -> None:
    here = company(app)
    credit = here.add("order", currency="EUR", type="credit")
    with pytest.raises(InvalidInput) as refused:
        here.add("order_line", order=credit, name="Back", quantity="2", unit_price="10 EUR")
    assert list(refused.value.errors) == ["quantity"]
    here.add("order_line", order=credit, name="Back", quantity="-2", unit_price="10 EUR", tax="21 %")
    assert now(here, credit).total_amount == -2420
    with pytest.raises(InvalidInput) as refused:
        here.change("order", credit, type="sale")
    assert list(refused.value.errors) == ["type"]
    with pytest.raises(InvalidInput) as refused:
        here.change("order", credit, currency="USD")
    assert list(refused.value.errors) == ["currency"]
