"""List pages: narrowed, ordered, grouped and paged by their address, at a cost that no row adds to."""

from typing import Any

import pytest
from flask import Flask

from implementor.foundation.permissions import Role
from implementor.stories.services import add_stories
from tests.machinery.pages import Page
from tests.machinery.statements import counting
from tests.stories.builders import START, Backlog, backlog


def filled(app: Flask) -> Backlog:
    here = backlog(app)
    here.story("Accounts", value=10, moscow="could", tags="crm", owner=here.lead.id, status="ready")
    here.story("Ánimo", value=30, moscow="must", points="3")
    here.story("contacts 100%", moscow="should", owner=here.people[Role.MEMBER].id)
    here.story("Quotes", value=20, points="8", tags="crm, sales", status="dropped")
    return here


def titles(page: Page) -> list[str]:
    return [row["Title"] for row in page.rows("#rows") if row.get("Title")]


def open_list(here: Backlog, query: str = "", **options: Any) -> Page:
    return here.browser().get(here.url(f"/backlog?{query}"), **options)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "Accounts,Ánimo,contacts 100%,Quotes"),
        ("status=ready,dropped", "Accounts,Quotes"),
        ("owner=me", "Accounts"),
        ("owner=none", "Ánimo,Quotes"),
        ("value=15..", "Ánimo,Quotes"),
        ("points=none", "Accounts,contacts 100%"),
        ("tags=CRM", "Accounts,Quotes"),
        ("tags=none", "Ánimo,contacts 100%"),
        ("q=animo", "Ánimo"),
        ("q=VEN-4", "Quotes"),
        ("sort=title", "Accounts,Ánimo,contacts 100%,Quotes"),
        ("sort=-title", "Quotes,contacts 100%,Ánimo,Accounts"),
        ("sort=value", "Accounts,Quotes,Ánimo,contacts 100%"),
        ("sort=-value", "Ánimo,Quotes,Accounts,contacts 100%"),
        ("sort=moscow", "Ánimo,contacts 100%,Accounts,Quotes"),
        ("sort=nothing&size=7&view=²&columns=nothing", "Accounts,Ánimo,contacts 100%,Quotes"),
    ],
)
def test_an_address_arranges_the_list(app: Flask, query: str, expected: str) -> None:
    assert ",".join(titles(open_list(filled(app), query))) == expected


def test_what_the_filter_cannot_mean_is_told_and_left_out(app: Flask) -> None:
    page = open_list(filled(app), "value=many&q=%00accounts")
    assert "Filter left out" in page.text
    assert titles(page) == ["Accounts"]


def test_a_filter_that_nothing_fits_leads_back_to_the_whole_list(app: Flask) -> None:
    page = open_list(filled(app), "q=zzz")
    assert len(titles(page.follow("Show the whole list"))) == 4


def test_columns_are_chosen_and_the_order_is_never_one(app: Flask) -> None:
    page = open_list(filled(app), "columns=title&columns=moscow,rank")
    assert [cell.strip() for cell in page.texts("#rows thead th") if cell.strip()][-2:] == ["Title", "Priority"]
    assert not page.all("#column_rank")


def test_groups_come_in_order_with_their_sizes(app: Flask) -> None:
    groups = open_list(filled(app), "group=moscow").texts(".group-row")
    assert [group.split(":")[1].split()[0] for group in groups] == ["Must", "Should", "Could", "none"]
    assert all("1" in group for group in groups)


def test_pages_follow_each_other_to_the_end_and_back(app: Flask) -> None:
    here = backlog(app)
    with here.working() as session:
        add_stories(session, here.scope, [f"Story {n:02}" for n in range(60)], by=here.by, at=START)
    page = open_list(here, "size=25&sort=-title")
    seen = [titles(page)]
    while "Next" in page.links:
        page = page.follow("Next")
        seen.append(titles(page))
    assert [len(part) for part in seen] == [25, 25, 10]
    assert [title for part in seen for title in part] == [f"Story {n:02}" for n in range(59, -1, -1)]
    assert titles(page.follow("Previous")) == seen[1]
    assert "60 rows" in page.text


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJ4IiwieCJd", "W251bGwsbnVsbF0", "é"])
def test_a_page_that_cannot_be_is_refused(app: Flask, cursor: str) -> None:
    here = filled(app)
    for sort in ("rank", "value", "created_at", "points"):
        page = open_list(here, f"sort={sort}&after={cursor}", status=None)
        assert page.status in (200, 409)


def test_one_row_and_forty_cost_the_same_statements(app: Flask) -> None:
    here = backlog(app)
    browser = here.browser()
    costs = []
    for count in (1, 39):
        for _ in range(count):
            here.story(owner=here.lead.id)
        with counting() as seen:
            browser.get(here.url("/backlog?group=owner"))
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_filtering_in_place_answers_the_list_alone(app: Flask) -> None:
    here = filled(app)
    browser = here.browser()
    browser.get(here.url("/backlog"))
    part = browser.get(here.url("/backlog?q=animo"), target="list_region")
    assert not part.is_whole
    assert titles(part) == ["Ánimo"]


def test_a_project_s_records_are_not_reached_outside_of_it(app: Flask) -> None:
    here, other = filled(app), backlog(app, "NOR")
    foreign = other.stored(other.story("Canary")).id
    browser = here.browser()
    for address in (
        "/lists/story/export.csv",
        "/records/story/new",
        f"/records/story/{foreign}/edit",
        here.url(f"/records/story/{foreign}/edit"),
        here.url(f"/records/story/{10**20}/edit"),
        here.url("/records/nothing/1/edit"),
        here.url("/records/story/1/fields/nothing"),
    ):
        assert "Canary" not in browser.get(address, status=404).html
    browser.get(here.url("/backlog"))
    assert browser.post("/lists/story/bulk", {"ids": "1"}, status=404).status == 404
    assert "Canary" not in browser.post(here.url("/lists/story/bulk"), {"ids": str(foreign)}).html


def test_the_order_is_moved_by_form_by_row_and_to_the_ends(app: Flask) -> None:
    here = filled(app)
    browser = here.browser()
    page = browser.get(here.url("/stories/4/place"))
    page.form(here.url("/stories/4/place")).submit(place="before", other="VEN-2")
    assert here.order() == [1, 4, 2, 3]
    for sent, expected in (
        ({"place": "last"}, [1, 2, 3, 4]),
        ({"after": "1"}, [1, 4, 2, 3]),
        ({"before": "1", "after": ""}, [4, 1, 2, 3]),
        ({"place": "first"}, [4, 1, 2, 3]),
    ):
        answer = browser.open(
            "POST",
            here.url("/backlog/order"),
            204,
            None,
            {"Accept": "application/json"},
            data={"card": "4", "csrf_token": browser.token(), **sent},
        )
        assert "X-Implementor-Told" in answer.response.headers
        assert here.order() == expected
    refused = page.form(here.url("/stories/4/place")).submit(place="after", other="nobody", status=422)
    assert "other" in refused.form(here.url("/stories/4/place")).errors
