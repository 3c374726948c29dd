"""Reference stories of each size: chosen ones first, then those that took about as long as most."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from implementor.foundation.permissions import Role
from implementor.stories.sizes import sizes_of
from implementor.stories.sizing import NoReference, choose_reference
from tests.machinery.statements import counting
from tests.stories.builders import START, Backlog, backlog

PAGE = "/projects/VEN/sizes"


@dataclass(frozen=True)
class Done:
    """A finished story that took some days."""

    number: int
    days: float | None
    is_chosen: bool = False
    points: Decimal = Decimal(3)

    @property
    def begun_at(self) -> datetime | None:
        return None if self.days is None else self.finished_at - timedelta(days=self.days)

    @property
    def finished_at(self) -> datetime:
        return datetime(2026, 5, self.number, tzinfo=UTC)


def test_chosen_ones_come_first_then_those_nearest_to_the_median() -> None:
    rows = [Done(1, 2), Done(2, 4), Done(3, 40), Done(4, 5, is_chosen=True), Done(5, None), Done(6, 4.5)]
    small, large = sizes_of([*rows, Done(7, None, points=Decimal(8))])
    assert [one.number for one in small.examples] == [4, 6, 2]
    assert (small.points, small.count, small.days) == (Decimal(3), 6, Decimal("4.5"))
    assert (large.count, large.days, [one.number for one in large.examples]) == (1, None, [7])


def test_all_chosen_ones_are_shown() -> None:
    rows = [Done(place, 2, is_chosen=place < 6) for place in range(1, 8)]
    assert sorted(one.number for one in sizes_of(rows)[0].examples) == [1, 2, 3, 4, 5]


@pytest.fixture
def here(app: Flask) -> Backlog:
    """A backlog with two finished stories of size five and one that is not."""
    made = backlog(app)
    for title in ("Import accounts", "See open quotes", "Send quotes"):
        made.ready_story(title)
    for number in (1, 2):
        with made.working() as session:
            made.one(session, number).status = "doing"
        with made.working(START + timedelta(days=number)) as session:
            made.one(session, number).status = "validated"
    return made


def test_the_page_chooses_and_the_story_shows_them_beside_its_estimate(here: Backlog) -> None:
    browser = here.browser()
    (row,) = browser.get(PAGE).rows()
    assert (row["Points"], row["Finished"], row["Days, median"]) == ("5", "2", "1.5")
    page = browser.post("/projects/VEN/stories/2/reference", {"deed": "choose"})
    assert "VEN-2 See open quotes chosen" in page.rows()[0]["Compare with"]
    assert "/projects/VEN/sizes?story=3" in browser.get("/projects/VEN/stories/3").html
    part = browser.get(f"{PAGE}?story=3", target="sizes")
    assert "this story" in part.text
    assert part.all("form") == []
    again = browser.post("/projects/VEN/stories/2/reference", {"deed": "drop"})
    assert "chosen" not in again.rows()[0]["Compare with"]
    assert here.browser(Role.VIEWER).get(PAGE).all("main form[action$=reference]") == []


def test_only_what_is_finished_and_estimated_is_compared_with(here: Backlog) -> None:
    with here.working() as session, pytest.raises(NoReference):
        choose_reference(session, here.one(session, 3), by=here.by, at=START)
    browser = here.browser()
    browser.get(PAGE)
    with counting() as few:
        browser.get(PAGE)
    for place in range(5):
        here.ready_story(f"Done {place}", status="validated")
    with counting() as many:
        browser.get(PAGE)
    assert len(many) == len(few), many.beyond(few)
