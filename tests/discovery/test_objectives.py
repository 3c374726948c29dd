"""Objectives in figures: stated, taken over, judged by metrics, worth something, served by stories, drawn as a map."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.discovery.models import Benefit, Objective, StoryObjective
from implementor.metrics.models import Metric
from implementor.stories.models import Story
from tests.auth.builders import reading
from tests.discovery.builders import Direction, direction
from tests.machinery.statements import counting

DIRECTION, LIST = "/projects/VEN/direction", "/projects/VEN/objectives"


def of_kind(there: Direction, model: Any) -> list[Any]:
    with reading(there.app) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def test_an_empty_project_is_offered_the_three_goals_of_every_crm(app: Flask) -> None:
    there = direction(app)
    browser = there.aim.browser()
    assert "Nobody has stated objectives in figures yet." in browser.get("/projects/VEN").text
    page = browser.get(DIRECTION).form("form[action$='/direction/goals']").submit()
    assert {"A shorter sales cycle", "A better closing rate", "More income"} <= set(page.links)
    assert "3 objectives cannot be judged yet" in page.text
    assert [(one.unit, one.direction) for one in of_kind(there, Metric)] == [
        ("days", "down"), ("percent", "up"), ("money", "up"),
    ]  # fmt: skip
    assert page.all("form[action$='/direction/goals']") == []
    browser.post(f"{DIRECTION}/goals", {})
    assert len(of_kind(there, Objective)) == 3
    assert "Goals in figures" in browser.get("/projects/VEN").text


def test_an_objective_is_stated_judged_and_shown_against_its_baseline(app: Flask) -> None:
    there = direction(app)
    metric_id = there.aim.metric(due_on=date(2025, 4, 11), baseline_on=date(2025, 1, 1))
    there.aim.measure(metric_id, (date(2025, 3, 1), "44"), (date(2025, 4, 1), "39"))
    browser = there.aim.browser()
    page = browser.get(LIST).follow("New objective")
    page = page.form("main form").submit(statement="A shorter cycle", priority="high", perspective="internal")
    assert "It cannot be judged yet" in page.text
    page = page.form("#judge").submit(metric=str(metric_id))
    assert "It cannot be judged yet" not in page.text
    assert page.texts("#metrics tbody td")[:3] == ["50 days", "39 days On target", "40 days Apr 11, 2025"]
    board = browser.get(DIRECTION)
    assert "1 of 1" in board.text
    assert len(board.all("svg.sparkline")) == 1
    assert "On target" in browser.get("/projects/VEN").text
    assert "A shorter cycle" in browser.get(f"/projects/VEN/metrics/{metric_id}").links


def test_a_metric_of_another_project_judges_nothing_here(app: Flask) -> None:
    there, elsewhere = direction(app), direction(app, "SER")
    foreign, objective_id = elsewhere.aim.metric(), there.objective()
    browser = there.aim.browser()
    browser.get(LIST)
    browser.post(f"{LIST}/{objective_id}/metrics", {"metric": str(foreign)}, status=404)
    elsewhere.aim.browser().get(f"{LIST}/{objective_id}", status=404)


def test_a_benefit_has_an_amount_a_rhythm_and_a_confidence(app: Flask) -> None:
    there = direction(app)
    objective_id = there.objective()
    page = there.aim.browser().get(f"{LIST}/{objective_id}")
    refused = page.form("#add_benefit").submit(status=422, title="", amount="lots", rhythm="year")
    assert "Benefit is needed." in refused.text
    page = page.form("#add_benefit").submit(title="Less overtime", amount="12,500 EUR", rhythm="year", confidence="70")
    assert page.texts("#benefits tbody td")[:2] == ["€12,500.00 Each year", "70%"]
    (stored,) = of_kind(there, Benefit)
    assert (stored.amount, stored.currency, stored.confidence) == (1_250_000, "EUR", Decimal("0.7"))
    page = page.follow("Edit Less overtime").form("main form").submit(amount="")
    assert of_kind(there, Benefit)[0].currency is None


def test_a_story_serves_several_objectives_and_the_first_is_its_main_one(app: Flask) -> None:
    there = direction(app)
    one, other = there.objective("First things"), there.objective("Second things")
    number = there.story()
    browser = there.aim.browser("member")
    page = browser.get(f"/projects/VEN/stories/{number}")
    for objective_id in (one, other):
        page = page.form("#serve").submit(objective=str(objective_id))
    assert page.texts("#objectives_of_story li a") == ["First things", "Second things"]
    assert "Send the quote" in browser.get(f"/projects/VEN/backlog?objective={other}").links
    columns = browser.get("/projects/VEN/backlog?columns=title,objective")
    assert "First things; Second things" in columns.text
    page = page.form(f"form[action$='/{one}/removal']").submit()
    assert page.texts("#objectives_of_story li a") == ["Second things"]
    assert "Send the quote" not in browser.get("/projects/VEN/backlog?objective=none").links


def test_many_stories_get_their_objective_at_once_and_one_undo_takes_it_back(app: Flask) -> None:
    there = direction(app)
    objective_id = there.objective()
    for title in ("One", "Two"):
        there.story(title)
    browser = there.aim.browser()
    browser.get("/projects/VEN/backlog")
    with reading(app) as session:
        ids = [str(key) for key in session.scalars(select(Story.id))]
    sent = {"ids": ids, "change": "objective", "objective": str(objective_id), "step": "apply"}
    browser.post("/projects/VEN/lists/story/bulk", sent)
    assert len(of_kind(there, StoryObjective)) == 2
    there.aim.undo()
    assert of_kind(there, StoryObjective) == []


def test_the_map_draws_the_chain_and_marks_its_gaps(app: Flask) -> None:
    there = direction(app)
    whole, bare = there.objective("A shorter cycle"), there.objective("Happier people", priority=None)
    metric_id = there.aim.metric()
    there.judge(whole, metric_id)
    there.benefit(whole, metric_id=metric_id)
    there.story("Send the quote", whole)
    there.story("Of nobody")
    page = there.aim.browser("viewer").get(f"{DIRECTION}/map")
    drawn = {link.get("href"): link.findtext("title") for link in page.all("#benefit_map a")}
    assert drawn[f"/projects/VEN/metrics/{metric_id}"] == "Sales cycle"
    assert drawn[f"{LIST}/{bare}"] == "Happier people"
    assert "3 gaps are marked with dashes." in page.text
    assert page.links["1 story serves no objective"].endswith("objective=none")
    assert len(page.all("#benefit_map .map-gap")) == 3
    assert {"Happier people", "Sales cycle", "VEN-1 Send the quote"} <= set(page.texts("#map_list a"))


def test_direction_and_map_cost_the_same_for_one_objective_and_for_ten(app: Flask) -> None:
    there = direction(app)

    def add(name: str) -> None:
        objective_id, metric_id = there.objective(name), there.aim.metric(name=f"Metric of {name}")
        there.judge(objective_id, metric_id)
        there.benefit(objective_id)
        there.story(f"Story of {name}", objective_id)

    add("First")
    browser = there.aim.browser()
    pages = (DIRECTION, f"{DIRECTION}/map", LIST, "/projects/VEN")
    counts = []
    for more in (0, 9):
        for place in range(more):
            add(f"Further {place}")
        for url in pages:
            browser.get(url)
        with counting() as seen:
            for url in pages:
                browser.get(url)
        counts.append(seen)
    assert len(counts[1]) <= len(counts[0]), counts[1].beyond(counts[0])


def test_an_archived_objective_leaves_the_page_and_its_undo_brings_it_back(app: Flask) -> None:
    there = direction(app)
    objective_id = there.objective("Put away soon")
    page = there.aim.browser().get(f"{LIST}/{objective_id}")
    page.form("form[action$='archive']").submit()
    assert "Put away soon" not in page.browser.get(DIRECTION).text
    there.aim.undo()
    assert "Put away soon" in page.browser.get(DIRECTION).text
