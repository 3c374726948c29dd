"""The funnel: cohorts by month and what passed in a time, against a count by hand; every figure opens its leads."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.crm.leads.funnel import Month, cohorts, months_of
from implementor.crm.leads.lifecycle import CONVERTED, LOST, MQL, RECYCLED, SAL, SQL, WAY, facts_of
from tests.crm.leads.funnels import Funnel, funnel
from tests.machinery.pages import Page
from tests.machinery.statements import counting

BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PAGE = "/crm/leads/funnel?from=2026-01-01&to=2026-03-31&days=30"
WAYS: dict[str, tuple[tuple[str, int], ...]] = {
    "Quick": (("mql", 1), ("sal", 2), ("sql", 4)),
    "Slow": (("mql", 2), ("sal", 3), ("sql", 60)),
    "Back": (("mql", 3), ("sal", 4), ("recycled", 10), ("new", 30), ("mql", 40), ("sal", 41)),
    "Gone": (("mql", 5), ("lost", 70)),
    "Late": (("mql", 45),),
    "Raw": (),
}
"""Name -> stages and days after the fifth of January."""


def load_ways(here: Funnel) -> None:
    for name, way in WAYS.items():
        lead = here.lead(at=BEGIN, first_name=None, last_name=name, company=None)
        for stage, day in way:
            here.step(lead, stage, at=BEGIN + timedelta(days=day))


def by_hand(days: int) -> dict[str, Counter[str]]:
    """The cohorts as a person would count them: month -> stage -> how many came there or beyond within the days."""
    found: dict[str, Counter[str]] = {}
    for way in WAYS.values():
        cycles: list[list[tuple[str, int]]] = [[]]
        for stage, day in way:
            if stage == "new":
                cycles.append([])
            cycles[-1].append((stage, day))
        for cycle in cycles:
            began = next((day for stage, day in cycle if stage == MQL), None)
            if began is None:
                continue
            reached = {stage for stage, day in cycle if day - began <= days}
            month = f"{BEGIN + timedelta(days=began):%Y-%m}"
            found.setdefault(month, Counter()).update(
                stage for stage in (MQL, SAL, SQL, CONVERTED) if reached & set(WAY[WAY.index(stage) :])
            )
            found[month].update(reached & {RECYCLED, LOST})
    return found


def shown(page: Page) -> dict[str, tuple[str, ...]]:
    """Month -> the figures of its row, without their shares."""
    rows = page.rows("#funnel_cohorts table")
    return {row["Month"].split(" Not")[0]: tuple(text.split()[0] for text in list(row.values())[1:]) for row in rows}


def test_cohorts_agree_with_a_count_by_hand(app: Flask) -> None:
    here = funnel(app)
    load_ways(here)
    page = here.browser().get(PAGE)
    hand = by_hand(30)
    for label, month in (("January 2026", "2026-01"), ("February 2026", "2026-02"), ("March 2026", "2026-03")):
        counted = hand.get(month, Counter())
        wanted = tuple(str(counted[stage]) for stage in (MQL, SAL, SQL, CONVERTED, RECYCLED, LOST))
        assert shown(page)[label] == wanted, month
    assert hand["2026-01"][MQL] == 4
    assert hand["2026-02"][MQL] == 2


def listed(page: Page, table: str, row: str, column: str) -> set[str]:
    """The names in the list that a figure leads to."""
    found = next(one for one in page.all(f"{table} tbody tr") if row in one.text_content())
    link = found.cssselect(f"[data-label='{column}'] a")[0]
    return {one["Name"] for one in page.browser.get(str(link.get("href"))).rows()}


def test_every_figure_opens_its_leads(app: Flask) -> None:
    here = funnel(app)
    load_ways(here)
    page = here.browser().get(PAGE)
    cohort = "#funnel_cohorts table"
    assert listed(page, cohort, "January 2026", "MQL") == {"Quick", "Slow", "Back", "Gone"}
    assert listed(page, cohort, "January 2026", "Sales qualified (SQL)") == {"Quick"}
    assert listed(page, cohort, "January 2026", "Recycled") == {"Back"}
    assert listed(page, "#funnel_flow table", "Lost", "Leads") == {"Gone"}
    assert listed(page, "#handovers table", "From marketing to sales", "Taken over") == {"Quick", "Slow", "Back"}
    assert listed(page, "#handovers table", "From marketing to sales", "Waiting now") == {"Late"}


def test_what_passed_in_a_time_counts_a_lead_once_in_each_cycle(app: Flask) -> None:
    here = funnel(app)
    load_ways(here)
    page = here.browser().get(PAGE)
    rows = {row["Stage"]: row["Came in"] for row in page.rows("#funnel_flow table")}
    leads = {row["Stage"]: row["Leads"] for row in page.rows("#funnel_flow table")}
    assert leads["New (not yet qualified)"] == str(len(listed(page, "#funnel_flow table", "New", "Leads")))
    assert (rows["New (not yet qualified)"], rows["Marketing qualified (MQL)"], rows["Accepted by sales (SAL)"]) == (
        "7",
        "6",
        "4",
    )
    assert (rows["Sales qualified (SQL)"], rows["Recycled"], rows["Lost"]) == ("2", "1", "1")


def test_nobody_counts_what_they_cannot_see_and_rows_cost_no_statements(app: Flask) -> None:
    here = funnel(app)
    browser = here.browser("elsewhere")
    browser.get(PAGE)
    with counting() as empty:
        browser.get(PAGE)
    load_ways(here)
    with counting() as full:
        page = browser.get(PAGE)
    assert {row["MQL"] for row in page.rows("#funnel_cohorts table")} == {"0"}
    assert len(empty) == len(full), full.beyond(empty)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 1), st.sampled_from([MQL, SAL, SQL, CONVERTED])), st.integers(0, 50)))
def test_a_later_stage_never_has_more_than_an_earlier_one(furthest: dict[tuple[int, str], int]) -> None:
    months = months_of(date(2026, 1, 1), date(2026, 2, 28))
    for one in cohorts(months, furthest, {}, days=90, today=date(2026, 3, 1)):
        counts = [one.counts[stage] for stage in (MQL, SAL, SQL, CONVERTED)]
        assert counts == sorted(counts, reverse=True)
        assert one.qualified == counts[0]


def test_months_are_clipped_to_the_time_asked_for() -> None:
    first, last = date(2026, 1, 15), date(2026, 3, 10)
    found = months_of(first, last)
    assert found[0] == Month(first, date(2026, 1, 31))
    assert (len(found), found[-1].last) == (3, last)


@given(st.lists(st.sampled_from(["mql", "sal", "sql", "recycled", "lost", "new"]), max_size=12))
def test_no_stage_is_first_twice_in_a_cycle(stages: list[str]) -> None:
    way = [("new", BEGIN), *((stage, BEGIN + timedelta(days=day)) for day, stage in enumerate(stages, 1))]
    first = [(fact.cycle, fact.to_stage) for fact in facts_of(way) if fact.is_first]
    assert len(first) == len(set(first))
