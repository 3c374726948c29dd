"""The database itself refuses to change or take away what is issued or closed, whoever asks and by whatever way."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from implementor.committees.models import AgendaItem, Attendance, Meeting
from implementor.jobs.running import run_inline
from implementor.status.models import PackFile, StatusReport
from implementor.web.database import writing_session
from tests.committees.builders import table
from tests.status.builders import alive, issue
from tests.status.test_at_once import asked

MINUTES: dict[Any, dict[str, Any]] = {
    Meeting: {"minutes": "Other"}, AgendaItem: {"note": "Other"}, Attendance: {"state": "absent"},
}  # fmt: skip
REPORTS: dict[Any, dict[str, Any]] = {
    StatusReport: {"content": {}}, PackFile: {"data": b"Other"},
}  # fmt: skip


def refused(app: Flask, *statements: Any) -> None:
    """Each statement alone meets the refusal of the database."""
    for statement in statements:
        with writing_session(app) as session, pytest.raises(IntegrityError):
            session.execute(statement)


def test_an_issued_report_and_its_files_stay_but_can_be_withdrawn(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    run_inline(app, *asked(browser))
    for model, values in REPORTS.items():
        refused(app, update(model).values(**values), delete(model))
    with writing_session(app) as session:
        session.execute(update(StatusReport).values(replaced_at=StatusReport.issued_at))
        session.commit()


def test_the_minutes_of_a_closed_meeting_stay(app: Flask) -> None:
    held = table(app)
    meeting_id = held.plan()
    held.point(meeting_id, "The party")
    held.begin(meeting_id, "sponsor", "committee")
    held.close(meeting_id)
    for model, values in MINUTES.items():
        refused(app, update(model).values(**values), delete(model))
