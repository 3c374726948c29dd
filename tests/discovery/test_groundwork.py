"""Staffing by four questions, the four bases over time, and the SWOT whose items become something to act on."""

from itertools import product
from typing import Any

import pytest
from flask import Flask

from implementor.discovery.models import StaffingNeed, SwotItem
from implementor.discovery.staffing import recommended
from tests.auth.builders import add_person
from tests.discovery.builders import Direction, charter_in, direction
from tests.machinery.pages import Page
from tests.machinery.statements import counting
from tests.projects.builders import browser_of

ROOT = "/projects/VEN"


@pytest.fixture
def there(app: Flask) -> Direction:
    """A project without any groundwork."""
    return direction(app)


def write(there: Direction, kind: str, status: int = 200, **values: Any) -> Page:
    form = there.aim.browser().get(f"{ROOT}/records/{kind}/new").form("main form")
    return form.submit(status=status, **values)


def need(there: Direction, status: int = 200, **values: Any) -> Page:
    return write(there, "staffing_need", status, **{"title": "Somebody for the migration", **values})


@pytest.mark.parametrize("answers", list(product(("yes", "no"), repeat=4)))
def test_the_four_questions_recommend_by_what_speaks_for_help(answers: tuple[str, str, str, str]) -> None:
    knows, once, defined, start = answers
    reasons = (knows == "yes") + (once == "yes") + (defined == "yes") + (start == "no")
    expected = "own" if reasons < 2 else "both" if reasons == 2 or defined == "no" else "external"
    assert recommended(*answers) == expected
    for place in range(4):
        asked: Any = [*answers[:place], None, *answers[place + 1 :]]
        assert recommended(*asked) == "open"


def test_a_need_is_written_recommended_and_decided_with_what_has_to_stay(there: Direction) -> None:
    page = need(there, knows_us="yes", is_one_off="yes", is_defined="yes", can_start="no", decision="external")
    assert "Recommended: Help from outside" in page.text
    page = page.follow("Edit").form("main form").submit(
        transfer_topic="Loading accounts", transfer_proof="Loads the test file alone", is_defined="no",
        reason="They know the old system",
    )  # fmt: skip
    assert "Recommended: Own people with help from outside" in page.text
    assert "Loads the test file alone" in page.text
    stored: StaffingNeed = there.stored(StaffingNeed, 1)
    assert (stored.recommendation, stored.decision) == ("both", "external")
    rows = there.aim.browser().get(f"{ROOT}/staffing").rows()
    assert [row["Recommended"] for row in rows] == ["Own people with help from outside"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "They leave before they begin."),
        ({"transferred_on": "2026-01-05"}, "Say what proved it."),
        ({"transferred_on": "2999-01-05", "transfer_proof": "x"}, "It is proved today or was before."),
        ({"title": ""}, "Who is needed"),
        (
            {"decision": "own", "knows_us": "yes", "is_one_off": "yes", "is_defined": "yes", "can_start": "no"},
            "The four questions recommend something else.",
        ),
    ],
)
def test_a_need_that_contradicts_itself_is_refused_and_nothing_is_lost(
    there: Direction, values: dict[str, str], said: str
) -> None:
    page = need(there, 422, work="Three nights", **values)
    assert said in page.text
    assert page.form("main form").value("work") == "Three nights"


def test_assessments_stand_side_by_side_with_what_changed(there: Direction) -> None:
    for day, people in (("2026-01-10", "2"), ("2026-02-10", "4")):
        write(there, "assessment", title=f"In {day}", assessed_on=day, people_score=people,
              people_evidence="Interviews", processes_score="3", processes_evidence="Map of the sale")  # fmt: skip
    page = there.aim.browser().get(f"{ROOT}/assessments")
    table = {cells[0]: cells[1:4] for cells in (row.split("|") for row in texts_of(page))}
    assert table["People"] == ["2", "4", "+2"]
    assert (table["Processes"], table["Strategy"]) == (["3", "3", "0"], ["–", "–", "–"])
    assert len(page.all("td > svg")) == 2


