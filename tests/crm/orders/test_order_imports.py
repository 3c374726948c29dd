"""Orders and their lines from files: made with their customers, facts and sums, known again, and taken back whole."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.accounts.models import Account
from implementor.crm.orders.models import Order, OrderFact, OrderLine
from implementor.crm.products.models import Product
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.exchange.real_data import real

SHEET = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
536365,85123A,Lantern,6,2010-12-01 08:26:00,2.55,17850.0
536365,71053,Light,2,2010-12-01 08:26:00,3.39,17850.0
C536379,85123A,Lantern,-1,2010-12-01 09:41:00,2.55,17850.0
536366,71053,Light,-5,2010-12-01 09:45:00,0.00,
"""


def imported(here: Company, kind: str, file: Path, *options: str) -> Mapping[str, Any]:
    """Import a file by its command; the report."""
    arguments = ["import", kind, str(file), "--json", "--as", here.people["crm_admin"].email, *options]
    answer = here.app.test_cli_runner().invoke(args=arguments)
    assert answer.stdout, answer.output
    report: Mapping[str, Any] = json.loads(answer.stdout)
    return report


def bring_in(here: Company, kind: str, tmp_path: Path, text: str, name: str = "erp.csv") -> Mapping[str, Any]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return imported(here, kind, file)


def counts(report: Mapping[str, Any]) -> tuple[int, int, int, int]:
    return report["created"], report["updated"], report["unchanged"], report["refused"]


def numbered(here: Company, number: str) -> Order:
    with reading(here.app) as session:
        return session.scalars(select(Order).where(Order.number == number)).one()


def how_many(here: Company, model: Any) -> int:
    with reading(here.app) as session:
        return session.scalar(select(func.count()).select_from(model).where(model.archived_at.is_(None))) or 0


