"""A file fills no field that is hidden from who brings it in, or that they may only read; they are told of it."""

import io
import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.services.access import FieldAccess, needed_fields, set_fields
from implementor.configuration.snapshots import now_live
from implementor.crm.accounts.models import Account
from implementor.crm.leads.models import Lead
from implementor.exchange.kinds import kind_named
from implementor.exchange.records.declaring import record_imports
from implementor.foundation.access import governed
from implementor.foundation.live import living
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import reading, working
from tests.crm.builders import START, Company, company
from tests.crm.importing import brought_in, counts, imported
from tests.exchange.builders import work_off
from tests.machinery.pages import Page

SHEET = "Company,City,Annual revenue,Currency,Website\nDuero,Soria,700,JPY,https://duero.example\n"
PLAIN = {"city": "Soria", "revenue_amount": None, "currency": None, "website": None}
LEADS = "First name,Company,Mobile,Converted,Lost at,Comments\nEva,Duero,+34 600 111 222,1,2026-01-05,Calls at noon\n"
TOLD = "is hidden from you or only to be read"


def shut(here: Company, kind: str, choice: FieldAccess, *names: str) -> None:
    """Hide fields from managers, or let them only read them."""
    with working(here.app) as session:
        set_fields(session, kind, {(Role.CRM_MANAGER, name): choice for name in names}, by=SYSTEM, at=START)


def the_account(here: Company) -> dict[str, object]:
    with reading(here.app) as session:
        row = session.scalars(select(Account).where(Account.name == "Duero")).one()
        return {name: getattr(row, name) for name in PLAIN}


def columns_page(here: Company, name: str) -> Page:
    form = here.browser("manager").get("/imports/new?kind=account").form("upload")
    page = form.submit({"kind": "account", "file": (io.BytesIO(SHEET.encode()), name)})
    return page.form("reading").submit(button="Next: columns")


@pytest.mark.parametrize("choice", ["hide", "see"])
def test_the_command_leaves_out_what_is_not_the_persons_to_fill(
    app: Flask, tmp_path: Path, choice: FieldAccess
) -> None:
    here = company(app)
    shut(here, "account", choice, "revenue", "website")
    by_manager = brought_in(here, "account", tmp_path, SHEET, "erp.csv", "--as", "manager@vega.example")
    assert counts(by_manager) == (1, 0, 0, 0)
    assert [one.split(" is ")[0] for one in by_manager["remarks"]] == [
        "Turnover of a year",
        "Turnover of a year: currency",
        "Website",
    ]
    assert the_account(here) == PLAIN
    assert counts(brought_in(here, "account", tmp_path, SHEET)) == (0, 1, 0, 0)
    full = the_account(here)
    assert (full["revenue_amount"], full["currency"]) == (700, "JPY")
    other = SHEET.replace("700", "9").replace("Soria", "Burgos")
    again = brought_in(here, "account", tmp_path, other, "erp.csv", "--as", "manager@vega.example")
    assert counts(again) == (0, 1, 0, 0)
    assert the_account(here) == {**full, "city": "Burgos"}


def test_asked_for_by_name_it_is_refused(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    shut(here, "account", "hide", "website")
    chart = tmp_path / "map.json"
    chart.write_text(json.dumps({"Company": "name", "Website": "website"}), encoding="utf-8")
    file = tmp_path / "erp.csv"
    file.write_text(SHEET, encoding="utf-8")
    report = imported(here, "account", file, "--map", str(chart), "--as", "manager@vega.example")
    assert [one["message"] for one in report["reasons"]] == [f"Website {TOLD}."]


def test_the_page_offers_and_takes_no_such_field(app: Flask) -> None:
    here = company(app)
    shut(here, "account", "see", "revenue", "website")
    page = columns_page(here, "erp.csv")
    assert "revenue" not in page.form("columns").options("column_2")
    assert page.text.count(TOLD) == 3
    assert page.all('[name="default_website"]') == []
    refused = page.browser.post(page.url, {**page.form("columns").values, "column_4": "website"}, status=422)
    assert f"Website {TOLD}." in refused.text
    page.form("columns").submit(button="Check all rows").form("Import 1 row").submit()
    work_off(app)
    assert the_account(here) == PLAIN


def test_what_was_chosen_before_it_was_hidden_is_told_and_left_out(app: Flask) -> None:
    here = company(app)
    checked = columns_page(here, "first.csv").form("columns").submit(button="Check all rows")
    shut(here, "account", "hide", "revenue", "website")
    checked.form("Import 1 row").submit()
    work_off(app)
    assert the_account(here) == PLAIN
    page = columns_page(here, "second.csv")
    assert "chosen as they were for the last file" in page.text
    assert page.text.count(TOLD) == 3
    page.form("columns").submit(button="Check all rows")
    shut(here, "account", "edit", "revenue", "website")
    again = columns_page(here, "third.csv").form("columns")
    assert again.value("column_2") == "revenue", "nobody forgets what somebody else had chosen"


def test_columns_that_say_the_same_in_other_words_are_shut_with_it(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    shut(here, "lead", "hide", "phone", "stage", "description")
    report = brought_in(here, "lead", tmp_path, LEADS, "funnel.csv", "--as", "manager@vega.example")
    assert counts(report) == (1, 0, 0, 0), report["reasons"]
    with reading(app) as session:
        lead = session.scalars(select(Lead)).one()
        assert (lead.phone, lead.stage, lead.description) == (None, "new", None)


def test_of_every_kind_only_what_is_open_can_be_filled(app: Flask) -> None:
    here = company(app)
    for kind in sorted(record_imports.keys() & governed.keys()):
        declared, by = record_imports[kind], here.by("manager")
        entity = declared.entity
        needed = {one.name for one in needed_fields(entity)}
        hidden = [name for name, one in entity.fields.items() if name not in needed and not one.is_order]
        shut(here, kind, "hide", *hidden)
        with reading(app) as session, living(now_live(session)):
            offered = {one.name for one in kind_named(kind).targets_for(by)} - {"external_id"}
        extra = {one.name: one for one in declared.extra}
        assert {name for name in offered if name in entity.fields} <= needed
        assert all(needed.issuperset(extra[name].fills) for name in offered & extra.keys()), kind
