"""The hand-over from order to service: from placing to dispatch, against a count by hand, opening its orders."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from implementor.crm.orders.following import Happening, note_fact
from implementor.crm.orders.models import Order
from tests.crm.builders import START, Company, company
from tests.machinery.pages import Page
from tests.machinery.statements import counting

LABEL = "From order to service"
FUNNEL = "/crm/leads/funnel?from=2026-01-01&to=2026-03-31"


def order(here: Company, reference: str, placed: int | None, dispatched: int | None = None, *more: str) -> int:
    """An order placed and dispatched so many hours after the beginning."""
    made = here.add("order", who="manager", currency="EUR", number=reference)
    here.add("order_line", who="manager", order=made, name="Thing", unit_price="100 EUR")
    facts = [("placed", placed), ("approved", dispatched and placed), ("dispatched", dispatched)]
    facts += [(kind, placed) for kind in more]
    for kind, hours in facts:
        if hours is not None:
            at = START + timedelta(hours=hours)
            with here.working("manager", at) as session:
                found = session.get_one(Order, made)
                note_fact(session, found, Happening(kind, at), by=here.by("manager"), at=at)
    return made


def row_of(page: Page) -> dict[str, str]:
    """What the page says of the hand-over."""
    return next(row for row in page.rows("#handovers table") if LABEL in row.values())


def cell(page: Page, place: int) -> str:
    """The address behind a figure of the hand-over."""
    rows = [row for row in page.tree.cssselect("#handovers tbody tr") if LABEL in row.text_content()]
    return str(rows[0].cssselect("td")[place].cssselect("a")[0].get("href"))


@pytest.fixture
def here(app: Flask) -> Company:
    """Two orders that left, one that waits, and others that do not count."""
    found = company(app)
    order(found, "QUICK", 0, 2)
    order(found, "SLOW", 0, 10)
    order(found, "WAITS", 0)
    order(found, "DRAFT", None)
    order(found, "GONE", 0, None, "cancelled")
    order(found, "LATER", 0, 24 * 60)
    return found


def test_it_stands_between_the_other_two_with_its_times(here: Company) -> None:
    page = here.browser("manager").get(FUNNEL)
    labels = [row.cssselect("th")[0].text_content() for row in page.tree.cssselect("#handovers tbody tr")]
    assert labels == ["From marketing to sales", LABEL, "From service to marketing"]
    row = row_of(page)
    assert (row["Taken over"], row["Waiting now"]) == ("2", "1")
    assert (row["Half within"], row["Longest"]) == ("6 h", "10 h")


def test_its_figures_open_exactly_their_orders(here: Company) -> None:
    browser = here.browser("manager")
    page = browser.get(FUNNEL)
    done, waiting = browser.get(cell(page, 0)), browser.get(cell(page, 4))
    known = {"QUICK", "SLOW", "WAITS", "DRAFT", "GONE", "LATER"}
    assert known & set(done.links) == {"QUICK", "SLOW"}
    assert known & set(waiting.links) == {"WAITS"}


def test_who_reaches_no_orders_counts_none(here: Company) -> None:
    page = here.browser("elsewhere").get(FUNNEL)
    assert row_of(page)["Taken over"] == "0"


def test_forty_orders_cost_the_statements_of_one(app: Flask) -> None:
    here, costs = company(app), []
    for count in (1, 40):
        for number in range(count):
            order(here, f"N{count}-{number}", 0, number + 1)
        browser = here.browser("manager")
        browser.get(FUNNEL)
        with counting() as statements:
            browser.get(FUNNEL)
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_days_are_those_of_the_reader(app: Flask) -> None:
    here = company(app)
    late = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    order(here, "EDGE", 0, int((late - START).total_seconds() // 3600))
    assert row_of(here.browser("manager").get(FUNNEL))["Taken over"] == "1"
    earlier = FUNNEL.replace("2026-03-31", "2026-03-30")
    assert row_of(here.browser("manager").get(earlier))["Taken over"] == "0"
