"""Every real file is checked, brought in, and brought in again without changing anything."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.exchange.readers.source import UnreadableFile
from implementor.foundation.errors import InvalidInput
from implementor.stories.models import Story, StoryFact
from implementor.waves.models import Wave, WaveStory
from tests.auth.builders import reading
from tests.exchange.builders import begun, brought_in, checked, counts_of, number_of, refusals, stories_in
from tests.exchange.real_data import real
from tests.waves.builders import rollout

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("the same code runs on both; small files cover PostgreSQL")]

READ_CREATED_REFUSED = {
    "jira-exports/en_testautogen_apache2.csv": (22, 22, 0),
    "jira-exports/es_tickets_snapshot1.csv": (287, 287, 0),
    "story-points-mit/bamboo.csv": (521, 521, 0),
    "story-points-mit/duracloud.csv": (666, 666, 0),
    "story-points-mit/jirasoftware.csv": (352, 352, 0),
    "story-points-mit/mule.csv": (889, 889, 0),
    "story-points-mit/talendesb.csv": (868, 868, 0),
    "story-points-mit/usergrid.csv": (482, 482, 0),
    "user-stories/per-project-nopunct/g02-federalspending.txt": (97, 95, 2),
    "user-stories/per-project-nopunct/g10-scrumalliance.txt": (97, 97, 0),
    "naughty-strings/blns.txt": (664, 622, 42),
}


@pytest.mark.parametrize("name", READ_CREATED_REFUSED)
def test_a_real_backlog_comes_in_once(app: Flask, name: str) -> None:
    here, path = rollout(app), real(name)
    read, created, refused = READ_CREATED_REFUSED[name]
    assert vars(checked(here, path).counts) == {
        "read": read, "created": created, "updated": 0, "unchanged": 0, "refused": refused
    }  # fmt: skip
    assert counts_of(brought_in(here, path)) == (read, created, 0, 0, refused)
    facts = number_of(here, StoryFact)
    assert counts_of(brought_in(here, path)) == (read, 0, 0, read - refused, refused)
    assert (number_of(here, Story), number_of(here, StoryFact)) == (created, facts)


def test_the_spanish_export_fills_waves_and_parents(app: Flask) -> None:
    here = rollout(app)
    brought_in(here, real("jira-exports/es_tickets_snapshot1.csv"))
    with reading(app) as session:
        names = session.scalars(select(Wave.name).order_by(Wave.rank)).all()
        held = number_of(here, WaveStory)
        with_parent = session.scalars(select(Story.id).where(Story.parent_id.is_not(None))).all()
    assert names == ["Tablero Sprint 1", "Tablero Sprint 2"]
    assert held == 250
    assert len(with_parent) == 277
    statuses = {story.status for story in stories_in(here).values()}
    assert statuses <= {"idea", "planned", "doing", "validated"}


def messy() -> list[str]:
    """Every file of odd forms, by name; none where the folder is missing."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "data"
    found = sorted(
        [*folder.glob("messy/*/*.*"), *folder.glob("messy/csv-spectrum/*/*"), *folder.glob("naughty*/*.json")]
    )
    return [path.relative_to(folder).as_posix() for path in found if path.is_file()] or ["messy/frictionless/bom.csv"]


@pytest.mark.parametrize("name", messy())
def test_an_odd_file_is_taken_or_refused_with_its_reason(app: Flask, name: str) -> None:
    here, path = rollout(app), real(name)
    try:
        begun(here, path)
    except (UnreadableFile, InvalidInput):
        assert number_of(here, Story) == 0
        return
    found = checked(here, path).counts
    run = brought_in(here, path)
    assert counts_of(run) == (found.read, found.created, found.updated, found.unchanged, found.refused)
    assert all(message for *_, message in refusals(here, path))
    again = brought_in(here, path)
    assert (again.created_count, again.updated_count) == (0, 0)
