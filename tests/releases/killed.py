"""A process that closes a wave, or moves the records of its release, and is killed with -9 in the middle of it."""

import os
import signal
import sys
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from implementor.configuration.snapshots import refresh
from implementor.factory import create_app
from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.releases.row_moving import TASK
from implementor.waves.models import Wave
from implementor.waves.services import close_wave
from implementor.web.database import writing_session
from tests.waves.builders import START


def kill_at(count: int) -> None:
    """Be killed right before the commit after `count` others."""
    seen = 0

    def note(*_about: Any) -> None:
        nonlocal seen
        seen += 1
        if seen > count:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "commit", note)


def main(deed: str, count: int) -> None:
    """Do a deed on the database of the settings until the blow comes."""
    app = create_app()
    with writing_session(app) as session:
        if deed == "close":
            refresh(session)
            kill_at(count)
            with noting(session, by=SYSTEM, at=START):
                close_wave(session, session.scalars(select(Wave)).one(), {}, by=SYSTEM, at=START)
            session.commit()
            return
        job_id = session.scalars(select(Job.id).where(Job.kind == TASK).order_by(Job.id.desc()).limit(1)).one()
    kill_at(count)
    run_inline(app, job_id)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
