"""The page of a story: its parts are added and settled there, its links refuse circles, its rights hold."""

from typing import Any

import pytest
from flask import Flask

from implementor.foundation.permissions import Role
from implementor.governance.services import raise_obstacle, resolve_obstacle
from implementor.stories.part_services import block_story
from implementor.stories.queries import story_by_number
from tests.history.builders import area
from tests.machinery.pages import Page
from tests.machinery.statements import counting
from tests.stories.builders import START, Backlog, backlog

PARTS: list[tuple[str, dict[str, Any], str]] = [
    ("criterion", {"criterion-text": "Every account is there"}, "Every account is there"),
    (
        "criterion",
        {"criterion-given": "a seller", "criterion-when": "she opens", "criterion-then": "it is there"},
        "it is there",
    ),
    ("task", {"task-title": "Map the columns", "task-estimate_hours": "4,5"}, "4.5 of 4.5 hours left"),
    ("user_test", {"user_test-title": "Find a customer", "user_test-script": "1. Search"}, "Find a customer"),
    ("open_matter", {"open_matter-question": "Who owns the duplicates?"}, "Who owns the duplicates?"),
    ("story_effort", {"story_effort-profile": "Analyst", "story_effort-hours": "12"}, "Analyst: 12 hours"),
]


def part_action(kind: str, number: int = 1) -> str:
    return f"/projects/VEN/stories/{number}/parts/{kind}"


def settle(page: Page, kind: str, part_id: int, status: int = 200, **values: Any) -> Page:
    return page.browser.post(f"{part_action(kind)}/{part_id}", values, status=status)


@pytest.mark.parametrize(("kind", "values", "shown"), PARTS)
def test_parts_are_added_on_the_page_and_taken_back(app: Flask, kind: str, values: dict[str, Any], shown: str) -> None:
    here = backlog(app)
    here.story()
    browser = here.browser()
    page = browser.get(here.url(f"/stories/1/parts/{kind}/new")).form(part_action(kind)).submit(values)
    assert shown in page.text
    assert shown not in page.form("Undo").submit().browser.get(here.url("/stories/1")).text


@pytest.mark.parametrize("kind", ["criterion", "task", "user_test", "open_matter", "story_effort"])
def test_an_empty_part_is_refused_beside_its_field(app: Flask, kind: str) -> None:
    here = backlog(app)
    here.story()
    page = here.browser().get(here.url(f"/stories/1/parts/{kind}/new")).form(part_action(kind)).submit(status=422)
    assert page.form(part_action(kind)).errors


def test_criteria_and_tasks_are_settled_and_opened_again(app: Flask) -> None:
    here = backlog(app)
    number = here.story()
    for kind, values in (("criterion", {"text": "Holds"}), ("task", {"title": "Map", "estimate_hours": "4"})):
        part_id = here.part(number, kind, **values)
        page = here.browser().get(here.url("/stories/1"))
        settled = settle(page, kind, part_id, deed="settle")
        assert "1/1" in settled.find(f"#{kind}_part").text_content()
        assert "0/1" in settle(page, kind, part_id, deed="reopen").find(f"#{kind}_part").text_content()


def test_a_test_is_signed_after_its_last_run_passed_and_a_failure_becomes_a_story(app: Flask) -> None:
    here = backlog(app)
    test = here.part(here.story(), "user_test", title="Find a customer")
    page = here.browser().get(here.url("/stories/1"))
    assert settle(page, "user_test", test, status=409, deed="sign").status == 409
    failed = settle(page, "user_test", test, deed="run", result="failed", note="Nothing comes", defect="1")
    assert "VEN-2" in failed.find("#user_test_part").text_content()
    assert here.stored(2).title == "Fails in test: Find a customer"
    settle(page, "user_test", test, status=409, deed="sign")
    settle(page, "user_test", test, deed="run", result="passed")
    assert "Signed" in settle(page, "user_test", test, deed="sign").find("#user_test_part").text_content()


def test_a_matter_is_answered_and_opened_again(app: Flask) -> None:
    here = backlog(app)
    matter = here.part(here.story(), "open_matter", question="Who?")
    page = here.browser().get(here.url("/stories/1"))
    answered = settle(page, "open_matter", matter, deed="answer", answer="Sales")
    assert "Answered" in answered.find("#open_matter_part").text_content()
    reopened = settle(page, "open_matter", matter, deed="answer", answer=" ")
    assert "Open" in reopened.find("#open_matter_part .badge").text_content()


def test_an_area_is_asked_once_and_says_what_must_change(app: Flask) -> None:
    here = backlog(app)
    here.story()
    sales = area(app, "Sales")
    ask, browser = here.url("/stories/1/parts/area_review/new"), here.browser()
    page = browser.get(ask).form(part_action("area_review")).submit({"area_review-area": sales})
    again = browser.get(ask).form(part_action("area_review")).submit({"area_review-area": sales}, status=422)
    assert "asked already" in again.text
    settle(page, "area_review", 1, status=409, deed="decide", verdict="changes")
    decided = settle(page, "area_review", 1, deed="decide", verdict="changes", comment="Say which")
    assert "Changes asked" in decided.find("#area_review_part").text_content()
    approved = settle(page, "area_review", 1, deed="decide", verdict="approved")
    assert "Approved" in approved.find("#area_review_part").text_content()


