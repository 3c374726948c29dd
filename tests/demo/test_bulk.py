"""The large project: as many stories as asked, found by search, on a board of two hundred cards."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import func, select

from implementor.auth.services.areas import add_area
from implementor.demo.bulk import FIRST_WAVE, OTHER_WAVES, add_bulk_project
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.projects.models import Project
from implementor.stories.models import Story, StoryFact
from implementor.waves.models import Commitment, WaveStory
from tests.auth.builders import add_person, reading, working
from tests.projects.builders import browser_of

COUNT = 700
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def build(app: Flask, actors: Mapping[str, Actor]) -> None:
    with working(app) as session:
        area = add_area(session, name="Sales", by=SYSTEM, at=NOW)
        add_bulk_project(session, "BIG", COUNT, actors=actors, area_ids=[area.id], at=NOW)


def test_a_large_project_works_like_any_other(app: Flask) -> None:
    lead = add_person(app, "Lea Leon")
    build(app, {"lead": lead.actor, "member": add_person(app, "Max Mora").actor})
    with reading(app) as session:
        totals = [session.scalar(select(func.count()).select_from(one)) for one in (Story, WaveStory, Commitment)]
        following = session.scalar(select(Project.next_story_number))
        facts = dict(session.execute(select(StoryFact.kind, func.count()).group_by(StoryFact.kind)).all())
    assert totals == [COUNT, FIRST_WAVE + OTHER_WAVES, FIRST_WAVE]
    assert (following, facts) == (COUNT + 1, {"status": COUNT, "wave": FIRST_WAVE + OTHER_WAVES})
    browser = browser_of(app, lead)
    assert browser.get("/projects/BIG/waves/1/board").html.count('id="card_') == FIRST_WAVE
    assert "BIG-500" in browser.get("/search?q=BIG-500").text
