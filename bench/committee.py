"""A committee that has met for a year, for the bench: goals with measurements, questions, actions and past minutes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.committees.agenda import begin_meeting
from implementor.committees.deciding import give_action
from implementor.committees.models import Committee
from implementor.committees.queries.meetings import meeting_in
from implementor.committees.services.committees import create_committee, seat_person
from implementor.committees.services.meetings import close_meeting, plan_meeting
from implementor.discovery.services import adopt_given_goals
from implementor.foundation.permissions import Actor
from implementor.governance.services.decisions import ask_decision
from implementor.metrics.models import Metric
from implementor.metrics.services import measure
from implementor.projects.models import Project

MEETINGS, QUESTIONS, WEEKS = 12, 20, 24
VALUES = {
    "name": "Steering committee", "purpose": "Decides.", "quorum_kind": "count", "quorum": 1, "rhythm": "none",
    "every": 1, "week": "1", "weekday": "0", "clock": "09:00", "time_zone": "UTC", "first_on": None,
    "length_minutes": 60, "place": "Room 4", "link": None,
}  # fmt: skip


def add_committee(session: Session, key: str, actors: Mapping[str, Actor], at: datetime) -> None:
    """The people of the project sit on it; as many questions wait and actions are open as its page shows."""
    project, by = session.scalars(select(Project).where(Project.key == key)).one(), actors["lead"]
    adopt_given_goals(session, project_id=project.id, currency="EUR", by=by, at=at)
    for metric in session.scalars(select(Metric).where(Metric.project_id == project.id)):
        metric.baseline, metric.baseline_on = Decimal(10), at.date() - timedelta(weeks=WEEKS)
        metric.target, metric.due_on = Decimal(50), date(at.year + 1, 1, 1)
        for week in range(WEEKS):
            day = at.date() - timedelta(weeks=WEEKS - week)
            measure(session, metric, on=day, value=Decimal(10 + week), evidence="Report", by=by, at=at)
    found = create_committee(session, project_id=project.id, values=VALUES, by=by, at=at)
    for name, actor in actors.items():
        seat = {"user_id": actor.user_id, "part": "chair" if name == "lead" else "member", "starts_on": None,
                "ends_on": None}  # fmt: skip
        seat_person(session, found, seat, by=by, at=at)
    for turn in range(QUESTIONS):
        ask_decision(session, project_id=project.id, values={"question": f"Question {turn}?"}, by=by, at=at)
    for turn in range(MEETINGS):
        _hold(session, project, found, by, at - timedelta(days=30 * (MEETINGS - turn)))
    plan_meeting(session, found, {"starts_at": at + timedelta(days=3)}, by=by, at=at)


def _hold(session: Session, project: Project, committee: Committee, by: Actor, at: datetime) -> None:
    made = plan_meeting(session, committee, {"starts_at": at}, by=by, at=at)
    meeting = session.scalars(meeting_in(project_id=project.id, meeting_id=made.id)).one()
    begin_meeting(session, project, meeting, by=by, at=at)
    for turn in range(2):
        give_action(session, project, meeting, title=f"Action {turn}", owner_id=None, due_on=at.date(), by=by, at=at)
    close_meeting(session, meeting, draft="As decided. " * 100, by=by, at=at)
