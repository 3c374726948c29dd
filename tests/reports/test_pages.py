"""Keeping a report on its pages: put together with a preview, shared, opened by its readers, taken away, put away."""

from typing import Any

import pytest
from flask import Flask

from implementor.configuration.services.access import set_fields
from implementor.foundation.permissions import Role
from implementor.metrics.definitions import Query, Window
from implementor.reports.models import MINE, SavedReport
from implementor.reports.plans import RECORDS, Figure, Plan
from tests.crm.opportunities.sales import Sales, sales
from tests.crm.own_fields import LOW_HIGH, add_own_field, restore, withdraw
from tests.crm.shapes.builders import shaping
from tests.machinery.statements import counting
from tests.reports.builders import kept

ADDRESS = "a-entity=opportunity&a-aggregate=sum&a-field=amount&by_1=stage&by_2=owner&shown=table&sort=largest"
COUNTED = Plan(Query("opportunity"), (Figure(), Figure("median", "amount")), ("owner",))
NAMES = {"label_en": "Open money", "label_es": "Dinero abierto"}


@pytest.fixture
def here(app: Flask) -> Sales:
    return sales(app)


def test_a_report_is_put_together_kept_opened_and_taken_away(here: Sales) -> None:
    here.sale("Roof", amount=150_000)
    here.sale("Door", "elsewhere", amount=70_000)
    browser = here.browser("manager")
    (row,) = browser.get(f"/crm/reports/new?{ADDRESS}").rows("#preview table")
    assert (row["Stage"], row["Owner"], row["Sum: Amount"]) == ("Qualification", "Seller Vega", "€1,500")
    browser.post("/crm/reports/new", {"address": ADDRESS, "label_en": "Open money", "shared": "all"}, status=422)
    told = browser.post("/crm/reports/new", {"address": ADDRESS, **NAMES, "shared": "all"})
    assert told.heading == "Open money"
    assert told.texts("tfoot td") == ["€1,500"]
    behind = told.follow("€1,500")
    assert "Roof" in behind.text
    assert "Door" not in behind.text
    assert "€700" in here.browser("elsewhere").get("/crm/reports/1").text
    file = browser.client.get("/crm/reports/1/export.csv").text
    assert "Stage,Owner,Sum: Amount (EUR)" in file
    assert "Qualification,Seller Vega,1500" in file
    with browser.client.get("/crm/reports/1/export.xlsx") as sheet:
        assert sheet.data[:2] == b"PK"
    browser.get("/crm/reports/1/export.pdf", status=404)
    browser.get("/crm/reports/1/records?figure=3", status=404)
    here.browser("stranger").get("/crm/reports/1", status=403)


def test_whom_it_is_shared_with_opens_it_and_only_its_keeper_or_leaders_change_it(here: Sales) -> None:
    mine = kept(here, COUNTED, "seller", "Mine", shared=MINE)
    led = kept(here, COUNTED, "manager", "Led", shared="crm_manager")
    team = kept(here, COUNTED, "manager", "North", shared="team", team_id=1)
    opened = {
        who: [
            one for one in (mine, led, team) if here.browser(who).get(f"/crm/reports/{one}", status=None).status == 200
        ]
        for who in ("seller", "mate", "manager", "elsewhere", "crm_admin")
    }
    assert opened == {"seller": [mine, team], "mate": [team], "manager": [led, team], "elsewhere": [], "crm_admin": []}
    mate, seller, url = here.browser("mate"), here.browser("seller"), f"/crm/reports/{team}/edit"
    mate.get(url, status=409)
    mate.post(url, {"address": ADDRESS, **NAMES, "shared": "team", "team": "1"}, status=409)
    mate.post(f"/lists/saved_report/{team}/archive", {}, status=None)
    assert not here.stored(SavedReport, team).is_archived
    assert "Mine" in seller.get("/crm/reports").text
    seller.post("/crm/reports/new", {"address": ADDRESS, **NAMES, "shared": "all"}, status=422)
    seller.post(f"/crm/reports/{mine}/edit", {"address": ADDRESS, **NAMES, "shared": "me"})
    assert str(here.stored(SavedReport, mine).label_es) == "Dinero abierto"
    here.undo("seller")
    assert str(here.stored(SavedReport, mine).label_es) == "Mine (es)"
    seller.post(f"/crm/reports/{mine}/pin", {"pinned": "1"})
    assert "Mine" in seller.get("/").texts("#my_reports li")
    seller.post(f"/crm/reports/{mine}/pin", {"pinned": "0"})
    assert not seller.get("/").all("#my_reports")


def test_what_is_hidden_or_withdrawn_is_told_and_never_shown(here: Sales) -> None:
    own = add_own_field(here, "opportunity", "choice", "Urgency", words=LOW_HIGH)
    word: dict[str, Any] = {own: "high"}
    here.sale("Roof", amount=150_000, **word)
    report = kept(here, Plan(Query("opportunity"), (Figure("sum", "amount"),), (own,)))
    browser = here.browser()
    assert "High" in browser.get(f"/crm/reports/{report}").text
    withdraw(here, own)
    assert "The field Urgency was withdrawn." in browser.get(f"/crm/reports/{report}").text
    restore(here, own)
    with shaping(here) as (session, by_at):
        set_fields(session, "opportunity", {(Role.CRM_USER, "amount"): "hide"}, **by_at)
    page = browser.get(f"/crm/reports/{report}")
    assert "Amount is hidden from you." in page.text
    assert "1,500" not in page.text
    browser.get(f"/crm/reports/{report}/records", status=409)
    browser.get(f"/crm/reports/{report}/export.csv", status=409)
    assert "1,500" not in browser.get(f"/crm/reports/new?{ADDRESS}").text


def test_rows_of_records_have_the_chosen_columns_and_many_cost_no_more_statements(here: Sales) -> None:
    plan = Plan(Query("opportunity", window=Window("year", "created_at")), columns=("name", "owner"), shown=RECORDS)
    rows, counted = kept(here, plan, name="Rows"), kept(here, COUNTED)
    browser, costs = here.browser("manager"), []
    for number in range(12):
        here.sale(f"Sale {number}", "mate" if number else "seller")
        if number in (0, 11):
            with counting() as statements:
                page = browser.get(f"/crm/reports/{counted}")
            costs.append(statements)
    assert len(costs[1]) <= len(costs[0]), costs[1].beyond(costs[0])
    assert len(page.rows("main table")) == 2
    (first, *others) = browser.get(f"/crm/reports/{rows}").rows("main table")
    assert list(first) == ["Name", "Owner"]
    assert (first["Name"], len(others)) == ("Sale 11", 11)
    assert "Sale 3,Mate Vega" in browser.client.get(f"/crm/reports/{rows}/export.csv").text
