"""Imports of customer records are seen, followed and taken back by those who made them, and by administrators."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.orders.models import Order
from implementor.crm.records.importing import called_elsewhere
from implementor.exchange.models import ImportRun
from tests.auth.builders import reading
from tests.crm.builders import Company, company

SHEET = "Contact ID,Full name,E-mail\n1,Ana Vega,no address of hers\n2,Luis Paz,luis@x.example\n"
PAGES = ("", "/progress", "/refused.csv", "/refused.xlsx")


def brought_by(here: Company, who: str, folder: Path) -> int:
    """An import of contacts with a refused row; its number."""
    file = folder / f"of_{who}.csv"
    file.write_text(SHEET, encoding="utf-8")
    here.app.test_cli_runner().invoke(args=["import", "contact", str(file), "--as", here.people[who].email])
    with reading(here.app) as session:
        return session.scalar(select(func.max(ImportRun.id))) or 0


def test_a_manager_sees_no_import_of_somebody_else(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    foreign, own = brought_by(here, "crm_admin", tmp_path), brought_by(here, "manager", tmp_path)
    browser = here.browser("manager")
    listed = browser.get("/imports").text
    assert "of_manager.csv" in listed
    assert "of_crm_admin.csv" not in listed
    for page in PAGES:
        browser.get(f"/imports/{foreign}{page}", status=404)
    for page in PAGES[:3]:
        browser.get(f"/imports/{own}{page}", status=200)
    assert "no address of hers" in browser.get(f"/imports/{own}").text


def test_an_administrator_sees_all_of_them(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    foreign = brought_by(here, "manager", tmp_path)
    browser = here.browser("crm_admin")
    assert "of_manager.csv" in browser.get("/imports").text
    assert "no address of hers" in browser.get(f"/imports/{foreign}").text


@pytest.mark.parametrize(("who", "seen"), [("manager", 1), ("crm_admin", 2), (None, 2)])
def test_commands_tell_of_the_same_ones(app: Flask, tmp_path: Path, who: str | None, seen: int) -> None:
    here = company(app)
    foreign = brought_by(here, "crm_admin", tmp_path)
    brought_by(here, "manager", tmp_path)
    as_whom = ["--as", here.people[who].email] if who else []
    listed = app.test_cli_runner().invoke(args=["imports", "list", *as_whom])
    assert len(listed.stdout.splitlines()) == seen
    undone = app.test_cli_runner().invoke(args=["imports", "undo", str(foreign), *as_whom])
    assert (undone.exit_code == 0) == (seen == 2), undone.output


def test_nobody_else_takes_an_import_back_on_the_page(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    foreign, own = brought_by(here, "crm_admin", tmp_path), brought_by(here, "manager", tmp_path)
    browser = here.browser("manager")
    browser.get(f"/imports/{own}")
    browser.post(f"/imports/{foreign}/undo", status=404)
    with reading(app) as session:
        assert session.get_one(ImportRun, foreign).state == "done"


def test_the_key_of_another_system_leads_nobody_beyond_their_sight(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    orders = tmp_path / "orders.csv"
    orders.write_text("Order ID,Customer,Order date\nSO-7,Duero Foods,2026-01-05\n", encoding="utf-8")
    by = here.people["crm_admin"].email
    app.test_cli_runner().invoke(args=["import", "order", str(orders), "--as", by])
    with reading(app) as session:
        assert called_elsewhere(session, Order, here.by("crm_admin"), ["SO-7"]) == {"SO-7": [1]}
        assert called_elsewhere(session, Order, here.by("elsewhere"), ["SO-7"]) == {}
