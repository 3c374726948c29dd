"""A company in which people write records, and the facts of it that a worker reads."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from implementor.adoption.models import PersonDay, TeamDay
from implementor.adoption.schedule import TASK, ask_if_due
from implementor.auth.models import InstallationRole
from implementor.history.models import Action
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.lists.sheets import sheet_of
from tests.auth.builders import reading, working
from tests.crm.builders import Company

NOW = datetime.now(UTC)


def read_records(app: Flask, at: datetime | None = None) -> Job:
    """Let the chore ask and the worker read; what tests wrote without saying how counts as written in the browser.

    Everybody has had their role for long.
    """
    with working(app) as session:
        session.execute(update(InstallationRole).values(granted_at=NOW - timedelta(days=200)))
        session.execute(update(Action).where(Action.source == "cli").values(source="web"))
    assert ask_if_due(app, at)
    with reading(app) as session:
        job_id = session.scalars(select(Job.id).where(Job.kind == TASK).order_by(Job.id.desc()).limit(1)).one()
    done = run_inline(app, job_id)
    assert done.state == "done", done.message
    return done


def people_now(here: Company) -> dict[str, PersonDay]:
    """The newest facts of everybody by who they are."""
    names = {person.id: who for who, person in here.people.items()}
    with reading(here.app) as session:
        rows = session.scalars(select(PersonDay).order_by(PersonDay.day)).all()
    return {names[row.user_id]: row for row in rows if row.user_id in names}


def teams_now(here: Company) -> list[TeamDay]:
    """The newest facts of teams, in the order of teams."""
    with reading(here.app) as session:
        rows = session.scalars(select(TeamDay).order_by(TeamDay.day.desc(), TeamDay.team_id)).all()
    return [row for row in rows if row.day == rows[0].day]


def talk(
    here: Company, account: int, at: datetime = NOW, about: datetime = NOW, who: str = "seller", **values: Any
) -> int:
    """A talk of somebody's that happened at `about` and was written at `at`."""
    given = {"channel": "phone", "direction": "out", "subject": "Call", "account": account, "at": about, **values}
    create = sheet_of("interaction").create
    assert create is not None
    with here.working(who, at) as session:
        record = create(session, here.scope(who), given, here.by(who), at)
        session.flush()
        return int(record.id)
