"""The pages of stages and gates: what is missing is named and linked, and each deed has its form."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from implementor.foundation.permissions import Role
from tests.machinery.statements import counting
from tests.projects.builders import browser_of
from tests.stages.builders import Gated, gated, open_gate, pass_gate, prepare, review, sign, waive
from tests.waves.builders import add_story, add_wave, wave_now

GATE = "/projects/VEN/gates/visualization"
REPORTS = "The ten most important reports are described, with the data that each needs"


def today() -> datetime:
    """The moment at which pages look at gates."""
    return datetime.now(UTC)


def test_a_gate_is_refused_with_the_failing_line_named_then_waived_then_passed(app: Flask) -> None:
    here = gated(app)
    lead, sponsor = here.browse(Role.PROJECT_LEAD), here.browse(Role.SPONSOR)
    lead.get(GATE).form("prepare").submit(review_on="2030-01-15")
    _tick_all_but_the_reports(here)
    lead.get(GATE).form("Put into review").submit()
    refused = lead.get(GATE).form("Open the gate").submit(status=409)
    assert REPORTS in refused.text
    line = sponsor.get(GATE).follow(REPORTS)
    until = (today() + timedelta(days=20)).date().isoformat()
    waived = line.form("waive").submit(reason="The board meets on Friday", expires_on=until)
    assert "Amber" in waived.text
    sponsor.get(GATE).form("sign").submit(role="sponsor")
    here.browse(Role.COMMITTEE).get(GATE).form("sign").submit(role="committee")
    assert "Opened on" in lead.get(GATE).form("Open the gate").submit().text
    told = lead.get("/projects/VEN/history").text
    for said in (f"Waived “{REPORTS}” at a gate", "Signed the gate visualization", "Opened the gate visualization"):
        assert said in told


def _tick_all_but_the_reports(here: Gated) -> None:
    """Tick the lines that are ticked by whoever holds their role, on their pages."""
    for line in here.look("visualization", today()).lines:
        if not line.is_automatic and line.key != "reports-in-reverse":
            page = here.browse(Role(line.item.role)).get(f"{GATE}/lines/{line.key}")
            page.form("tick").submit(evidence="Minutes of 27 February")


def test_a_wave_is_not_started_behind_a_shut_gate_and_the_page_says_which(app: Flask) -> None:
    here = gated(app)
    pass_gate(here, "visualization", at=today())
    add_wave(here, "One", [add_story(here, points=None)], capacity_points="20")
    browser = here.browser()
    asked = browser.get("/projects/VEN/waves/1/start")
    refused = browser.post("/projects/VEN/waves/1/start", status=409)
    for page in (asked, refused):
        assert "The gate Planning of wave 1 is shut" in page.text
        assert "Every story of the wave is estimated (0/1)" in page.text
    assert asked.follow("Go to the gate").heading == "The gate Planning of wave 1"
    assert wave_now(here).started_at is None


def test_the_page_of_a_stage_tells_what_is_missing_and_who_does_it(app: Flask) -> None:
    here = gated(app, without=(Role.DATA_LEAD,))
    page = here.browser().get("/projects/VEN/stages/visualization")
    missing = " ".join(page.texts("#missing"))
    assert "Everybody the project cannot do without is named 4 of 5" in missing
    assert "Functional lead" in missing
    assert "The budget is approved 0 of 1" not in missing
    assert "Project charter with scope, roles and rules of collaboration" in " ".join(page.texts("#deliverables"))
    assert page.follow("Open the page of the gate").heading == "The gate Visualization"
    line = here.browser().get(GATE).follow("Everybody the project cannot do without is named")
    assert "Data lead" in line.text


def test_a_stage_of_waves_tells_of_the_wave_that_is_asked_for(app: Flask) -> None:
    here = gated(app)
    browser = here.browser()
    assert "No wave stands here yet" in browser.get("/projects/VEN/stages/planning").text
    add_wave(here, "One", [add_story(here)])
    add_wave(here, "Two")
    assert "Wave 1: One" in browser.get("/projects/VEN/stages/planning").text
    assert "Wave 2: Two" in browser.get("/projects/VEN/stages/planning?wave=2").text
    assert "Gate of wave 2: Two" in browser.get("/projects/VEN/stages").text


def test_without_gates_a_stage_says_that_nothing_is_signed(app: Flask) -> None:
    here = gated(app, method_key="open")
    assert "nothing is signed here" in here.browser().get("/projects/VEN/stages/visualization").text
    assert "has no gate" in here.browser().get(GATE, status=409).text


def test_gates_that_do_not_exist_are_not_found(app: Flask) -> None:
    here = gated(app)
    add_wave(here)
    browser = here.browser()
    for name in ("planning", "visualization-1", "planning-2", "planning-01", "planning-²", "nothing", "-1"):
        assert browser.get(f"/projects/VEN/gates/{name}", status=404).status == 404
    assert browser.get(f"{GATE}/lines/nothing", status=404).status == 404
    assert browser.get("/projects/VEN/stages/nothing", status=404).status == 404


def test_wrong_entries_come_back_with_what_was_typed(app: Flask) -> None:
    here = gated(app)
    prepare(here, "visualization", at=today(), tick=False)
    page = here.browse(Role.SPONSOR).get(f"{GATE}/lines/reports-in-reverse")
    again = page.form("waive").submit(status=422, reason="The board meets on Friday", expires_on="2020-01-01")
    assert "today is the earliest" in again.text
    assert "The board meets on Friday" in again.texts("#waive textarea")[0]
    assert "what shows it" in here.browse(Role.DATA_LEAD).get(f"{GATE}/lines/reports-in-reverse").form("tick").submit(
        status=422, evidence=" "
    ).text  # fmt: skip
    review(here, "visualization", at=today())
    page = here.browse(Role.COMMITTEE).get(GATE).form("go_back").submit(status=422, reason="")
    assert "Say what has to be done" in page.text


def test_those_who_must_sign_are_told_and_find_it_among_their_work(app: Flask) -> None:
    here = gated(app)
    prepare(here, "visualization", at=today())
    review(here, "visualization", at=today())
    sponsor = here.browse(Role.SPONSOR)
    assert "A gate of VEN waits for your signature" in sponsor.get("/notices").text
    assert "Visualization" in " ".join(sponsor.get("/").texts("#gates_waiting"))
    assert not here.browser().get("/").all("#gates_waiting")
    sign(here, "visualization", at=today())
    assert not sponsor.get("/").all("#gates_waiting")


def test_an_expired_waiver_is_said(app: Flask) -> None:
    here, before = gated(app), today() - timedelta(days=30)
    prepare(here, "visualization", at=before, tick=False)
    waive(here, "visualization", "reports-in-reverse", at=before, days=3)
    assert "The waiver ended on" in here.browser().get(GATE).text


def test_viewers_read_gates_and_outsiders_learn_nothing_of_them(app: Flask) -> None:
    here, other = gated(app), gated(app, "COL")
    page = here.browser(here.viewer).get(GATE)
    assert not page.all("form.form")
    assert browser_of(app, other.lead).get(GATE, status=404).status == 404


def test_more_waves_cost_the_page_of_a_gate_no_more_statements(app: Flask) -> None:
    here = gated(app)
    add_wave(here, "One", [add_story(here)])
    browser = here.browser()
    browser.get("/projects/VEN/gates/planning-1")
    with counting() as one:
        browser.get("/projects/VEN/gates/planning-1")
    for number in range(5):
        add_wave(here, f"More {number}", [add_story(here, f"Story {number}{place}") for place in range(3)])
    with counting() as many:
        browser.get("/projects/VEN/gates/planning-2")
    assert len(one) == len(many), many.beyond(one)
    with counting() as stages:
        browser.get("/projects/VEN/stages/planning")
    assert len(stages) < 40, stages


def test_an_opened_gate_is_gone_back_behind_by_those_who_may(app: Flask) -> None:
    here = gated(app)
    pass_gate(here, "visualization", at=today())
    assert not here.browser().get(GATE).all("#reason_card")
    page = here.browse(Role.SPONSOR).get(GATE).form("go_back").submit(reason="The scope changed")
    assert "Mitigation" in page.text
    prepare(here, "visualization", at=today(), tick=False)
    review(here, "visualization", at=today())
    sign(here, "visualization", at=today())
    open_gate(here, "visualization", at=today())
