"""The cards of a board are found by indexes, whatever a planner was told of tables that were empty then."""

import pytest
from flask import Flask
from sqlalchemy import text

from implementor.waves.board_queries import cards_of_wave
from tests.duplicates.builders import explained
from tests.waves.builders import add_story, add_wave, rollout, wave_in


@pytest.mark.sqlite_only("what ANALYZE says of some tables alone misleads the planner of SQLite")
def test_the_cards_are_found_without_a_walk_through_the_backlog(app: Flask, database_kind: str) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here, f"Story {number}") for number in range(12)])
    with here.working() as session:
        for table in ("story", "wave_story", "project"):
            session.execute(text(f"ANALYZE {table}"))
        statement, values = cards_of_wave(project_id=here.project_id, wave_id=wave_in(session, here).id)
        plan = explained(session, statement.params(values), database_kind)
    assert "SCAN blocker" not in plan
    assert "wave_story" in plan
