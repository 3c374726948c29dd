"""The pages of money: the grid is filled in, approved, told in sentences, given away, and shut to those outside."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from implementor.foundation.permissions import SYSTEM
from implementor.foundation.records import kinds
from implementor.governance.models import RoleDelegation
from tests.auth.builders import reading, working
from tests.finance.builders import APR, FEB, JAN, MAR, purse, rate
from tests.machinery.statements import counting

MONEY = "/projects/VEN/money"


def test_a_line_is_written_down_filled_in_and_taken_back(app: Flask) -> None:
    there = purse(app)
    page = there.browser().get(MONEY)
    assert "No budget yet" in page.text
    page = page.follow("New budget line").form("main form").submit(title="Licences", category="licence")
    assert page.heading == "Licences"
    grid = there.browser().get(f"{MONEY}/budget?year=2026")
    page = grid.form("#budget_grid").submit({"a_1_2026_04": "1,250.50", "a_1_2026_05": "100"})
    assert "€1,350.50" in page.text
    assert there.money().planned == 1350_50
    there.undo_last()
    assert there.money().is_empty


def test_what_cannot_be_read_is_said_beside_its_month_and_nothing_typed_is_lost(app: Flask) -> None:
    there = purse(app)
    there.line()
    grid = there.browser().get(f"{MONEY}/budget?year=2026")
    page = grid.form("#budget_grid").submit({"a_1_2026_04": "many", "a_1_2026_05": "100"}, status=422)
    assert "Licences, 04/2026" in page.text
    assert page.form("#budget_grid").values["a_1_2026_05"] == ["100"]
    assert there.money().is_empty


def test_a_paid_amount_is_corrected_with_a_reason_and_both_stay_in_sight(app: Flask) -> None:
    there = purse(app)
    line_id = there.line()
    there.write(line_id, "actual", {JAN: 100_00})
    grid = there.browser().get(f"{MONEY}/budget?kind=actual&year=2026")
    page = grid.form("#budget_grid").submit({"a_1_2026_01": "120"}, status=422)
    assert "Say why an amount that was paid is corrected" in page.text
    page.form("#budget_grid").submit({"a_1_2026_01": "120", "reason": "The invoice says so"})
    shown = there.browser().get(f"{MONEY}/lines/{line_id}").text
    assert "€100.00" in shown
    assert "€120.00" in shown
    assert "Correction: The invoice says so" in shown


def test_the_sponsor_approves_by_a_decision_whose_reversal_withdraws_it(app: Flask) -> None:
    there = purse(app)
    there.write(there.line(), "planned", {APR: 500_00})
    page = there.browser("sponsor").get(MONEY).form("#approve").submit(reason="As agreed with the board")
    assert "Approved, edition 1" in page.text
    assert "budget cannot be measured" not in page.text
    decision = page.follow("Decision 1")
    assert "Is the budget approved, edition 1?" in decision.text
    decision.form("#reverse").submit(outcome="Not yet", reason="The board wants less")
    assert not there.money().is_approved
    assert "Withdrawn" in there.browser().get(MONEY).text


@pytest.mark.parametrize("path", ["", "/budget", "/lines", "/lines/1", "/contracts", "/stories", "/budget/export.csv"])
def test_members_and_viewers_do_not_see_money_and_strangers_do_not_know_of_it(app: Flask, path: str) -> None:
    there, other = purse(app), purse(app, "SER")
    there.line()
    for who in ("member", "viewer"):
        there.browser(who).get(MONEY + path, status=403)
    other.browser().get(MONEY + path, status=404)


def test_a_line_of_another_project_is_neither_shown_nor_written(app: Flask) -> None:
    there, other = purse(app), purse(app, "SER")
    line_id = there.line()
    other.line("Theirs")
    other.browser().get(f"/projects/SER/money/lines/{line_id}", status=404)
    sent = {f"a_{line_id}_2026_04": "100", "kind": "planned", "year": "2026"}
    browser = other.browser()
    browser.get("/projects/SER/money/budget")
    browser.post("/projects/SER/money/budget", sent)
    assert there.money().is_empty


def test_sentences_figures_and_months_tell_the_same(app: Flask) -> None:
    there = purse(app)
    first, *_rest = there.wave({"Done": 30, "Late": 10}, date(2026, 3, 1))
    line_id = there.line()
    there.write(line_id, "planned", {JAN: 20_000_00, FEB: 20_000_00, MAR: 60_000_00})
    there.approve()
    there.write(line_id, "actual", {JAN: 100_000_00})
    there.validate(first)
    page = there.browser().get(MONEY)
    assert "work planned at 0.75 is validated" in page.text
    assert "€133,333 " in page.text
    assert page.all("#months svg .line-3")
    assert "VEN-1 Done" in page.follow("The stories behind it").text


def test_a_currency_without_a_rate_is_named_with_the_way_out(app: Flask) -> None:
    there = purse(app)
    there.write(there.line(currency="USD"), "planned", {APR: 100_00})
    page = there.browser("sponsor").get(MONEY)
    assert "there is no exchange rate of USD" in page.text
    page = page.form("#approve").submit(reason="Yes", status=409)
    assert "there is no exchange rate of USD" in page.text
    rate(app, "USD", date(2026, 1, 1), "0.9")
    assert "€90.00" in there.browser().get(MONEY).text


def test_the_file_holds_every_amount(app: Flask) -> None:
    there = purse(app)
    there.write(there.line("=1+1"), "planned", {APR: 1250_50})
    body = there.browser().get(f"{MONEY}/budget/export.csv").response.get_data(as_text=True)
    assert "2026-04-01" in body
    assert "1250.50" in body
    assert "'=1+1" in body
    with there.browser().get(f"{MONEY}/budget/export.xlsx").response as file:
        assert file.data[:2] == b"PK"


@pytest.mark.parametrize("path", ["", "/budget?year=2026", "/lines", "/stories"])
def test_one_line_and_twenty_cost_the_same_statements(app: Flask, path: str) -> None:
    there, seen = purse(app), []
    there.wave({"Done": 3}, date(2026, 3, 1))
    browser = there.browser()
    for lines in (1, 19):
        for number in range(lines):
            there.write(there.line(f"Line {number}"), "planned", {APR: 100, JAN: 5})
        there.approve()
        browser.get(MONEY + path)
        with counting() as statements:
            browser.get(MONEY + path)
        seen.append(statements)
    one, many = seen
    assert len(one) == len(many), many.beyond(one)


def test_who_sees_no_money_meets_no_trace_of_it_in_search_history_and_links(app: Flask) -> None:
    there = purse(app)
    line_id = there.line("Zwiebel")
    there.write(line_id, "planned", {APR: 1234_00})
    for who in ("member", "lead"):
        browser = there.browser(who)
        hits = [words for words in browser.get("/search?q=Zwiebel").links if "Zwiebel" in words]
        assert len(hits) == (who == "lead")
        assert ("Zwiebel" in browser.get("/projects/VEN/history").text) == (who == "lead")
        with reading(app) as session:
            found = session.execute(kinds["budget_line"].visible(there.by(who), [line_id])).all()
        assert len(found) == (who == "lead")


@pytest.mark.parametrize(("starts", "ends", "sees"), [(0, 3, True), (1, 3, False), (-5, -1, False)])
def test_who_carries_a_role_sees_the_money_that_it_sees_on_its_days_alone(
    app: Flask, starts: int, ends: int, sees: bool
) -> None:
    there = purse(app)
    line_id = there.line("Zwiebel")
    there.write(line_id, "planned", {APR: 1234_00})
    today = datetime.now(UTC).date()
    with working(app, SYSTEM) as session:
        days = {"starts_on": today + timedelta(days=starts), "ends_on": today + timedelta(days=ends)}
        giver, bearer = there.people["lead"].id, there.people["member"].id
        session.add(
            RoleDelegation(project_id=there.project_id, role="project_lead", from_id=giver, to_id=bearer, reason="Away",
                           **days)
        )  # fmt: skip
    with reading(app) as session:
        found = session.execute(kinds["budget_line"].visible(there.people["member"].actor, [line_id])).all()
    assert len(found) == sees
    browser = there.browser("member")
    assert any("Zwiebel" in words for words in browser.get("/search?q=Zwiebel").links) == sees
    assert ("budget" in browser.get("/portfolio?columns=name,money").rows("#rows")[0]["Money"]) == sees
