"""The funnel: how far a cohort came, what passed the stages in a time, and the records behind each figure."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from implementor.crm.opportunities.loading import Loaded, insert_opportunities
from tests.crm.opportunities.sales import Sales, sales
from tests.machinery.pages import Page
from tests.machinery.statements import counting

MARCH = "/crm/opportunities/funnel?from=2026-03-01&to=2026-03-31"
BEGIN = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
WAYS = {
    "Won one": (("qualification", 0), ("proposal", 4), ("won", 10)),
    "Lost one": (("qualification", 1), ("needs", 3), ("lost", 40)),
    "Back and forth": (("qualification", 0), ("proposal", 2), ("needs", 4), ("proposal", 8)),
    "Of February": (("qualification", -20), ("needs", 5)),
}


def load_ways(here: Sales) -> None:
    """Opportunities with their ways: stages and days after the third of March."""
    loaded = []
    for name, way in WAYS.items():
        stages = [(here.stages[key].id or 0, BEGIN + timedelta(days=days)) for key, days in way]
        loaded.append(Loaded(stages, {"name": name, "owner_id": here.people["seller"].id}))
    with here.working() as session:
        insert_opportunities(session, loaded, at=BEGIN, by_id=here.people["seller"].id)


def listed(page: Page, table: str, stage: str, column: str) -> set[str]:
    """The names in the list that a figure leads to."""
    row = next(one for one in page.all(f"{table} tbody tr") if stage in one.text_content())
    link = row.cssselect(f"[data-label='{column}'] a")[0]
    return {one["Name"] for one in page.browser.get(str(link.get("href"))).rows()}


def test_a_cohort_counts_each_sale_once_in_every_stage_it_came_to_or_past(app: Flask) -> None:
    here = sales(app)
    load_ways(here)
    page = here.browser().get(MARCH)
    came = {row["Stage"]: (row["Came so far"], row["Of the stage before"]) for row in page.rows()}
    assert came["Qualification"] == ("3", "100%")
    assert came["Analysis of needs"] == ("3", "100%")
    assert came["Proposal"] == ("2", "67%")
    assert came["Negotiation"] == ("1", "50%")
    assert came["Won"] == ("1", "100%")
    assert "Lost" not in came


def test_a_period_counts_what_passed_a_stage_in_it_whenever_it_began(app: Flask) -> None:
    here = sales(app)
    load_ways(here)
    page = here.browser().get(MARCH)
    passed = {row["Stage"]: row for row in page.rows("#funnel_period table")}
    assert (passed["Analysis of needs"]["Came in"], passed["Proposal"]["Came in"]) == ("3", "2")
    assert (passed["Proposal"]["Moves out"], passed["Proposal"]["Days here on average"]) == ("2", "4")
    assert passed["Lost"]["Came in"] == "0"


def test_every_figure_of_the_funnel_opens_its_records(app: Flask) -> None:
    here = sales(app)
    load_ways(here)
    page = here.browser().get(MARCH)
    assert listed(page, "table", "Proposal", "Came so far") == {"Won one", "Back and forth"}
    entered = listed(page, "#funnel_period table", "Analysis of needs", "Came in")
    assert entered == {"Lost one", "Back and forth", "Of February"}


def test_the_funnel_shows_nobody_what_lies_beyond_their_reach_for_the_same_statements(app: Flask) -> None:
    here = sales(app)
    browser = here.browser("elsewhere")
    browser.get(MARCH)
    with counting() as empty:
        browser.get(MARCH)
    load_ways(here)
    with counting() as full:
        page = browser.get(MARCH)
    assert {row["Came so far"] for row in page.rows()} == {"0"}
    assert len(empty) == len(full), full.beyond(empty)