def texts_of(page: Page) -> list[str]:
    rows = page.all("table")[0].findall(".//tbody/tr")
    return ["|".join("".join(cell.itertext()).strip() for cell in row) for row in rows]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"people_score": "4"}, "Say what shows the score."),
        ({"people_score": "6", "people_evidence": "x"}, "5"),
        ({"assessed_on": "2999-01-01"}, "today or of a day before"),
    ],
)
def test_a_score_without_evidence_or_beyond_five_is_refused(
    there: Direction, values: dict[str, str], said: str
) -> None:
    given = {"title": "Now", "assessed_on": "2026-01-10", **values}
    assert said in write(there, "assessment", 422, **given).text


@pytest.mark.parametrize(
    ("into", "endpoint"), [("risk", "risks/1"), ("objective", "objectives/1"), ("story", "stories/1")]
)
def test_an_item_of_the_swot_becomes_something_to_act_on_and_both_name_each_other(
    there: Direction, into: str, endpoint: str
) -> None:
    page = write(there, "swot_item", statement="Nobody reads the reports", quadrant="weakness", weight="4", note="Seen")
    page = page.form(f"form[action$='/turn/{into}']").submit()
    assert f"{ROOT}/{endpoint}" in [link.get("href") for link in page.all("#linked a")]
    made = page.browser.get(f"{ROOT}/{endpoint}")
    assert made.heading.endswith("Nobody reads the reports")
    assert "Nobody reads the reports" in " ".join(page.browser.get(f"{ROOT}/swot").texts("#weakness a"))
    viewer = there.aim.browser("viewer")
    assert viewer.get(f"{ROOT}/swot/1").all("form[action*='/turn/']") == []
    viewer.post(f"{ROOT}/swot/1/turn/{into}", {}, status=403)
    page.browser.post(f"{ROOT}/swot/1/turn/wave", {}, status=404)


def test_many_items_cost_as_many_statements_as_one(there: Direction) -> None:
    browser, counts = there.aim.browser(), []
    for many in (1, 12):
        for number in range(many):
            write(there, "swot_item", statement=f"Item {number}", quadrant="threat", weight="2")
        browser.get(f"{ROOT}/swot")
        with counting() as seen:
            browser.get(f"{ROOT}/swot")
        counts.append(seen)
    assert len(counts[1]) == len(counts[0]), counts[1].beyond(counts[0])


def test_another_project_learns_nothing_of_it_and_what_is_archived_is_not_turned(there: Direction) -> None:
    need(there)
    write(there, "swot_item", statement="Secret", quadrant="threat", weight="2")
    stranger = browser_of(there.app, direction(there.app, "SER").aim.people["lead"])
    for address in ("staffing/1", "swot/1"):
        stranger.get(f"{ROOT}/{address}", status=404)
        stranger.get(f"/projects/SER/{address}", status=404)
    page = there.aim.browser().get(f"{ROOT}/swot/1").form("Archive").submit()
    page.browser.post(f"{ROOT}/swot/1/turn/risk", {}, status=409)
    assert there.stored(SwotItem, 1).is_archived


def test_words_find_the_groundwork_and_the_charter_for_people_of_the_project_alone(there: Direction) -> None:
    write(there, "staffing_need", title="Quokka trainer", work="Three nights")
    write(there, "assessment", title="Quokka in spring", assessed_on="2026-01-10")
    write(there, "swot_item", statement="Quokka everywhere", quadrant="threat", weight="2")
    charter_in(there, purpose="A quokka for everybody")
    kinds = {"staffing", "assessments", "swot", "charters"}
    for who in ("lead", "viewer"):
        found = there.aim.browser(who).get("/search?q=quokka")
        assert {link.split("/")[3] for link in found.links.values() if link.startswith(f"{ROOT}/")} >= kinds
    stranger = browser_of(there.app, add_person(there.app, "Sara Sol"))
    assert "Quokka" not in stranger.get("/search?q=quokka").html.replace("q=quokka", "")
