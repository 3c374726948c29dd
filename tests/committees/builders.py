"""A project with a committee and its people, for tests of committees and meetings."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from implementor.committees import agenda, deciding
from implementor.committees.models import Committee, Meeting
from implementor.committees.queries.meetings import items_of, meeting_in
from implementor.committees.services import committees, meetings
from implementor.foundation.permissions import Actor, Role
from implementor.projects.models import Project
from tests.auth.builders import Person, reading, working
from tests.governance.builders import people_of_governance

SOON = datetime.now(UTC).replace(microsecond=0)
"""Meetings of tests are at the present moment: votes, terms and delegations are asked about today."""
USUAL: dict[str, Any] = {
    "name": "Steering committee", "purpose": "Decides on money and dates.", "quorum_kind": "count", "quorum": 2,
    "rhythm": "monthly", "every": 1, "week": "2", "weekday": "1", "clock": "9:30", "time_zone": "America/Caracas",
    "first_on": None, "length_minutes": 60, "place": "Room 4", "link": None,
}  # fmt: skip


@dataclass
class Table:
    """A committee of VEN: the sponsor chairs, somebody of the committee and the lead vote, the member is a guest."""

    app: Flask
    people: dict[str, Person]
    committee_id: int = 0
    parts: dict[str, str] = field(default_factory=lambda: {
        "sponsor": "chair", "committee": "member", "project_lead": "member", "member": "guest",
    })  # fmt: skip

    def by(self, role: str = "sponsor") -> Actor:
        """One of its people in the role they hold."""
        return self.people[role].actor.with_roles([Role(role)])

    def plan(self, at: datetime = SOON, **values: Any) -> int:
        """A meeting; returns its id."""
        with working(self.app, self.by()) as session:
            committee = session.get_one(Committee, self.committee_id)
            return meetings.plan_meeting(session, committee, {"starts_at": at, **values}, by=self.by(), at=at).id

    def point(self, meeting_id: int, title: str, **values: Any) -> int:
        """A point of one's own; returns its id."""
        given = {"detail": "", "length_minutes": 5, **values}
        with working(self.app, self.by()) as session:
            meeting = self.meeting(session, meeting_id)
            return agenda.add_point(session, meeting, title=title, **given, by=self.by(), at=SOON).id

    def begin(self, meeting_id: int, *present: str) -> None:
        """Begin a meeting with these people there."""
        with working(self.app, self.by()) as session:
            meeting = self.meeting(session, meeting_id)
            agenda.begin_meeting(session, self.project(session), meeting, by=self.by(), at=SOON)
            states = {self.people[role].id: "present" for role in present}
            meetings.mark_attendance(session, meeting, states, by=self.by(), at=SOON)

    def answer(self, meeting_id: int, key: str, answer: str, role: str = "sponsor", **values: Any) -> None:
        """Answer the point of a key."""
        said = deciding.Said(answer, **{"reason": "Because.", **values})
        with working(self.app, self.by(role)) as session:
            meeting = self.meeting(session, meeting_id)
            item = next(one for one in session.scalars(items_of(meeting_id=meeting_id)) if one.key == key)
            deciding.answer_item(session, self.project(session), meeting, item, said, by=self.by(role), at=SOON)

    def close(self, meeting_id: int) -> None:
        """Close a meeting."""
        with working(self.app, self.by()) as session:
            meeting = self.meeting(session, meeting_id)
            meetings.close_meeting(session, meeting, draft="As decided.", by=self.by(), at=SOON)

    def keys(self, meeting_id: int) -> list[str]:
        """The keys of the points of a meeting in their order, those left out in brackets."""
        with reading(self.app) as session:
            found = agenda.agenda_of(session, self.project(session), self.meeting(session, meeting_id), at=SOON)
            return [f"({line.key})" if line.is_left_out else line.key for line in found]

    def item_id(self, meeting_id: int, key: str) -> int:
        """The id of a stored point."""
        with reading(self.app) as session:
            return next(one.id for one in session.scalars(items_of(meeting_id=meeting_id)) if one.key == key)

    @staticmethod
    def meeting(session: Any, meeting_id: int) -> Meeting:
        """The meeting with its committee."""
        found: Meeting = session.scalars(meeting_in(project_id=1, meeting_id=meeting_id)).one()
        return found

    @staticmethod
    def project(session: Any) -> Project:
        """VEN."""
        found: Project = session.get_one(Project, 1)
        return found


def table(app: Flask, **values: Any) -> Table:
    """The committee with its people."""
    made = Table(app, people_of_governance(app))
    by = made.by()
    with working(app, by) as session:
        committee = committees.create_committee(session, project_id=1, values={**USUAL, **values}, by=by, at=SOON)
        for role, part in made.parts.items():
            seat = {"user_id": made.people[role].id, "part": part, "starts_on": None, "ends_on": None}
            committees.seat_person(session, committee, seat, by=by, at=SOON)
        made.committee_id = committee.id
    return made


def later(days: int) -> datetime:
    """So many days from now."""
    return SOON + timedelta(days=days)
