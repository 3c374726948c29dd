"""A process that is killed while a wave goes live leaves it before or after; its records arrive all the same."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.jobs.services import rescue_jobs
from implementor.releases.row_moving import MOST_AT_ONCE, TASK
from implementor.settings import PROJECT_ROOT
from tests.auth.builders import working
from tests.releases.leaving import Leaving, read_by, told_by
from tests.releases.test_row_moving import Moving
from tests.releases.test_several_words_moving import Several
from tests.waves.builders import wave_now


def killed(database: str, folder: Path, *deed: str) -> None:
    """Let a process of its own do something, and be killed at it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IMPLEMENTOR_")}
    given = {
        "IMPLEMENTOR_DATABASE_URL": database,
        "IMPLEMENTOR_SECRET_KEY": "a-key-for-tests-only-a-key-for-tests-only",
        "IMPLEMENTOR_VAR_DIR": str(folder),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "tests.releases.killed", *deed], cwd=PROJECT_ROOT, env={**kept, **given},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def begun_job(app: Flask, limit: int) -> int:
    """The job that moves the records of a release, to move so many in one transaction."""
    with working(app) as session:
        job = session.scalars(select(Job).where(Job.kind == TASK).order_by(Job.id.desc()).limit(1)).one()
        job.arguments = {**job.arguments, "limit": limit}
        return job.id


def carried_through(app: Flask, job_id: int) -> None:
    """Let the next worker find the job that nobody is at any more, and end it."""
    with working(app) as session:
        assert rescue_jobs(session, at=datetime.now(UTC) + timedelta(minutes=2)) == 1
    assert run_inline(app, job_id).state == "done"


@pytest.mark.sqlite_only("the other database rolls back by itself whatever a client that is gone had not committed")
def test_a_wave_goes_live_wholly_or_not_and_its_records_arrive(app: Flask, database: str, tmp_path: Path) -> None:
    here = Moving(app, 4)
    here.add_many([(f"Very many {place}", here.old) for place in range(MOST_AT_ONCE)])
    here.begun = here.stored()
    killed(database, tmp_path, "close", "0")
    assert (wave_now(here.made.here).stage, here.old in here.made.words()) == ("implementation", True)
    assert (here.stored(), here.jobs()) == (here.begun, [])
    here.made.close()
    assert (wave_now(here.made.here).stage, here.old in here.made.words()) == ("adoption", False)
    killed(database, tmp_path, "move", "3")
    moved = {one for one, word in here.stored().items() if here.begun[one] == here.old and word == here.new}
    assert 0 < len(moved) < MOST_AT_ONCE
    (job_id,) = here.jobs()
    carried_through(app, job_id)
    assert here.old not in here.stored().values()
    assert here.made.release().row_count == MOST_AT_ONCE + 1


@pytest.mark.turn("sqlite")
def test_several_words_of_records_arrive_though_their_job_is_killed_and_read_the_same_meanwhile(
    app: Flask, database: str, tmp_path: Path
) -> None:
    here = Several(app)
    here.release()
    job_id, wanted = begun_job(app, 2), here.expected()
    killed(database, tmp_path, "move", "3")
    moved = {one for one, words in here.stored().items() if words != here.begun[one]}
    assert 0 < len(moved) < len([one for one in here.begun.values() if "low" in one])
    assert here.answers() == wanted
    carried_through(app, job_id)
    assert here.stored() == wanted[2]
    assert here.answers() == wanted
    here.made.roll_back()
    job_id = begun_job(app, 2)
    killed(database, tmp_path, "move", "3")
    assert here.stored() not in (here.begun, wanted[2])
    carried_through(app, job_id)
    assert here.stored() == here.begun


@pytest.mark.turn("sqlite")
def test_open_sales_arrive_though_their_job_is_killed_and_stand_for_readers_in_their_stage_meanwhile(
    app: Flask, database: str, tmp_path: Path
) -> None:
    here = Leaving(app)
    here.release()
    job_id, wanted = begun_job(app, 1), here.expected()
    killed(database, tmp_path, "move", "3")
    moved = [one for one in here.leaving() if here.stored()[one] == wanted[one]]
    assert 0 < len(moved) < len(here.leaving())
    assert read_by(here) == told_by(here, wanted)
    carried_through(app, job_id)
    assert here.stored() == wanted
    assert read_by(here) == told_by(here, wanted)
    here.made.roll_back()
    job_id = begun_job(app, 1)
    killed(database, tmp_path, "move", "3")
    assert {here.stored()[one][0] for one in here.leaving()} == {here.old.id, here.new.id}
    assert {read_by(here)["records"][one][0] for one in here.leaving()} == {here.old.id}
    carried_through(app, job_id)
    assert {here.stored()[one][0] for one in here.leaving()} == {here.old.id}