@pytest.mark.parametrize(
    ("role", "kind", "deed", "status"),
    [
        (Role.SPONSOR, "area_review", "decide", 200),
        (Role.SPONSOR, "area_review", "archive", 403),
        (Role.SPONSOR, "task", "settle", 403),
        (Role.VIEWER, "area_review", "decide", 403),
        (Role.VIEWER, "task", "archive", 403),
        (Role.MEMBER, "task", "archive", 200),
        (Role.MEMBER, "task", "sign", 400),
    ],
)
@pytest.mark.sqlite_only("the rule is in Python; one database shows it")
def test_who_may_do_what_with_parts(app: Flask, role: Role, kind: str, deed: str, status: int) -> None:
    here = backlog(app)
    values: dict[str, Any] = {"title": "Map"} if kind == "task" else {"area": area(app)}
    part_id = here.part(here.story(), kind, **values)
    page = here.browser(role).get(here.url("/stories/1"))
    settle(page, kind, part_id, status=status, deed=deed, verdict="approved")


def link(here: Backlog, number: int, other: str, kind: str = "waits", status: int = 200) -> Page:
    page = here.browser().get(here.url(f"/stories/{number}"))
    return page.form(here.url(f"/stories/{number}/links")).submit(other=other, kind=kind, status=status)


def test_a_circle_of_stories_is_refused_and_every_story_of_it_is_named(app: Flask) -> None:
    here = backlog(app)
    for title in ("Accounts", "Contacts", "Quotes"):
        here.story(title)
    assert "Contacts" in link(here, 1, "VEN-2").find("#links").text_content()
    link(here, 2, "3")
    refused = link(here, 3, "1", status=409)
    for name in ("1 Accounts", "2 Contacts", "3 Quotes"):
        assert name in refused.text
    assert link(here, 1, "3", kind="relates").status == 200
    assert link(here, 1, "2", status=409).status == 409
    assert link(here, 1, "1", status=409).status == 409


@pytest.mark.parametrize(("other", "status"), [("99", 404), ("²", 409), ("", 409), ("9" * 30, 409), ("x-y", 409)])
def test_a_story_that_is_not_there_cannot_be_linked(app: Flask, other: str, status: int) -> None:
    here = backlog(app)
    here.story()
    assert link(here, 1, other, status=status).status == status


def test_a_link_is_removed_and_put_back(app: Flask) -> None:
    here = backlog(app)
    here.story("Accounts")
    here.story("Contacts")
    removed = link(here, 1, "2").form("Remove").submit()
    assert "waits for no other" in removed.text
    removed.form("Undo").submit()
    assert "Contacts" in here.browser().get(here.url("/stories/1")).find("#links").text_content()


def test_a_move_that_the_definitions_refuse_says_why_and_changes_nothing(app: Flask) -> None:
    here = backlog(app)
    here.story()
    browser = here.browser()
    browser.get(here.url("/stories/1"))
    refused = browser.post(here.url("/stories/1/status"), {"status": "ready"}, status=409)
    assert "its value is not stated" in refused.text
    assert here.stored().status == "idea"


def test_an_archived_story_is_read_and_restored_but_not_changed(app: Flask) -> None:
    here = backlog(app)
    task = here.part(here.story(), "task", title="Map")
    browser = here.browser()
    browser.get(here.url("/stories/1")).form("Archive").submit()
    assert "No stories yet" in browser.get(here.url("/backlog")).text
    page = browser.get(here.url("/stories/1"))
    assert settle(page, "task", task, status=409, deed="settle").status == 409
    assert browser.post(here.url("/stories/1/status"), {"status": "dropped"}, status=409).status == 409
    assert "Edit" in browser.get(here.url("/stories/1")).form("Restore").submit().links


def test_the_page_tells_of_open_obstacles_and_of_none_that_is_resolved(app: Flask) -> None:
    here = backlog(app)
    number = here.story()
    with here.working() as session:
        story = session.scalars(story_by_number(project_id=here.project_id, number=number)).one()
        for title in ("No budget approval", "No test machine"):
            values = {"title": title, "kind": "policy", "severity": "high"}
            obstacle = raise_obstacle(session, project_id=here.project_id, values=values, by=here.by, at=START)
            block_story(session, story, obstacle, by=here.by, at=START)
        resolve_obstacle(session, obstacle, resolution="Borrowed one.", by=here.by, at=START)
    page = here.browser().get(here.url(f"/stories/{number}"))
    assert "No budget approval since Mar 2, 2026" in page.text
    assert "No test machine" not in page.text


def test_a_page_with_many_parts_costs_no_more_statements(app: Flask) -> None:
    here = backlog(app)
    browser = here.browser()
    costs = []
    for count in (1, 12):
        number = here.story()
        for place in range(count):
            here.part(number, "task", title=f"Task {place}", assignee=here.lead.id)
            here.part(number, "user_test", title=f"Test {place}")
            here.part(number, "open_matter", question=f"Matter {place}")
        browser.get(here.url(f"/stories/{number}"))  # the first visit is noted, later ones of the minute are not
        with counting() as seen:
            browser.get(here.url(f"/stories/{number}"))
        costs.append(len([one for one in seen if one != "BEGIN"]))  # only one of the two databases says so
    assert costs[0] == costs[1]
    # the session, the project, the story, everything about it together, what it serves, and the frame
    assert costs[0] <= 6


def test_a_new_story_is_written_at_once(app: Flask) -> None:
    here = backlog(app)
    browser = here.browser()
    form = browser.get(here.url("/records/story/new")).form()
    with counting() as seen:
        form.submit(title="See open quotes")
    for once in ("INSERT INTO story ", "INSERT INTO action ", "INSERT INTO change ", "INSERT INTO search_document "):
        assert len([one for one in seen if one.startswith(once)]) == 1, once
    assert [one for one in seen if one.startswith(("DELETE", "UPDATE action"))] == []


@pytest.mark.parametrize("number", ["0", "99", "9" * 20, "x"])
def test_a_number_without_a_story_is_not_found(app: Flask, number: str) -> None:
    here = backlog(app)
    assert here.browser().get(here.url(f"/stories/{number}"), status=404).status == 404
