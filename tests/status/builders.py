"""A rollout whose status is told: with a running wave, risks, milestones and metrics, for tests of reports."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from implementor.status import report_queries as queries
from implementor.status.models import StatusReport
from implementor.stories.models import Milestone
from implementor.waves import services as waves
from implementor.waves.scope import put_in_wave
from tests.auth.builders import reading
from tests.governance.builders import question, risk
from tests.machinery.pages import Browser, Page
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in

PLACE = "/projects/VEN/status-reports"
TODAY = datetime.now(UTC).date()


def alive(app: Flask) -> Rollout:
    """A project with a running wave of two stories, a severe risk, a late milestone and an open question."""
    here = rollout(app)
    start(here, add_story(here, "Send the quote", points="5"), add_story(here, "See the stock", points="8"))
    risk(app, here.lead, here.project_id, title="The supplier leaves", probability=5, impact=4)
    question(app, here.lead, here.project_id, question="Which supplier?", options="Alfa\nBeta")
    milestone(here, "Price list of the ERP", date(2026, 3, 1))
    return here


def start(here: Rollout, *story_ids: int) -> None:
    """A running wave with these stories."""
    add_wave(here, story_ids=story_ids)
    with here.working() as session:
        waves.start_wave(session, wave_in(session, here), by=here.actor(), at=START)


def milestone(here: Rollout, title: str, promised: date, forecast: date | None = None) -> None:
    """Something that is promised for a day."""
    with here.working() as session:
        session.add(Milestone(project_id=here.project_id, title=title, promised_on=promised, forecast_on=forecast))


def add_to_wave(here: Rollout, title: str) -> None:
    """One more story in the running wave."""
    story_id = add_story(here, title, points="3")
    with here.working() as session:
        put_in_wave(session, wave_in(session, here), stories_of(session, [story_id]), by=here.actor(), at=START)


def begin(browser: Browser) -> Page:
    """A draft of the next report."""
    return browser.get(PLACE).form(PLACE).submit()


def issue(browser: Browser, number: int = 1) -> Page:
    """A report that is begun and issued."""
    begin(browser)
    return browser.post(f"{PLACE}/{number}/issue")


def stored(app: Flask, number: int = 1) -> StatusReport:
    """A report with its content, as it is kept in the first project."""
    with reading(app) as session:
        found: StatusReport = session.scalars(queries.report_numbered(project_id=1, number=number)).one()
        return found


def content(app: Flask, number: int = 1) -> dict[str, Any]:
    """What stands on a report."""
    return stored(app, number).content or {}
