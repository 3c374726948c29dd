"""A file that fills an empty project is counted by PostgreSQL at once, so that each row is found by its own index."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.auth.builders import reading
from tests.exchange.builders import brought_in, file_with
from tests.waves.builders import Rollout, rollout

ROWS = 600
COUNTED = "SELECT relname, reltuples::int FROM pg_class WHERE relname IN ('story', 'story_fact')"
CHECK = "SELECT 1 FROM story WHERE project_id = {project} AND id = {story} FOR KEY SHARE"
"""As a foreign key asks."""


def counted(here: Rollout) -> dict[str, int]:
    """How many rows the planner takes the tables to have."""
    with reading(here.app) as session:
        return {row.relname: row.reltuples for row in session.execute(text(COUNTED))}


def plan_of_check(here: Rollout) -> str:
    """How a foreign key to a story would find it."""
    with reading(here.app) as session:
        check = CHECK.format(project=here.project_id, story=1)
        return "\n".join(session.scalars(text(f"EXPLAIN {check}")))


@pytest.mark.postgres_only("SQLite plans each statement as it is run")
def test_a_large_file_is_counted_as_it_is_written(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    rows = "".join(f"{number},Story {number}\n" for number in range(1, ROWS + 1))
    brought_in(here, file_with(tmp_path, f"Number,Title\n{rows}"))
    assert all(count >= ROWS for count in counted(here).values())
    assert "uq_story_project_id_id" in plan_of_check(here)


@pytest.mark.postgres_only("SQLite plans each statement as it is run")
def test_a_few_rows_are_not_worth_counting(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    before = counted(here)
    brought_in(here, file_with(tmp_path, "Number,Title\n1,Pay\n2,Ship\n"))
    assert counted(here) == before
