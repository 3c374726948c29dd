"""Moving opportunities: what each stage makes of them, what it asks for, and the facts that every move leaves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from implementor.calendars.services.rates import NoRate
from implementor.crm.opportunities.moves import ClosedOpportunity, MayNotReopen, StageNeeds, StaleMove
from implementor.crm.records.services import BeyondReach
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import START
from tests.crm.opportunities.sales import sales

DAY = 86_400


def test_a_new_opportunity_begins_in_the_first_stage_with_its_probability_and_a_fact(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount=100_00)
    stored = here.now(sale)
    assert (here.stage_now(sale), stored.status, stored.probability_ratio) == ("qualification", "open", Decimal("0.1"))
    assert (stored.currency, stored.owner_id) == ("EUR", here.people["seller"].id)
    assert here.facts(sale) == [(None, "qualification", None)]


def test_a_move_sets_the_probability_of_the_stage_even_over_one_written_by_hand(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(stage="proposal")
    here.change("opportunity", sale, probability="62.5 %")
    assert (here.now(sale).probability_ratio, here.now(sale).probability_source) == (Decimal("0.625"), "manual")
    here.move(sale, "negotiation", at=START + timedelta(days=3))
    assert (here.now(sale).probability_ratio, here.now(sale).probability_source) == (Decimal("0.75"), "stage")
    assert here.facts(sale)[-1] == ("proposal", "negotiation", 3 * DAY)


def test_won_is_certain_and_lost_is_nothing_whatever_stood_there(app: Flask) -> None:
    here = sales(app)
    won, lost = here.sale("Won one", probability="33"), here.sale("Lost one", probability="33")
    here.move(won, "won")
    here.move(lost, "lost", loss_reason="price")
    for sale, status, ratio in ((won, "won", Decimal(1)), (lost, "lost", Decimal(0))):
        stored = here.now(sale)
        assert (stored.status, stored.probability_ratio) == (status, ratio)
        assert stored.close_on == START.date()
        with pytest.raises(InvalidInput) as refused:
            here.change("opportunity", sale, probability="50")
        assert list(refused.value.errors) == ["probability"]


def test_a_lost_one_needs_its_reason_wherever_it_is_lost(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    for lose in (
        lambda: here.move(sale, "lost"),
        lambda: here.change("opportunity", sale, stage=here.stages["lost"].id),
        lambda: here.sale("Another", stage="lost"),
    ):
        with pytest.raises(StageNeeds) as refused:
            lose()
        assert list(refused.value.errors) == ["loss_reason"]
        assert "Reason for the loss" in str(refused.value)
    assert here.now(sale).is_open


def test_a_closed_one_stays_where_it_is_until_a_manager_opens_it_with_a_reason(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(stage="negotiation")
    here.move(sale, "won", at=START + timedelta(days=1))
    with pytest.raises(ClosedOpportunity):
        here.move(sale, "proposal")
    with pytest.raises(ClosedOpportunity):
        here.change("opportunity", sale, stage=here.stages["proposal"].id)
    with pytest.raises(MayNotReopen):
        here.reopen(sale, "seller")
    with pytest.raises(InvalidInput):
        here.reopen(sale, reason=" ")
    here.reopen(sale, at=START + timedelta(days=3))
    stored = here.now(sale)
    assert (here.stage_now(sale), stored.status, stored.closed_at) == ("negotiation", "open", None)
    assert stored.probability_ratio == Decimal("0.75")
    assert here.facts(sale)[-2:] == [("negotiation", "won", DAY), ("won", "negotiation", 2 * DAY)]


def test_closing_freezes_the_rate_and_later_rates_change_nothing(app: Flask) -> None:
    here = sales(app)
    here.rate("USD", "0.9")
    sale = here.sale(amount="1000.00 USD")
    here.move(sale, "won")
    here.rate("USD", "0.5", START.date())
    stored = here.now(sale)
    assert (stored.rate, stored.base_amount, stored.base_currency) == (Decimal("0.9"), 900_00, "EUR")
    here.change("opportunity", sale, amount="2000.00 USD")
    assert here.now(sale).base_amount == 1800_00


def test_a_currency_without_a_rate_refuses_closing_and_says_where_to_enter_it(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount="50000 CLP")
    with pytest.raises(NoRate) as refused:
        here.move(sale, "won")
    assert "CLP" in str(refused.value)
    assert "Currencies" in str(refused.value)
    assert here.now(sale).is_open


def test_who_moves_what_somebody_else_changed_is_told(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    drawn = here.now(sale).version
    here.move(sale, "needs", version=drawn)
    with pytest.raises(StaleMove):
        here.move(sale, "proposal", version=drawn)
    assert here.stage_now(sale) == "needs"


def test_a_team_mate_sees_a_sale_but_its_owner_and_manager_move_it(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    assert here.titles("opportunity", "mate") == {"Roof of the plant"}
    assert here.titles("opportunity", "elsewhere") == set()
    with pytest.raises(BeyondReach):
        here.move(sale, "needs", "mate")
    here.move(sale, "needs", "manager")
    assert here.stage_now(sale) == "needs"


def test_taking_a_move_back_takes_its_fact_along_and_doing_it_again_brings_it_back(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(amount=100_00)
    before = here.facts(sale)
    here.move(sale, "won", at=START + timedelta(days=2))
    after, won = here.facts(sale), here.now(sale)
    here.undo()
    stored = here.now(sale)
    assert (here.facts(sale), stored.status, stored.base_amount, stored.close_on) == (before, "open", None, None)
    here.undo()
    again = here.now(sale)
    assert here.facts(sale) == after
    assert (again.status, again.base_amount, again.stage_since) == ("won", won.base_amount, won.stage_since)
