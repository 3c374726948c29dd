"""The committees of the world: one in each project with a meeting planned, one being held and one closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.committees import agenda, deciding
from implementor.committees.models import Committee, Meeting
from implementor.committees.queries.committees import seat_of
from implementor.committees.queries.meetings import items_of, meeting_in, meeting_in_programme
from implementor.committees.services import committees, meetings
from implementor.foundation.permissions import Actor, Role
from implementor.projects.models import Project
from tests.auth.builders import working

if TYPE_CHECKING:
    from tests.security.world import Place, World

RHYTHM: dict[str, Any] = {
    "quorum_kind": "count", "quorum": 1, "rhythm": "weekly", "every": 1, "week": "1", "weekday": "1", "clock": "09:00",
    "time_zone": "UTC", "first_on": None, "length_minutes": 60, "link": None,
}  # fmt: skip


def add_committees(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """The lead chairs and is there; answers count."""
    at = datetime.now(UTC)
    values = {"name": f"Committee {text}", "purpose": f"For {text}", "place": f"Room {text}", **RHYTHM}
    found = committees.create_committee(session, project_id=place.project_id, values=values, by=by, at=at)
    seat = {"user_id": by.user_id, "part": "chair", "starts_on": None, "ends_on": None}
    place.ids["seat"] = committees.seat_person(session, found, seat, by=by, at=at).id
    limit = {"role": "sponsor", "amount": 100, "currency": "USD", "days": 3}
    place.ids |= {"committee": found.id, "limit": committees.set_limit(session, found, limit, by=by, at=at).id}
    for name, days in (("closed_meeting", -7), ("running_meeting", 0), ("meeting", 7)):
        place.ids[name] = _meet(session, place, found, f"Meeting {text}", by, at, days)
    running = {item.key: item.id for item in session.scalars(items_of(meeting_id=place.ids["running_meeting"]))}
    place.ids |= {
        "point": running[f"own:{_number(session, place.ids['running_meeting'])}-1"],
        "question_point": running[f"question:{place.ids['decision']}"],
        "voted_point": running[f"question:{place.ids['voted_decision']}"],
    }
    assert session.scalars(seat_of(committee_id=found.id, user_id=by.user_id)).one().votes


def _meet(
    session: Session, place: Place, committee: Committee, title: str, by: Actor, at: datetime, days: int
) -> int:  # fmt: skip
    values = {"starts_at": at + timedelta(days=days), "title": title}
    made = meetings.plan_meeting(session, committee, values, by=by, at=at)
    meeting = session.scalars(meeting_in(project_id=place.project_id, meeting_id=made.id)).one()
    agenda.add_point(session, meeting, title=f"Point {title}", detail=f"About {title}", length_minutes=5, by=by, at=at)
    if days > 0:
        return made.id
    project = session.get_one(Project, place.project_id)
    agenda.begin_meeting(session, project, meeting, by=by, at=at)
    meetings.mark_attendance(session, meeting, {by.user_id or 0: "present"}, by=by, at=at)
    if days < 0:
        own = next(one for one in session.scalars(items_of(meeting_id=meeting.id)) if one.subject == "own")
        said = deciding.Said("approved", f"Because {title}", f"Yes {title}")
        deciding.answer_item(session, project, meeting, own, said, by=by, at=at)
        meetings.close_meeting(session, meeting, draft=f"Minutes of {title}", by=by, at=at)
    return made.id


def add_programme_committee(app: Flask, world: World, place: Place) -> None:
    """The committee of a place's programme: VEN's lead decides, its viewer is a guest; it says nothing of its own."""
    with working(app) as session:
        _fill_programme(session, world.ids, place, world.people["project_lead"].actor, world.people["viewer"].id)


def _fill_programme(session: Session, ids: dict[str, Any], place: Place, lead: Actor, viewer_id: int) -> None:
    at, by = datetime.now(UTC), lead.with_roles([Role.PROJECT_LEAD])
    values = {"name": "Programme table", "purpose": "", "place": None, **RHYTHM}
    found = committees.create_committee(session, programme_id=ids["programme"], values=values, by=by, at=at)
    seats = [
        committees.seat_person(
            session, found, {"user_id": user_id, "part": part, "starts_on": None, "ends_on": None}, by=by, at=at
        )
        for user_id, part in ((by.user_id, "chair"), (viewer_id, "guest"))
    ]
    limit = {"role": "sponsor", "amount": 100, "currency": "USD", "days": 3}
    limit_id = committees.set_limit(session, found, limit, by=by, at=at).id
    ids |= {"programme_committee": found.id, "programme_seat": seats[1].id, "programme_limit": limit_id}
    for name, days in (("running_meeting", 0), ("meeting", 7)):
        made = meetings.plan_meeting(session, found, {"starts_at": at + timedelta(days=days)}, by=by, at=at)
        ids[f"programme_{name}"] = made.id
        meeting = session.scalars(meeting_in_programme(programme_id=ids["programme"], meeting_id=made.id)).one()
        agenda.add_point(session, meeting, title="Anything", detail="", length_minutes=5, by=by, at=at)
        if not days:
            agenda.begin_meeting(session, None, meeting, by=by, at=at)
            meetings.mark_attendance(session, meeting, {by.user_id or 0: "present"}, by=by, at=at)
    running = {item.key: item.id for item in session.scalars(items_of(meeting_id=ids["programme_running_meeting"]))}
    ids |= {
        "programme_point": running["own:1-1"],
        "programme_question_point": running[f"question:{place.ids['decision']}"],
        "programme_voted_point": running[f"question:{place.ids['voted_decision']}"],
    }


def _number(session: Session, meeting_id: int) -> int:
    return session.get_one(Meeting, meeting_id).number