def test_invoices_line_by_line_become_orders_with_their_customer_and_a_credit_note(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    report = bring_in(here, "order_line", tmp_path, SHEET)
    assert counts(report) == (3, 0, 0, 1)
    assert "credit note" in report["reasons"][0]["message"]
    order, credit = numbered(here, "536365"), numbered(here, "C536379")
    assert (order.total_amount, order.type, order.state) == (6 * 255 + 2 * 339, "sale", "invoiced")
    assert (credit.total_amount, credit.type, credit.ordered_on) == (-255, "credit", date(2010, 12, 1))
    with reading(app) as session:
        assert session.get_one(Account, order.account_id).name == "17850"
        assert set(session.scalars(select(Product.name))) == {"Lantern", "Light"}
        facts = session.execute(select(OrderFact.kind, OrderFact.at).where(OrderFact.order_id == order.id)).all()
    assert [(row.kind, row.at) for row in facts] == [("placed", order.placed_at), ("invoiced", order.invoiced_at)]


def test_the_same_lines_again_change_nothing_and_taken_back_they_leave_nothing(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    bring_in(here, "order_line", tmp_path, SHEET)
    assert counts(bring_in(here, "order_line", tmp_path, SHEET)) == (0, 0, 3, 1)
    answer = app.test_cli_runner().invoke(args=["imports", "undo", "1", "--as", here.people["crm_admin"].email])
    assert answer.exit_code == 0, answer.output
    assert [how_many(here, model) for model in (OrderLine, Order, Product, Account)] == [0, 0, 0, 0]
    assert counts(bring_in(here, "order_line", tmp_path, SHEET)) == (3, 0, 0, 1)
    assert [how_many(here, model) for model in (OrderLine, Order, Product, Account)] == [3, 2, 2, 1]
    with reading(app) as session:
        back = session.scalars(select(Order).where(Order.archived_at.is_(None), Order.number == "536365")).one()
        facts = session.scalars(select(OrderFact.kind).where(OrderFact.order_id == back.id)).all()
    assert (back.total_amount, back.state, facts) == (6 * 255 + 2 * 339, "invoiced", ["placed", "invoiced"])


def test_an_order_in_a_row_has_the_moments_of_its_file_and_follows_a_later_one(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "OrderID,CustomerID,OrderDate,ShippedDate,Total\n7,VINET,2026-01-05,{},100.50\n"
    assert counts(bring_in(here, "order", tmp_path, text.format(""))) == (1, 0, 0, 0)
    order = numbered(here, "7")
    assert (order.state, order.total_amount, order.net_amount) == ("placed", 10050, 10050)
    assert counts(bring_in(here, "order", tmp_path, text.format("2026-01-09"))) == (0, 1, 0, 0)
    assert counts(bring_in(here, "order", tmp_path, text.format("2026-01-10"))) == (0, 1, 0, 0)
    with reading(app) as session:
        rows = session.execute(select(OrderFact.kind, OrderFact.at).order_by(OrderFact.at)).all()
    assert [(row.kind, row.at.date().isoformat()) for row in rows] == [
        ("placed", "2026-01-05"),
        ("dispatched", "2026-01-10"),
    ]
    assert numbered(here, "7").state == "dispatched"


def test_lines_give_a_known_order_their_sum_and_a_later_total_does_not_contradict_them(
    app: Flask, tmp_path: Path
) -> None:
    here = company(app)
    bring_in(here, "order", tmp_path, "OrderID,OrderDate\n7,2026-01-05\n")
    lines = "OrderID,Product,Quantity,UnitPrice,Discount,Tax\n7,P1,3,10,0.15,21%\n7,P2,1,5,,\n"
    assert counts(bring_in(here, "order_line", tmp_path, lines.replace("21%", "0.21"), "lines.csv")) == (2, 0, 0, 0)
    order = numbered(here, "7")
    assert (order.net_amount, order.tax_amount, order.total_amount) == (2550 + 500, 536, 3586)
    bring_in(here, "order", tmp_path, "OrderID,OrderDate,Total\n7,2026-01-05,99\n")
    assert numbered(here, "7").total_amount == 3586


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("OrderID,OrderDate,ShippedDate\n7,2026-01-05,2025-12-01\n", "before its day"),
        ("OrderID,OrderDate,ShippedDate,Cancelled\n7,2026-01-05,2026-01-06,2026-01-07\n", "credit note"),
        ("OrderID,OrderDate\n7,\n", "day of the order"),
    ],
)
def test_what_cannot_have_happened_is_refused(app: Flask, tmp_path: Path, text: str, reason: str) -> None:
    report = bring_in(company(app), "order", tmp_path, text)
    assert report["refused"] == 1
    assert reason in report["reasons"][0]["message"]


def test_northwind_comes_in_once_and_rows_with_stray_commas_are_named(app: Flask) -> None:
    here = company(app)
    report = imported(here, "order", real("northwind/orders.csv"))
    assert counts(report) == (654, 0, 0, 176)
    assert all("15 values, the table has 14" in one["message"] for one in report["reasons"])
    assert counts(imported(here, "order_line", real("northwind/order-details.csv"))) == (2155, 0, 0, 0)
    first = numbered(here, "10248")
    assert (first.state, first.ordered_on, first.total_amount) == ("dispatched", date(1996, 7, 4), 44000)
    with reading(app) as session:
        total = session.scalar(select(func.sum(Order.total_amount)))
        assert total == session.scalar(select(func.sum(OrderLine.total_amount))) == 126579302
    assert (how_many(here, Order), how_many(here, Account)) == (830, 67)
    for kind, name in (("order", "orders"), ("order_line", "order-details")):
        again = imported(here, kind, real(f"northwind/{name}.csv"))
        assert (again["created"], again["updated"]) == (0, 0)


def test_purchases_in_columns_of_fixed_width_become_orders_with_a_total_and_numbers_of_ours(
    app: Flask, tmp_path: Path
) -> None:
    here = company(app)
    chosen = tmp_path / "map.json"
    chosen.write_text(json.dumps({"columns": {"1": "account", "3": "ordered_on", "5": "total"}}), encoding="utf-8")
    for created, unchanged in ((6919, 0), (0, 6919)):
        report = imported(here, "order", real("cdnow/CDNOW_sample.txt"), "--map", str(chosen))
        assert counts(report) == (created, 0, unchanged, 0)
    with reading(app) as session:
        first = session.scalars(select(Order).order_by(Order.id).limit(1)).one()
        assert (first.number, first.ordered_on, first.total_amount) == ("O-1001", date(1997, 1, 1), 2933)
        assert session.get_one(Account, first.account_id).name == "00004"


@pytest.mark.slow
@pytest.mark.sqlite_only("60,000 rows; the small sheets above run on both")
def test_online_retail_becomes_invoices_and_credit_notes(app: Flask) -> None:
    here = company(app)
    report = imported(here, "order_line", real("online-retail/online_retail_first60k.csv"))
    assert report["created"] + report["refused"] == report["read"] == 60000
    with reading(app) as session:
        total = session.scalar(select(func.sum(Order.total_amount)))
        assert total == session.scalar(select(func.sum(OrderLine.total_amount)))


def test_a_discount_of_the_whole_from_a_file_counts_for_lines_that_come_before_or_after_it(
    app: Flask, tmp_path: Path
) -> None:
    here = company(app)
    order, lines = (
        "OrderID,OrderDate,Discount on the whole\n7,2026-01-05,{}\n",
        "OrderID,Product,Quantity,UnitPrice,Tax\n",
    )
    bring_in(here, "order", tmp_path, order.format("10%"))
    bring_in(here, "order_line", tmp_path, f"{lines}7,P1,3,0.55,21%\n7,P2,1,5,4%\n", "lines.csv")
    stored = numbered(here, "7")
    assert (stored.discount_ratio, stored.net_amount, stored.tax_amount) == (Decimal("0.1"), 148 + 450, 31 + 18)
    bring_in(here, "order", tmp_path, order.format("50%"))
    assert numbered(here, "7").total_amount == 82 + 250 + 17 + 10
