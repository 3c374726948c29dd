"""Owners hear of terms that end and leads of forecasts over their limits: in time, and once."""

from datetime import timedelta

from flask import Flask

from implementor.finance.watching import watch_money
from tests.finance.builders import APR, AT, TODAY, purse
from tests.finance.test_contracts import contract, decide


def test_the_owner_hears_once_before_a_term_ends(app: Flask) -> None:
    there = purse(app)
    found = contract(there, line_id=there.line(), ends_on=TODAY + timedelta(days=61))
    assert watch_money(app, AT) == 0
    decide(there, found)
    there.write(1, "planned", {APR: 100_01})
    assert watch_money(app, AT) == 0
    later = AT + timedelta(days=1)
    assert (watch_money(app, later), watch_money(app, later)) == (1, 0)
    notices = there.browser().get("/notices")
    assert "A contract of VEN ends on May 10, 2026" in notices.text


def test_lead_and_sponsor_hear_of_a_forecast_over_its_limit_once_a_month(app: Flask) -> None:
    there = purse(app)
    line_id = there.line()
    there.write(line_id, "planned", {APR: 100_00})
    there.approve()
    there.write(line_id, "forecast", {APR: 110_00})
    assert watch_money(app, AT) == 0
    there.write(line_id, "forecast", {APR: 111_00})
    assert (watch_money(app, AT), watch_money(app, AT + timedelta(days=1))) == (2, 0)
    assert "The forecast of VEN is over the limit of its budget" in there.browser("sponsor").get("/notices").text
    assert watch_money(app, AT + timedelta(days=28)) == 2
