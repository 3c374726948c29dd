"""The pages of migration runs: who may do what there, and the whole way from a control file to a signature."""

import csv
import io
from pathlib import Path

import pytest
from flask import Flask

from implementor.foundation.money import currency_codes
from implementor.foundation.permissions import Role
from tests.auth.builders import add_person
from tests.crm.importing import brought_in
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of
from tests.releases.builders import SYSTEM, Migration, migration

CONTROL = "kind;system;figure;currency;expected\naccount;;count;;3\nAccounts;old-crm;Employees;;60\n"
SPANISH = "tipo;sistema;cifra;moneda;esperado\nCuentas;;;;3\naccount;;revenue;EUR;300,75\n"
LIST = "/projects/VEN/migrations"


def sent(there: Migration, text: str, status: int = 200, name: str = "control.csv") -> str:
    """Read a control file on its page; what the next page says."""
    form = there.browser().get(f"{there.url}/control").form("#control")
    return form.submit(status=status, file=(io.BytesIO(text.encode()), name)).text


def test_from_the_empty_list_to_a_signed_run(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    browser = there.browser()
    page = browser.get(LIST).follow("New migration run").form("main form").submit(name="Second load", system=SYSTEM)
    assert page.heading == "Second load"
    page = page.follow("Add figure").form("#new_figure").submit(figure="account:", expected="4")
    page = page.form("form[action$='/count']").submit()
    assert "To explain" in page.text
    page = page.follow("Number of records").form("#explain").submit(explanation="One was a test.")
    assert "Explained" in page.text
    page = page.form("form[action$='/sign']").submit()
    assert "Data Lead Paz vouched for 1 figure" in page.text
    assert page.texts(".page-state .badge, h1 ~ .badge, .badge")[0] == "Signed"
    page = page.form("#reopen").submit(reason="Another file came.")
    assert "Another file came." in page.text


def test_a_control_file_is_read_in_both_languages_and_again_without_losing_words(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    assert "2 figures are taken over, 2 of them new." in sent(there, CONTROL)
    figure = next(one for one in there.figures() if not one.measure)
    there.explain(figure.id, 3, "As agreed.")
    assert "2 figures are taken over, 1 of them new." in sent(there, SPANISH.replace("300,75", "300.75"))
    kept = {(one.measure, one.currency): (one.expected, one.explanation) for one in there.figures()}
    assert kept == {("", ""): (3, "As agreed."), ("employees", ""): (60, None), ("revenue", "EUR"): (30075, None)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "needs the columns kind and expected"),
        ("kind,expected\nspaceship,3\n", "Row 2: There are no records called “spaceship”."),
        ("kind,figure,expected\naccount,colour,3\n", "Row 2: “colour” is nothing that can be counted there."),
        ("kind,figure,expected\naccount,revenue,3\n", "Name the currency by its code"),
        ("kind,expected\naccount,many\n", "“many” is not a number."),
        ("kind,expected\naccount,-1\n", "A number of records is not negative."),
        ("kind,expected\naccount,1.5\n", "more decimals than are kept"),
        ("kind,expected\naccount,\n", "What is expected is missing."),
        ("kind,expected\naccount,3\nlead,x\n", "Row 3"),
    ],
)
def test_a_control_file_that_cannot_be_read_says_where_and_changes_nothing(app: Flask, text: str, reason: str) -> None:
    there = migration(app)
    assert reason in sent(there, text, 422)
    assert there.figures() == []


def test_a_figure_opens_exactly_its_records(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.here.add("account", name="By hand")
    there.expect(3)
    there.count()
    lead = add_person(app, "Both Paz", Role.CRM_ADMIN)
    project = add_project(app, "TWO", people=[(Role.DATA_LEAD, lead)])
    assert project
    page = browser_of(app, there.people["lead"]).get(there.url)
    assert "3" not in page.links
    found = there.here.browser("crm_admin").get(f"/crm/accounts?came_from={SYSTEM}")
    assert {"Acero", "Duero", "Ebro"} <= set(found.links)
    assert "By hand" not in found.links
    by_hand = there.here.browser("crm_admin").get("/crm/accounts?came_from=none")
    assert "By hand" in by_hand.links
    assert "Acero" not in by_hand.links


def test_who_works_in_the_crm_too_is_led_to_the_records(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.expect(3)
    there.count()
    both = add_person(app, "Both Paz", Role.CRM_ADMIN, Role.PMO)
    page = browser_of(app, both).get(there.url)
    listed = page.browser.get(page.links["3"])
    assert listed.heading == "Accounts"
    assert "3 rows" in listed.text


def test_drift_is_shown_beside_what_was_signed(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.expect(3)
    there.count()
    there.sign()
    brought_in(there.here, "account", tmp_path, "Account ID,Name\n4,Fourth\n", "old-crm 2.csv")
    page = there.browser("lead").get(there.url).form("form[action$='/count']").submit()
    assert "now 4 (+1)" in page.text
    assert "1 figure is no longer what was signed." in page.text


def test_only_the_data_lead_signs_and_members_see_nothing(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.expect(3)
    there.count()
    lead, sponsor = there.browser("lead"), there.browser("sponsor")
    lead.get(there.url)
    lead.post(f"{there.url}/sign", status=403)
    assert "Add figure" not in sponsor.get(there.url).links
    sponsor.post(f"{there.url}/count", status=403)
    there.browser("member").get(there.url, status=403)
    there.here.browser("seller").get(there.url, status=404)


def test_a_run_of_another_project_is_not_found(app: Flask) -> None:
    there = migration(app)
    add_project(app, "ELS", people=[(Role.DATA_LEAD, there.people["data_lead"])])
    figure = there.expect(3)
    browser = there.browser()
    for path in ("", "/control", "/figures/new", f"/figures/{figure}", "/export"):
        browser.get(f"/projects/ELS/migrations/{there.run_id}{path}", status=404)


def test_a_signed_run_is_neither_edited_nor_put_away(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    figure = there.expect(3)
    there.count()
    there.sign()
    browser = there.browser()
    browser.get(f"{there.url}/figures/{figure}", status=409)
    browser.get(f"{there.url}/control", status=409)
    edit = f"/projects/VEN/records/migration_run/{there.run_id}"
    browser.get(f"{edit}/edit", status=409)
    browser.post(f"{edit}/archive", status=409)


def test_the_file_of_figures_can_be_read_again(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.expect(4)
    there.expect(30000, "revenue", "EUR")
    there.count()
    answer = there.browser().get(f"{there.url}/export")
    text = answer.response.get_data(as_text=True).lstrip("\ufeff")
    rows = list(csv.DictReader(text.splitlines()[1:]))
    assert [(row["figure"], row["expected"], row["found"], row["difference"], row["state"]) for row in rows] == [
        ("Number of records", "4", "3", "'-1", "To explain"),
        ("Sum of Turnover of a year", "300.00", "300.75", "0.75", "To explain"),
    ]
    assert "2 figures are taken over, 0 of them new." in sent(there, text)


def test_forty_figures_cost_the_statements_of_one(app: Flask, tmp_path: Path) -> None:
    there = migration(app, tmp_path)
    there.expect(3)
    browser, costs = there.browser(), []
    for _turn in range(2):
        browser.get(there.url)
        with counting() as statements:
            browser.get(there.url)
        costs.append(len(statements))
        if len(costs) == 1:
            for number, currency in enumerate(sorted(currency_codes())[:40]):
                there.expect(number, "revenue", currency)
    assert costs[0] == costs[1]
