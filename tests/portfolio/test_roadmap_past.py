"""A roadmap against an earlier day: what was added, left or has other days, told in days and drawn as empty frames."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from implementor.lists.sheets import sheet_of
from implementor.projects.models import Project
from implementor.stories.models import Milestone
from implementor.waves.models import Wave
from implementor.waves.services import change_wave
from tests.auth.builders import working
from tests.machinery.statements import counting
from tests.waves.builders import Rollout, add_wave, rollout, wave_in

NOW = datetime.now(UTC)
EARLIER = NOW - timedelta(days=9)
DAY = (EARLIER + timedelta(days=2)).date().isoformat()


@pytest.fixture
def here(app: Flask) -> Rollout:
    """A project whose first wave and milestone got other days, whose second wave left, and which has a fourth since."""
    here = rollout(app)
    add_wave(here, "Quotes", at=EARLIER)
    add_wave(here, "Gone", at=EARLIER)
    add_wave(here, "Same", at=EARLIER)
    create, change = sheet_of("milestone").create, sheet_of("milestone").change
    assert create is not None
    with here.working(at=EARLIER) as session:
        days = {"promised_on": date(2026, 4, 1), "forecast_on": None}
        milestone = create(
            session, here.scope(), {"title": "Price list", "origin": "own", **days}, here.actor(), EARLIER
        )
    with working(app) as session:
        for model in (Project, Wave, Milestone):
            session.execute(update(model).values(created_at=EARLIER))
    with here.working(at=NOW) as session:
        change_wave(session, wave_in(session, here), {"ends_on": date(2026, 4, 20)}, by=here.actor(), at=NOW)
        wave_in(session, here, 2).archived_at = NOW
        late = session.get_one(Milestone, milestone.id)
        change(session, late, {"forecast_on": date(2026, 4, 9)}, here.actor(), NOW)
    add_wave(here, "New", at=NOW)
    return here


def test_waves_and_milestones_are_held_against_an_earlier_day(here: Rollout) -> None:
    browser = here.browser(here.viewer)
    page = browser.get(here.url(f"/roadmap?since={DAY}"))
    rows = {row["What"]: (row["What became of it"], row["Days"]) for row in page.rows("#changes table")}
    assert rows["1 Quotes"] == ("changed since", "Last day: Apr 10, 2026 → Apr 20, 2026 (+10)")
    assert rows["2 Gone"][0] == "left since"
    assert rows["4 New"][0] == "new since"
    assert rows["Price list"] == ("changed since", "Forecast: Apr 9, 2026")
    assert "3 Same" not in rows
    assert len(page.all("#roadmap_picture rect[stroke-dasharray]")) == 2, "frames of waves that are still there"


def test_a_day_that_is_none_is_refused_and_many_waves_cost_no_more(here: Rollout) -> None:
    browser = here.browser(here.viewer)
    refused = browser.get(here.url("/roadmap?since=tomorrow"), status=422)
    assert refused.form("main form.filter-bar").value("since") == "tomorrow"
    with counting() as few:
        browser.get(here.url(f"/roadmap?since={DAY}"))
    for place in range(4):
        add_wave(here, f"Later {place}", at=NOW)
    with counting() as many:
        browser.get(here.url(f"/roadmap?since={DAY}"))
    assert len(many) == len(few), many.beyond(few)
