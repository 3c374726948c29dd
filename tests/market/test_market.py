"""Marketing and sales together: each figure against a count by hand, and the list that it opens."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from implementor.crm.leads.lifecycle import CONVERTED, MQL, SAL, SQL
from implementor.foundation.permissions import Role
from implementor.market.rules import WAY, Stay, critical, lines_of, together
from tests.auth.builders import add_person
from tests.crm.leads.funnels import Funnel, funnel
from tests.machinery.pages import Browser, Page
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of

BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PAGE = "/projects/VEN/market/?from=2026-01-01&to=2026-03-31&days=30"
WAYS: dict[str, tuple[str, tuple[tuple[str, int], ...]]] = {
    "Quick": ("web", (("mql", 1), ("sal", 2), ("sql", 4))),
    "Slow": ("web", (("mql", 2), ("sal", 3), ("sql", 60))),
    "Gone": ("event", (("mql", 5), ("lost", 20))),
    "Taken": ("event", (("mql", 6), ("sal", 8))),
    "Raw": ("web", ()),
}
"""Name -> source, stages and days after the fifth of January."""


@pytest.fixture
def here(app: Flask) -> Funnel:
    """A company with leads, and a rollout in it."""
    made = funnel(app)
    people = [(Role.SPONSOR, made.people["elsewhere"]), (Role.MEMBER, made.people["seller"])]
    lead = add_person(app, "Lea Lead", Role.CRM_ADMIN, email="lea@lead.example")
    add_project(app, "VEN", people=[*people, (Role.PROJECT_LEAD, lead)])
    made.people["lead"] = lead
    return made


def load(here: Funnel) -> None:
    """Leads on their ways."""
    for name, (source, way) in WAYS.items():
        lead = here.lead(at=BEGIN, first_name=None, last_name=name, company=None, source=source)
        for stage, day in way:
            here.step(lead, stage, at=BEGIN + timedelta(days=day))


def reads(here: Funnel, who: str = "lead") -> Browser:
    """A browser of somebody."""
    return browser_of(here.app, here.people[who])


def way(page: Page) -> dict[str, list[str]]:
    """Source -> how many came to each stage."""
    return {row["Source"]: [text.split()[0] for text in list(row.values())[1:]] for row in page.rows("#way table")}


def by_hand(source: str | None) -> list[str]:
    """The same counted from the ways."""
    counts: Counter[str] = Counter()
    for of, steps in WAYS.values():
        began = next((day for stage, day in steps if stage == MQL), None)
        if began is None or source not in (None, of):
            continue
        reached = {stage for stage, day in steps if day - began <= 30}
        counts.update(stage for place, stage in enumerate(WAY) if reached & set(WAY[place:]))
    return [str(counts[stage]) for stage in (MQL, SAL, SQL, CONVERTED)]


def test_each_step_is_what_a_count_by_hand_finds_and_opens_its_leads(here: Funnel) -> None:
    assert "No lead was qualified in this time" in reads(here).get(PAGE).text
    load(here)
    page = reads(here).get(PAGE)
    found = way(page)
    labels = {key: value for key, value in found.items() if key != "All together"}
    assert found["All together"] == by_hand(None) == ["4", "3", "1", "0"]
    assert sorted(labels.values()) == sorted([by_hand("web"), by_hand("event")])
    row = next(one for one in page.all("#way tbody tr") if "All together" in one.text_content())
    names = {one["Name"] for one in reads(here).get(str(row.cssselect("td a")[1].get("href"))).rows()}
    assert names == {"Quick", "Slow", "Taken"}
    first = page.all("#way tbody tr")[0]
    assert {one["Name"] for one in reads(here).get(str(first.cssselect("td a")[0].get("href"))).rows()} in (
        {"Quick", "Slow"}, {"Gone", "Taken"},
    )  # fmt: skip
    file = reads(here).get(PAGE.replace("/market/?", "/market/numbers.csv?")).response.get_data(as_text=True)
    assert sum(int(line.split(",")[1]) for line in file.splitlines()[-2:]) == 4


def test_figures_lead_to_no_record_that_the_reader_cannot_open(here: Funnel) -> None:
    load(here)
    page = reads(here, "elsewhere").get(PAGE)
    assert way(page)["All together"][0] == "4", "the sponsor sees figures of everything"
    assert page.all("#way td a") == []
    reads(here, "seller").get(PAGE, status=403)


def test_sales_that_came_of_leads_and_stages_that_lose_them(here: Funnel) -> None:
    lead = here.qualified(source="web")
    here.convert(lead, account="new", contact="new", opportunity="new")
    page = reads(here).get("/projects/VEN/market/?from=2020-01-01&to=2030-01-01")
    assert "0 won, 0 lost, 1 open" in page.text
    assert "No agreement is signed by both sides" in page.text


def test_more_leads_cost_no_more_statements(here: Funnel) -> None:
    browser, counts = reads(here), []
    for _more in range(2):
        load(here)
        browser.get(PAGE)
        with counting() as statements:
            browser.get(PAGE)
        counts.append(len(statements))
    assert counts[0] == counts[1]


rows = st.lists(st.tuples(st.sampled_from(["a", "b", None, ""]), st.sampled_from(WAY), st.integers(1, 9)), max_size=20)


@given(rows)
def test_lines_add_up_and_nobody_comes_further_than_before(found: list[tuple[str | None, str, int]]) -> None:
    lines = lines_of(found)
    whole = together(lines)
    assert whole[0].count == sum(count for _value, _stage, count in found)
    for line in [*(line.steps for line in lines), whole]:
        assert all(later.count <= step.count for step, later in pairwise(line))
        assert all(step.of_last is None or 0 <= step.of_last <= 1 for step in line)
    for place in range(len(WAY)):
        assert whole[place].count == sum(line.steps[place].count for line in lines)


def test_the_slowest_stage_and_the_one_that_loses_most() -> None:
    stays = [Stay("Visit", 4, 3.0, 1), Stay("Offer", 2, 12.5, 0), Stay("Talks", 1, None, 3)]
    assert critical(stays) == (stays[1], stays[2])
    assert critical([Stay("Visit", 1, None, 0)]) == (None, None)
