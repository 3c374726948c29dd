"""Opportunities beside other records: an account's list and timeline, decision makers, two people at one deal."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from implementor.crm.opportunities.models import Opportunity
from implementor.crm.opportunities.moves import Move, move_opportunity
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import START
from tests.crm.opportunities.sales import sales


def test_an_account_shows_its_opportunities_and_tells_of_their_beginnings_and_ends(app: Flask) -> None:
    here = sales(app)
    account = here.add("account", name="Iberia Steel")
    sale = here.sale("Roof", account=account, amount="900 EUR")
    here.sale("Hidden", "elsewhere", account=account)
    here.move(sale, "proposal", at=START + timedelta(days=1))
    here.move(sale, "won", at=START + timedelta(days=2))
    browser = here.browser()
    assert "Roof" in browser.get(f"/crm/accounts/{account}/around").text
    told = browser.get(f"/crm/accounts/{account}/history").text
    assert "Seller Vega won Roof: €900.00" in told
    assert "began Roof" in told
    assert "Proposal" not in told
    assert "Hidden" not in told


def test_a_decision_maker_is_named_once(app: Flask) -> None:
    here = sales(app)
    contact = here.add("contact", first_name="Ana", last_name="Ruiz")
    sale = here.sale()
    here.add("opportunity_decision_maker", opportunity=sale, contact=contact, role="decides", stance="for")
    with pytest.raises(InvalidInput) as refused:
        here.add("opportunity_decision_maker", opportunity=sale, contact=contact)
    assert "Ana Ruiz" in str(refused.value)
    assert "Ana Ruiz" in here.browser().get(f"/crm/opportunities/{sale}").text


def test_objections_and_competitors_stand_on_the_page(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    here.add("opportunity_objection", opportunity=sale, objection="Too dear", type="price", answer="Pays in a year")
    here.add("opportunity_competitor", opportunity=sale, name="Cumbre", strengths="Price")
    text = here.browser().get(f"/crm/opportunities/{sale}").text
    for part in ("Too dear", "Pays in a year", "Cumbre"):
        assert part in text


def test_nobody_points_at_an_account_that_is_not_there(app: Flask) -> None:
    here = sales(app)
    with pytest.raises(InvalidInput) as refused:
        here.sale(account=4711)
    assert list(refused.value.errors) == ["account"]


def test_of_two_who_move_one_deal_from_one_drawing_one_wins_and_one_is_told(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    drawn = here.now(sale).version
    seller, manager = here.browser(), here.browser("manager")
    forms = [one.get(f"/crm/opportunities/{sale}").form("Proposal") for one in (seller, manager)]
    forms[0].submit()
    assert "meanwhile" in forms[1].submit(status=409).text
    assert here.now(sale).version == drawn + 1
    assert here.facts(sale)[1:] == [("qualification", "proposal", here.facts(sale)[-1][2])]


@pytest.mark.postgres_only("SQLite lets one writer in at a time")
def test_of_two_transactions_that_move_one_deal_the_later_one_is_refused(app: Flask) -> None:
    here = sales(app)
    sale = here.sale()
    with here.working("manager") as slow:
        record = slow.get_one(Opportunity, sale)
        here.move(sale, "needs")
        move_opportunity(slow, record, Move(here.stages["proposal"].id), by=here.by("manager"), at=START)
        with pytest.raises(StaleDataError):
            slow.flush()
        slow.rollback()
    assert here.stage_now(sale) == "needs"
