"""Requirements in reverse: a wanted report names its data, and its stories are derived once and stay linked."""

import pytest
from flask import Flask

from implementor.configuration.services.checking import Identity
from implementor.discovery.models import ReportRequirement
from implementor.foundation.permissions import SYSTEM
from implementor.metrics.definitions import Query
from implementor.reports.models import ALL
from implementor.reports.plans import Plan
from implementor.reports.services import ReportWish, add_report
from tests.auth.builders import working
from tests.discovery.builders import FIELDS, direction
from tests.machinery.statements import counting
from tests.projects.builders import NOW

LIST = "/projects/VEN/wanted-reports"


def test_a_wanted_report_is_described_drawn_and_says_what_it_needs(app: Flask) -> None:
    there = direction(app)
    page = there.aim.browser().get(LIST).follow("New wanted report")
    page = page.form("main form").submit(title="Lost deals", decision="Where to train", frequency="monthly",
                                         audience="Committee")  # fmt: skip
    page = page.form("#draw_mockup").submit(columns="Reason = Price\n\nDeals lost = 12\nOwner")
    assert page.texts("#mockup th") == ["Reason", "Deals lost", "Owner"]
    assert page.texts("#mockup td") == ["Price", "12", "…"]
    page = page.form("#add_datum").submit(name="Reason lost", source="CRM", quality="poor")
    assert page.texts("#data tbody td")[:3] == ["CRM", "–", "Poor"]
    page = page.follow("Edit Reason lost").form("main form").submit(quality="good")
    assert page.texts("#data tbody td")[2] == "Good"


def test_what_is_wanted_is_built_by_a_story_and_then_live(app: Flask) -> None:
    there = direction(app)
    report_id, browser = there.report(), there.aim.browser()
    page = browser.get(f"{LIST}/{report_id}")
    assert page.texts("#answer .badge") == ["Wanted"]
    uid = "11111111-2222-3333-4444-555555555555"
    page = browser.post(f"{LIST}/{report_id}/answer", {"uid": uid})
    assert page.texts("#answer .badge") == ["Built, not live"]
    with working(app) as session:
        wish = ReportWish("Losses", "Pérdidas", Plan(Query("opportunity"), by=("loss_reason",)), ALL)
        add_report(session, "opportunity", wish, by=SYSTEM, at=NOW, identity=Identity(uid))
    page = browser.get(f"{LIST}/{report_id}")
    assert page.texts("#answer .badge") == ["Live"]
    assert "Losses" in page.text
    browser.post(f"{LIST}/{report_id}/answer", {"uid": "<none>"}, status=409)
    browser.post(f"{LIST}/{report_id}/answer", {"uid": ""})
    assert there.stored(ReportRequirement, report_id).report_uid is None


@pytest.mark.parametrize(
    ("columns", "reason"),
    [("x" * 81, "Up to 80 characters"), ("\n".join(f"c{one}" for one in range(31)), "up to 30 columns")],
)
def test_a_table_that_cannot_be_drawn_keeps_what_was_typed(app: Flask, columns: str, reason: str) -> None:
    there = direction(app)
    report_id = there.report()
    page = there.aim.browser().get(f"{LIST}/{report_id}").form("#draw_mockup").submit(status=422, columns=columns)
    assert reason in page.text
    assert columns[:20] in page.find("#draw_mockup textarea").text_content()
    assert there.stored(ReportRequirement, report_id).mockup == []


def test_stories_are_derived_once_chosen_and_stay_linked_both_ways(app: Flask) -> None:
    there = direction(app)
    objective_id = there.objective("Fewer lost deals")
    report_id = there.report(*FIELDS, objective_id=objective_id)
    browser = there.aim.browser()
    page = browser.get(f"{LIST}/{report_id}").follow("Derive stories")
    assert page.texts("tbody th") == [
        "Report: Lost deals by reason", "Provide Reason lost from Notebook of the seller", "Provide Amount from ERP",
    ]  # fmt: skip
    page = page.form("#derive").submit(origins=["report"])
    assert there.titles() == ["Report: Lost deals by reason"]
    assert "2 more can be derived." in page.text
    again = page.follow("Derive stories")
    assert len(again.texts("tbody th")) == 2
    page = again.form("#derive").submit()
    assert len(there.titles()) == 3
    story = browser.get("/projects/VEN/stories/1")
    assert story.links["Lost deals by reason"].endswith(f"/wanted-reports/{report_id}")
    assert "Fewer lost deals" in story.links
    done = browser.get(f"{LIST}/{report_id}/stories")
    assert "Nothing new to derive" in done.text


def test_nothing_is_written_twice_or_without_a_choice(app: Flask) -> None:
    there = direction(app)
    url = f"{LIST}/{there.report(*FIELDS)}/stories"
    browser = there.aim.browser()
    old, other = browser.get(url), browser.get(url)
    old.form("#derive").submit()
    old.form("#derive").submit()
    again = other.form("#derive").submit(status=422)
    assert "Nothing new to derive" in again.text
    assert len(there.titles()) == 3


def test_one_undo_takes_all_derived_stories_back(app: Flask) -> None:
    there = direction(app)
    report_id = there.report(*FIELDS)
    page = there.aim.browser().get(f"{LIST}/{report_id}/stories").form("#derive").submit()
    there.aim.undo()
    page = page.browser.get(f"{LIST}/{report_id}")
    assert "No story yet." in page.text
    assert "Report: Lost deals by reason" not in page.browser.get("/projects/VEN/backlog").links


def test_a_viewer_reads_and_changes_nothing(app: Flask) -> None:
    there = direction(app)
    report_id = there.report(*FIELDS)
    browser = there.aim.browser("viewer")
    page = browser.get(f"{LIST}/{report_id}")
    assert page.all("form#add_datum, form#draw_mockup") == []
    browser.get(f"{LIST}/{report_id}/stories", status=403)


def test_a_page_with_one_field_and_with_twenty_costs_the_same(app: Flask) -> None:
    there = direction(app)
    few = there.report(FIELDS[0])
    many = there.report(*({**FIELDS[0], "name": f"Field {one}"} for one in range(20)), title="Another")
    browser = there.aim.browser()
    browser.get(f"{LIST}/{few}")
    with counting() as one:
        browser.get(f"{LIST}/{few}")
    with counting() as twenty:
        browser.get(f"{LIST}/{many}")
    assert len(twenty) <= len(one), twenty.beyond(one)
