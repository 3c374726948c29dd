"""Exchange rates: read without guessing, found by day, converted to the cent, refused by name when missing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.calendars import queries
from implementor.calendars.exchange_rates import BadRate, converted, read_rate, read_table
from implementor.calendars.services import rates
from implementor.calendars.services.rates import NoRate
from implementor.foundation.errors import InvalidInput
from implementor.foundation.money import BadAmount
from implementor.foundation.permissions import SYSTEM, Role
from implementor.web.database import db
from tests.auth.builders import add_person, reading, sign_in, working
from tests.machinery.pages import Browser

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language", "rate"),
    [("1.0852", "en", "1.0852"), ("1,0852", "es", "1.0852"), ("0.5", "es", "0.5"), ("4.125,5", "es", "4125.5"),
     ("36500", "es", "36500"), ("1.085", "en", "1.085"), ("0,125", "en", "0.125")],
)  # fmt: skip
def test_rates_are_read(text: str, language: str, rate: str) -> None:
    assert read_rate(text, language) == Decimal(rate)


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.085", "1e5", "9000001", "0.0000000000001", "NaN", "9" * 4000, "1,2,3"]
)
def test_what_could_be_read_in_two_ways_or_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(BadRate):
        read_rate(text, "es")


def test_a_rate_may_be_given_the_other_way_round() -> None:
    assert read_rate("40", "en", is_inverse=True) == Decimal("0.025")


@settings(deadline=None)
@given(st.integers(-(10**13), 10**13))
def test_converting_there_and_back_keeps_amounts_of_like_units(minor: int) -> None:
    known = {"EUR": Decimal(1), "USD": Decimal("0.8")}
    assert converted(converted(minor, "EUR", "USD", known), "USD", "EUR", known) == pytest.approx(minor, abs=1)


def test_halves_go_to_the_even_neighbour_and_digits_differ() -> None:
    known = {"EUR": Decimal(1), "USD": Decimal("0.5"), "JPY": Decimal("0.00625"), "KWD": Decimal("3")}
    assert [converted(minor, "USD", "EUR", known) for minor in (1, 3, 5, -1)] == [0, 2, 2, 0]
    assert converted(100, "JPY", "EUR", known) == 62
    assert converted(1000, "KWD", "EUR", known) == 300
    with pytest.raises(BadAmount):
        converted(10**15, "EUR", "JPY", known)


def test_a_pasted_table_is_kept_whole_or_not_at_all() -> None:
    read = read_table("Moneda;Fecha;Tasa\nUSD;2026-03-31;0,9215\nves;31/03/2026;0,0274\n", "EUR", "es")
    assert [(one.currency, one.rated_on, one.rate) for one in read] == [
        ("USD", date(2026, 3, 31), Decimal("0.9215")), ("VES", date(2026, 3, 31), Decimal("0.0274"))]  # fmt: skip
    for wrong in (
        "",
        "USD;2026-03-31",
        "XXX;2026-03-31;1",
        "EUR;2026-03-31;1",
        "USD;2026-02-30;1",
        "USD;2026-02-03;x\n" * 30,
    ):
        with pytest.raises(InvalidInput) as refused:
            read_table(wrong, "EUR", "en")
        assert set(refused.value.errors) == {"table"}


def test_the_newest_rate_not_after_the_day_counts(app: Flask) -> None:
    with working(app) as session:
        rates.choose_base_currency(session, "EUR", by=SYSTEM, at=AT)
        for day, rate in (("2026-01-01", "0.9"), ("2026-02-01", "0.8"), ("2026-02-01", "0.85")):
            rates.enter_rate(
                session, currency="USD", rated_on=date.fromisoformat(day), rate=Decimal(rate), by=SYSTEM, at=AT
            )
    with reading(app) as session:
        found = [rates.rate_on(session, "USD", date(2026, *day)) for day in ((1, 31), (2, 1), (11, 1))]
        assert found == [Decimal("0.9"), Decimal("0.85"), Decimal("0.85")]
        assert rates.convert(session, 1000, "USD", "EUR", day=date(2026, 1, 5)) == 900
        assert rates.rates_on(session, date(2026, 1, 5)) == {"EUR": 1, "USD": Decimal("0.9")}
        for currency in ("USD", "VES"):
            with pytest.raises(NoRate, match=rf"{currency} to EUR for 2025-12-31.*Settings, Currencies"):
                rates.rate_on(session, currency, date(2025, 12, 31))


def test_many_rates_replace_those_of_the_same_day(app: Flask) -> None:
    table = "USD;2026-03-31;0.9\nUSD;2026-03-30;0.8\nUSD;2026-03-31;0.95"
    with working(app) as session:
        rates.choose_base_currency(session, "EUR", by=SYSTEM, at=AT)
        read = read_table(table, "EUR", "en")
        assert [rates.enter_rates(session, read, by=SYSTEM, at=AT) for _time in range(2)] == [2, 0]
        assert rates.rate_on(session, "USD", date(2026, 4, 1)) == Decimal("0.95")
        with pytest.raises(InvalidInput):
            rates.enter_rates(session, read_table("USD;2090-01-01;1", "EUR", "en"), by=SYSTEM, at=AT)


@pytest.fixture
def admin(app: Flask, browser: Browser) -> Browser:
    """The browser of a CRM administrator."""
    sign_in(browser, add_person(app, "Ada", Role.CRM_ADMIN), to="/settings/currencies")
    return browser


def test_rates_are_entered_on_the_page_and_can_be_taken_back(admin: Browser) -> None:
    page = admin.get("/settings/currencies").form("choose_base").submit(base="EUR")
    page = page.form("add_rate").submit(currency="VES", rated_on="2026-03-31", rate="40", direction="inverse")
    assert page.rows()[0]["One unit in EUR"] == "0.025"
    page = admin.get("/settings/currencies/VES")
    assert len(page.rows()) == 1
    page = admin.get("/settings/currencies").form("add_rate").submit(currency="USD", rated_on="2026-03-31", rate="1")
    page.form("Undo").submit(status=None)
    assert len(admin.get("/settings/currencies").rows()) == 1


def test_wrong_entries_stay_on_the_page(admin: Browser) -> None:
    page = admin.get("/settings/currencies").form("add_rate").submit(rated_on="2026-03-31", rate="x", status=422)
    assert "not an exchange rate" in page.form("add_rate").errors["rate"]
    page = admin.get("/settings/currencies").form("add_rates").submit(table="USD;x;1\nEUR;;", status=422)
    assert "Line 1" in page.form("add_rates").errors["table"]
    assert "No exchange rates yet" in admin.get("/settings/currencies").text
    admin.post("/settings/currencies/base", {"base": "ZZZ"}, status=422)
    admin.get("/settings/currencies/zzz", status=404)


def test_rates_of_a_day_are_found_by_index(app: Flask) -> None:
    statement = queries.newest_rate(currency="USD", base="EUR", day=AT.date())
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        sql = str(statement.compile(connection, compile_kwargs={"literal_binds": True}))
        explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        plan = " ".join(str(row) for row in connection.exec_driver_sql(explain + sql))
    assert "uq_currency_rate_base_currency_rated_on" in plan or "sqlite_autoindex_currency_rate" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
