"""Contracts: decided by go or no-go, committed on their line, open again when that is reversed, counted, checked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from implementor.finance.models import Contract
from implementor.finance.queries import contracts as queries
from implementor.finance.services import contracts as services
from implementor.finance.services.contracts import DecidedAlready, NotReady
from implementor.finance.watching import count_licences_now
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from implementor.governance.models import Decision
from implementor.governance.services.decisions import reverse_decision
from implementor.stages.checks import GatePlace, checks
from tests.auth.builders import add_person, reading
from tests.finance.builders import APR, AT, MAR, MAY, Purse, purse
from tests.machinery.statements import counting
from tests.projects.builders import browser_of
from tests.status.builders import TODAY

LIST = "/projects/VEN/money/contracts"
TERM: dict[str, Any] = {
    "title": "CRM licences", "supplier": "Nube SA", "amount": 100_01, "currency": "EUR", "licences": 40,
    "starts_on": date(2026, 3, 15), "ends_on": date(2026, 5, 14),
}  # fmt: skip


def contract(there: Purse, **values: Any) -> int:
    with there.working() as session:
        return services.create_contract(
            session, project_id=there.project_id, values={**TERM, **values}, by=there.by(), at=AT
        ).id


def decide(there: Purse, contract_id: int, verdict: str = "go") -> int:
    with there.working("sponsor") as session:
        return services.decide_contract(
            session, session.get_one(Contract, contract_id), verdict=verdict, reason="The best of three",
            by=there.by("sponsor"), at=AT,
        ).id  # fmt: skip


def test_a_go_commits_the_cost_over_the_term_and_its_reversal_takes_it_away(app: Flask) -> None:
    there = purse(app)
    line_id = there.line()
    there.write(line_id, "committed", {MAR: 5})
    decision_id = decide(there, contract(there, line_id=line_id))
    assert there.money().committed == 100_06
    with reading(app) as session:
        from_line = queries.contracts_of(project_id=there.project_id)
        assert session.scalars(from_line).one().verdict == "go"
    assert [row["Committed"] for row in there.browser().get(f"/projects/VEN/money/lines/{line_id}").rows()] == [
        "€33.39", "€33.34", "€33.33"
    ]  # fmt: skip
    with there.working("sponsor") as session:
        reverse_decision(session, session.get_one(Decision, decision_id), outcome="Not bought", reason="Too dear",
                         by=there.by("sponsor"), at=AT)  # fmt: skip
    assert there.money().committed == 5
    with reading(app) as session:
        assert session.scalars(from_line).one().verdict is None


@pytest.mark.parametrize("missing", ["line_id", "amount", "starts_on", "ends_on"])
def test_what_is_bought_needs_line_cost_and_term(app: Flask, missing: str) -> None:
    there = purse(app)
    found = contract(there, **{"line_id": there.line(), missing: None})
    with pytest.raises(NotReady, match="it needs its cost, its term"):
        decide(there, found)
    decide(there, found, "no_go")
    assert there.money().committed == 0


def test_what_was_decided_neither_changes_nor_is_decided_again(app: Flask) -> None:
    there = purse(app)
    found = contract(there, line_id=there.line())
    decide(there, found)
    with pytest.raises(DecidedAlready):
        decide(there, found, "no_go")
    with pytest.raises(DecidedAlready), there.working() as session:
        services.change_contract(
            session, session.get_one(Contract, found), {"amount": 1}, by=there.by(), at=AT
        )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [({"ends_on": date(2026, 1, 1)}, "ends_on"), ({"currency": "USD"}, "line_id"), ({"line_id": 999}, "line_id")],
)
def test_terms_that_contradict_each_other_are_refused(app: Flask, values: dict[str, Any], field: str) -> None:
    there = purse(app)
    with pytest.raises(InvalidInput) as refusal:
        contract(there, **{"line_id": there.line(), **values})
    assert list(refusal.value.errors) == [field]


def test_the_sponsor_decides_on_the_page_and_the_lead_counts_licences(app: Flask) -> None:
    there = purse(app)
    there.line()
    page = there.browser().get(LIST).follow("New contract")
    stated = {"title": "CRM licences", "supplier": "Nube SA", "amount": "100 EUR", "starts_on": "2026-03-15"}
    page = page.form("main form").submit(stated, ends_on="2026-05-14", licences="40", line_id="1")
    assert page.heading == "CRM licences"
    page = there.browser("sponsor").get(f"{LIST}/1").form("#decide").submit(reason="The best", status=422)
    assert "Choose go or no-go." in page.text
    page = page.form("#decide").submit(verdict="go", reason="The best of three")
    assert "Is CRM licences bought from Nube SA?" in page.follow("Decision 1").text
    page = there.browser().get(f"{LIST}/1").form("#count").submit(used="52", on="2026-03-09", evidence="", status=422)
    assert "Say where the figure is from" in page.text
    page = page.form("#count").submit(used="52", on="2026-03-09", evidence="Report of Nube SA")
    assert "52 of 40 used" in page.text
    assert "more than were bought" in page.text


def test_the_crm_counts_its_licences_and_leaves_what_somebody_counted(app: Flask) -> None:
    there = purse(app)
    contract(there)
    user = add_person(app, "Ursula Uso", Role.CRM_USER)
    add_person(app, "Nadia Nunca", Role.CRM_MANAGER)
    browser_of(app, user).get("/")
    page = there.browser().get(f"{LIST}/1").form("Count by itself: people who use the CRM").submit()
    assert page.rows("#licences table")[0]["Used"] == "1"
    assert "signed in or changed something in the last 90 days" in page.text
    page = page.form("#count").submit(used="9", on=str(TODAY), evidence="Report of Nube SA")
    assert count_licences_now(app) == 0
    assert count_licences_now(app, datetime.now(UTC) + timedelta(days=1)) == 1
    assert count_licences_now(app, datetime.now(UTC) + timedelta(days=100)) == 1
    counted = there.browser().get(f"{LIST}/1").rows("#licences table")
    assert [row["Used"] for row in counted] == ["0", "1", "9", "1"]
    browser = there.browser()
    browser.get(f"{LIST}/1").form("Count by hand alone").submit()
    assert count_licences_now(app, datetime.now(UTC) + timedelta(days=200)) == 0
    browser.post(f"{LIST}/1/counter", {"source": "nothing"}, status=409)


def test_gates_ask_for_an_approved_budget_and_decided_purchases(app: Flask) -> None:
    there = purse(app)
    line_id = there.line()
    found = contract(there, line_id=line_id)
    place = GatePlace(there.project_id, "VEN")
    names = ("budget_approved", "purchases_decided")
    with reading(app) as session:
        assert [checks[name].read(session, place, {}).passes(100) for name in names] == [False, False]
    there.write(line_id, "planned", {APR: 100, MAY: 100})
    there.approve()
    decide(there, found, "no_go")
    with reading(app) as session:
        assert [checks[name].read(session, place, {}).passes(100) for name in names] == [True, True]


@pytest.mark.parametrize("path", ["", "/1"])
def test_one_contract_and_ten_cost_the_same_statements(app: Flask, path: str) -> None:
    there, seen = purse(app), []
    line_id, browser = there.line(), there.browser()
    for contracts in (1, 9):
        for number in range(contracts):
            contract(there, title=f"Contract {number}", line_id=line_id)
        browser.get(LIST + path)
        with counting() as statements:
            browser.get(LIST + path)
        seen.append(statements)
    one, many = seen
    assert len(one) == len(many), many.beyond(one)
