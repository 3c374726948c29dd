"""A scenario beside the roadmap: its days in words and as frames, kept while one looks nearer or further."""

from datetime import UTC, date

import pytest
from flask import Flask

from implementor.planning import scenario_services as services
from implementor.planning.comparing import posed_now
from implementor.waves.services import start_wave
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, wave_in


@pytest.fixture
def here(app: Flask) -> Rollout:
    """Two planned waves, and a scenario in which the first ends twelve days later."""
    here = rollout(app)
    add_wave(here, "Quotes", [add_story(here, "First", points="3")], capacity_points="10")
    add_wave(here, "Orders", capacity_points="10")
    with here.working() as session:
        made = services.write_scenario(session, project_id=here.project_id, name="Later", by=here.actor(), at=START)
        posed = posed_now(session, here.project_id, at=START, zone=UTC)
        assert posed is not None
        change = {"kind": "end", "wave_id": wave_in(session, here).id, "on_date": date(2026, 4, 22)}
        services.add_change(session, made, posed, change, by=here.actor(), at=START)
    return here


def test_waves_of_a_scenario_stand_beside_those_that_are_planned(here: Rollout) -> None:
    browser = here.browser(here.viewer)
    page = browser.get(here.url("/scenarios")).follow("Later").follow("Beside the roadmap")
    rows = {row["Wave"]: (row["Last day"], row["Last day in the scenario"]) for row in page.rows("#supposed table")}
    assert rows == {
        "1 Quotes": ("Apr 10, 2026", "Apr 22, 2026 (+12)"),
        "2 Orders": ("Apr 10, 2026", "Apr 10, 2026"),
    }
    assert len(page.all("#roadmap_picture rect[fill=none]")) == 2
    assert page.form("main form.filter-bar").value("scenario") == "1"
    assert page.follow("Nearer +").all("#supposed"), "it stays while one looks nearer"
    assert page.follow("The whole comparison").heading == "Later"
    assert browser.get(here.url("/roadmap")).all("#supposed") == []
    for never in ("0", "1000000000000000000", "x", "2"):
        browser.get(here.url(f"/roadmap?scenario={never}"), status=404)


def test_many_waves_cost_no_more_statements_and_none_to_come_says_so(here: Rollout) -> None:
    browser, address = here.browser(here.viewer), here.url("/roadmap?scenario=1")
    browser.get(address)
    with counting() as few:
        browser.get(address)
    for place in range(3):
        add_wave(here, f"Later {place}")
    with counting() as many:
        browser.get(address)
    assert len(many) == len(few), many.beyond(few)
    with here.working() as session:
        start_wave(session, wave_in(session, here), by=here.actor(), at=START)
        for number in range(2, 6):
            wave_in(session, here, number).archived_at = START
    assert "No wave waits to begin" in browser.get(address).text
