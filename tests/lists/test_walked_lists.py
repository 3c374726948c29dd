"""A filter that leaves very many rows: the page is read in its order, and is the one that sorting them finds."""

import pytest
from flask import Flask

from implementor.foundation import pages
from implementor.lists import page as list_pages
from implementor.stories.services import add_stories
from tests.crm.builders import company
from tests.machinery.statements import counting
from tests.stories.builders import START, backlog

pytestmark = pytest.mark.sqlite_only("PostgreSQL chooses by itself")


@pytest.mark.parametrize("sort", ["title", "-title", "-updated_at"])
def test_walking_to_a_page_shows_what_sorting_shows(app: Flask, monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    here = backlog(app)
    with here.working() as session:
        add_stories(session, here.scope, [f"Story {n * 37 % 90:02}" for n in range(90)], by=here.by, at=START)
    browser, url = here.browser(), here.url(f"/backlog?status=idea&size=25&sort={sort}")
    first = browser.get(url)
    second = first.follow("Next")
    monkeypatch.setattr(list_pages, "MANY", 31)
    monkeypatch.setattr(pages, "WALKED", 60)
    with counting() as asked:
        walked = browser.get(url)
    assert any("LIMIT 1 OFFSET 60" in text for text in asked), asked
    assert walked.rows("#rows") == first.rows("#rows")
    assert walked.follow("Next").rows("#rows") == second.rows("#rows")
    assert "90 rows" in first.text


@pytest.mark.parametrize(
    ("asked", "is_walked"), [("status=open&sort=-amount", False), ("currency=EUR&sort=name", True)]
)
def test_what_an_index_gives_in_order_is_not_walked_to(
    app: Flask, monkeypatch: pytest.MonkeyPatch, asked: str, is_walked: bool
) -> None:
    browser = company(app).browser()
    monkeypatch.setattr(list_pages, "MANY", -1)
    with counting() as statements:
        browser.get(f"/crm/opportunities?{asked}")
    assert any("LIMIT 1 OFFSET 6000" in text for text in statements) == is_walked
