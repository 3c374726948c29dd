"""A report is written, issued, frozen, followed by a newer edition, and tells what changed at field level."""

from typing import Any

import pytest
from flask import Flask

from implementor.status.veiling import without_money
from implementor.stories.services import change_story
from tests.governance.builders import risk
from tests.machinery.pages import Page
from tests.projects.builders import browser_of
from tests.status.builders import PLACE, add_to_wave, alive, begin, content, issue, milestone, stored
from tests.waves.builders import START, stories_of


def sheet_of(page: Page) -> str:
    """The sheet as it is drawn, without what the frame around it says anew each time."""
    start = page.html.index('<article class="sheet"')
    return page.html[start : page.html.index("</article>", start)]


def test_a_draft_shows_what_would_be_frozen_and_says_why(app: Flask) -> None:
    here = alive(app)
    page = begin(here.browser())
    assert (page.heading, page.texts(".badge")[0]) == ("Status report 1", "Draft")
    text = page.text
    assert "1 severe risk has no plan." in text
    assert "Without" not in text
    assert "From figures of 3 of 6 dimensions; no metric is measured." in text
    assert [tile.split()[0] for tile in page.texts(".sheet-tile")] == [
        "Scope", "Time", "Money", "Quality", "Adoption", "Risk",
    ]  # fmt: skip
    assert "Which supplier?" in text
    assert "Alfa / Beta" in text
    assert "Price list of the ERP" in text


def test_what_is_issued_stays_byte_for_byte_though_the_plan_changes(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    page = issue(browser)
    before, kept = sheet_of(page), content(app)
    add_to_wave(here, "Came later")
    risk(app, here.lead, here.project_id, title="Another one", probability=5, impact=5)
    milestone(here, "Interface", stored(app).starts_on)
    page = browser.get(f"{PLACE}/1")
    assert sheet_of(page) == before
    assert content(app) == kept
    browser.get(f"{PLACE}/1/edit", status=409)
    browser.post(f"{PLACE}/1", {"comment": "Other words"}, status=409)
    browser.post(f"{PLACE}/1/discard", status=409)


def test_issued_twice_it_is_issued_once(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    first = stored(app).issued_at
    page = browser.post(f"{PLACE}/1/issue")
    assert "is issued and stays as it is" in page.text
    assert (stored(app).issued_at, len(browser.get(PLACE).rows())) == (first, 1)


def test_the_next_report_tells_what_changed_field_by_field(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    with here.working() as session:
        story = stories_of(session, [1])[0]
        change_story(session, story, {"title": "Send the quote today"}, by=here.actor(), at=START)
    begin(browser)
    told = browser.post(f"{PLACE}/2/issue")
    rows = content(app, 2)["changes"]["rows"]
    assert [(row["kind"], row["fields"]) for row in rows] == [
        ("Story", [{"label": "Title", "before": "Send the quote", "after": "Send the quote today"}])
    ]
    assert "Send the quote today" in told.text
    assert [one["number"] for one in content(app, 2)["strip"]] == [1, 2]


def test_risks_are_five_at_most_and_say_what_is_new_and_what_got_worse(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    for place in range(5):
        risk(app, here.lead, here.project_id, title=f"Old {place}", probability=2, impact=2)
    browser.get("/projects/VEN/records/risk/1/edit").form("main form").submit(impact="5")
    form = browser.get("/projects/VEN/records/risk/new").form("main form")
    form.submit(title="The press hears of it", category="supplier", probability="5", impact="3")
    begin(browser)
    browser.post(f"{PLACE}/2/issue")
    told = content(app, 2)["risks"]
    marks = [(row["title"], row["mark"], row["was"], row["score"]) for row in told["rows"]]
    assert marks[:2] == [("The supplier leaves", "escalated", 20, 25), ("The press hears of it", "new", None, 15)]
    assert (told["open"], len(marks), {mark for _title, mark, *_rest in marks[2:]}) == (7, 5, {""})


def test_a_newer_edition_withdraws_the_one_before_when_it_is_issued(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    page = browser.post(f"{PLACE}/1/edition")
    assert (page.heading, stored(app).replaced_at) == ("Status report 2", None)
    browser.post(f"{PLACE}/2/issue")
    page = browser.get(f"{PLACE}/1")
    assert "A newer edition withdrew this report" in page.text
    assert [one["number"] for one in content(app, 2)["strip"]] == [2]
    browser.post(f"{PLACE}/1/edition", status=409)


def test_one_draft_at_a_time_and_it_can_be_thrown_away(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    begin(browser)
    assert "still a draft" in browser.post(PLACE, status=409).text
    page = browser.post(f"{PLACE}/1/discard")
    assert "No status report yet" in page.text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"starts_on": "2026-03-10", "ends_on": "2026-03-01"}, "ends after it begins"),
        ({"starts_on": "2024-01-01", "ends_on": "2026-03-01"}, "a year at most"),
        ({"starts_on": "soon"}, "Choose a day."),
        ({"comment": "x" * 901}, "fits on one sheet"),
    ],
)
def test_a_draft_with_wrong_words_is_refused_beside_its_field(app: Flask, values: dict[str, Any], said: str) -> None:
    browser = alive(app).browser()
    begin(browser)
    page = browser.get(f"{PLACE}/1/edit").form("draft_form").submit(status=422, **values)
    assert said in page.text


def test_comment_and_language_are_chosen_for_the_report(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    begin(browser)
    form = browser.get(f"{PLACE}/1/edit").form("draft_form")
    form.submit(language="es", comment="**Falta** el proveedor <script>alert(1)</script>")
    page = browser.post(f"{PLACE}/1/issue")
    sheet = page.find(".sheet")
    assert sheet.get("lang") == "es"
    assert "Riesgos" in page.texts(".sheet-heading")
    assert page.texts(".sheet-prose strong") == ["Falta"]
    assert sheet.cssselect("script") == []
    assert page.heading == "Status report 1"


def test_a_member_reads_without_money_and_changes_nothing(app: Flask) -> None:
    here = alive(app)
    issue(here.browser())
    browser = browser_of(app, here.member)
    page = browser.get(f"{PLACE}/1")
    assert "Money is shown to those who may see it." in page.text
    assert page.all("form[action*='/issue'], form[action*='/files'], #share") == []
    for rest in ("issue", "edition", "files", "links"):
        browser.post(f"{PLACE}/1/{rest}", status=403)
    veiled = without_money({**content(app), "money": {"pairs": [["Budget", "1"]]}})
    assert (veiled["money"], veiled["money_hidden"]) == (None, True)
