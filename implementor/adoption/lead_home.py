"""What a change lead looks at first: requests that wait, sessions to come, open surveys, groups that stand out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.adoption.permissions import HELP_VIEW
from implementor.adoption.say_do import WHAT_TO_DO, Gap, say_do_of
from implementor.foundation.model import Rows
from implementor.foundation.panels import Data, Place
from implementor.foundation.words import speech
from implementor.governance.queries.roles import projects_in_role
from implementor.projects.models import Project
from implementor.support.models import OPEN as WAITS
from implementor.support.models import SupportRequest
from implementor.surveys.models import OPEN, HeldAnswer, Survey
from implementor.surveys.queries import latest_closed
from implementor.training.models import TrainingSession

DAYS_AHEAD = 14
TO_COME = ("planned", "open")
MOST_PROJECTS = 20


@dataclass
class Week:
    """Of one project: requests that wait and those later than promised, sessions of `days`, surveys that are open."""

    days: tuple[date, date]
    requests: int = 0
    late: int = 0
    sessions: int = 0
    first: datetime | None = None
    surveys: list[Any] = field(default_factory=list)


def weeks_of(session: Session, project_ids: Collection[int], at: datetime) -> dict[int, Week]:
    """By project, in three statements."""
    zone = speech().zone
    today = at.astimezone(zone).date()
    last = today + timedelta(days=DAYS_AHEAD - 1)
    since, until = (datetime.combine(day, time(), zone) for day in (today, last + timedelta(days=1)))
    found = {project_id: Week((today, last)) for project_id in project_ids}
    for row in session.execute(requests_that_wait(project_ids)):
        found[row.project_id].requests, found[row.project_id].late = row.waits, row.late
    for row in session.execute(sessions_between(project_ids, since, until, at)):
        found[row.project_id].sessions, found[row.project_id].first = row.held, row.first
    for row in session.execute(surveys_open(project_ids)):
        found[row.Survey.project_id].surveys.append(row)
    return found


def stand_out(session: Session, project_id: int) -> tuple[Survey | None, Sequence[Gap]]:
    """The pulse that closed last and the groups in it that say one thing and do another."""
    pulse = session.scalars(latest_closed(project_id=project_id, kind="pulse").limit(1)).first()
    gaps = say_do_of(session, pulse).gaps if pulse is not None else ()
    return pulse, [gap for gap in gaps if gap.verdict in WHAT_TO_DO]


def load_mine(session: Session, place: Place) -> Data:
    """The projects that the reader leads in change, each with its week; None for others."""
    led = projects_in_role(place.actor, HELP_VIEW)
    wanted = select(Project.id, Project.key, Project.name).where(
        Project.id.in_(led), Project.archived_at.is_(None), Project.status == "active"
    )
    projects = session.execute(wanted.order_by(Project.key).limit(MOST_PROJECTS)).all()
    if not projects:
        return None
    return {
        "projects": projects,
        "language": speech().language,
        "weeks": weeks_of(session, [one.id for one in projects], place.at),
    }


def requests_that_wait(project_ids: Collection[int]) -> Rows:
    """Rows (project_id, waits, late) of requests that are to be taken up."""
    late = func.count().filter(SupportRequest.is_late)
    found = select(SupportRequest.project_id, func.count().label("waits"), late.label("late")).where(
        SupportRequest.project_id.in_(list(project_ids)), SupportRequest.state == WAITS,
        SupportRequest.archived_at.is_(None),
    )  # fmt: skip
    return found.group_by(SupportRequest.project_id)


def sessions_between(project_ids: Collection[int], since: datetime, until: datetime, at: datetime) -> Rows:
    """Rows (project_id, held, first) of sessions of a time that are planned or open; the first one after a moment."""
    first = func.min(TrainingSession.starts_at).filter(TrainingSession.starts_at >= at)
    found = select(TrainingSession.project_id, func.count().label("held"), first.label("first")).where(
        TrainingSession.project_id.in_(list(project_ids)), TrainingSession.archived_at.is_(None),
        TrainingSession.state.in_(TO_COME), TrainingSession.starts_at >= since, TrainingSession.starts_at < until,
    )  # fmt: skip
    return found.group_by(TrainingSession.project_id)


def surveys_open(project_ids: Collection[int]) -> Rows:
    """Rows (Survey, answered) of surveys that can be answered."""
    answered = select(func.count()).where(HeldAnswer.survey_id == Survey.id).correlate(Survey).scalar_subquery()
    found = select(Survey, answered.label("answered")).where(
        Survey.project_id.in_(list(project_ids)), Survey.state == OPEN, Survey.archived_at.is_(None)
    )
    return found.order_by(Survey.closes_on, Survey.id)
