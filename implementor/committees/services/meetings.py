"""What can happen to a meeting as a whole: planned, moved, people invited, begun with its agenda, closed for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.committees.models import Attendance, Committee, Meeting
from implementor.committees.models.meetings import MinutesFrozen
from implementor.committees.queries.committees import members_of
from implementor.committees.queries.meetings import (
    attendance_of,
    coming_meeting,
    items_of,
    last_number,
    last_planned,
)
from implementor.committees.quorum import Quorum, quorum_of
from implementor.committees.rhythm import next_moments
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

LONGEST_MINUTES = 100_000


class NoRhythm(Refusal):
    """The committee meets when needed, so its next day is said by hand."""


class Repeated(Refusal):
    """The committee meets at that moment already."""


class NotRunning(Refusal):
    """The meeting was not begun, or is over."""


class BegunAlready(Refusal):
    """The meeting was begun."""


class NobodySits(Refusal):
    """Nobody is on the committee."""


def plan_meeting(
    session: Session, committee: Committee, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> Meeting:
    """Plan a meeting by hand. `values` are catalogue values. Raises Repeated."""
    _refuse_archived(committee)
    number = int(session.scalar(last_number(committee_id=committee.id)) or 0) + 1
    title = values.get("title") or str(say("%(committee)s, meeting %(number)s", committee=committee.name,
                                           number=number))  # fmt: skip
    _refuse_repeated(session, committee.id, values["starts_at"])
    meeting = Meeting(
        project_id=committee.project_id, committee_id=committee.id, number=number, title=title,
        starts_at=values["starts_at"], length_minutes=values.get("length_minutes") or committee.length_minutes,
        place=values.get("place", committee.place), link=values.get("link", committee.link),
    )  # fmt: skip
    session.add(meeting)
    _name(session, meeting, "meeting.plan", say("Planned the meeting %(title)s", title=meeting.title))
    session.flush()
    return meeting


def plan_next(session: Session, committee: Committee, *, by: Actor, at: datetime) -> Meeting:
    """Plan the next meeting of the rhythm, after now and after those planned already. Raises NoRhythm."""
    last = session.scalar(last_planned(committee_id=committee.id))
    moments = next_moments(committee, max(at, last) if last is not None else at)
    if not moments:
        raise NoRhythm(say("%(name)s meets when needed. Say the day by hand.", name=committee.name))
    return plan_meeting(session, committee, {"starts_at": moments[0]}, by=by, at=at)


def change_meeting(session: Session, meeting: Meeting, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Move a meeting or say anew where it is. Raises MinutesFrozen, Repeated."""
    refuse_closed(meeting)
    moment = values.get("starts_at", meeting.starts_at)
    if moment != meeting.starts_at:
        if meeting.is_begun:
            raise BegunAlready(say("%(title)s was begun, so it is not moved.", title=meeting.title))
        _refuse_repeated(session, meeting.committee_id, moment)
    for name, value in values.items():
        setattr(meeting, name, value)
    _name(session, meeting, "meeting.change", say("Changed the meeting %(title)s", title=meeting.title))
    session.flush()


def restore_meeting(session: Session, meeting: Meeting, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a planned meeting earlier values, or call off one that was planned by mistake."""
    refuse_closed(meeting)
    if meeting.is_begun:
        raise BegunAlready(say("%(title)s was begun, so this is not taken back.", title=meeting.title))
    for name, value in values.items():
        setattr(meeting, name, value)


def invite(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> list[int]:
    """Invite everybody who sits on the committee that day; returns their ids. Raises NobodySits."""
    refuse_closed(meeting)
    seats = session.scalars(members_of(committee_id=meeting.committee_id)).all()
    people = [seat.user_id for seat in seats if seat.sits_on(meeting.starts_at.date())]
    if not people:
        raise NobodySits(say("Nobody is on this committee on that day. Name its members first."))
    meeting.invited_at, meeting.invited_by_id = at, by.user_id
    _name(session, meeting, "meeting.invite", say("Invited people to %(title)s", title=meeting.title))
    session.flush()
    return people


def expect_people(session: Session, meeting: Meeting) -> None:
    """Put down everybody who sits on the committee that day as absent, to be ticked; who is there already stays."""
    known = {one.user_id for one in session.scalars(attendance_of(meeting_id=meeting.id))}
    for seat in session.scalars(members_of(committee_id=meeting.committee_id)):
        if seat.user_id not in known and seat.sits_on(meeting.starts_at.date()):
            session.add(
                Attendance(
                    project_id=meeting.project_id, meeting_id=meeting.id, user_id=seat.user_id, part=seat.part,
                    state="absent",
                )
            )  # fmt: skip
    session.flush()


def mark_attendance(
    session: Session, meeting: Meeting, states: Mapping[int, str], *, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Say who is there, by the person's id. Raises NotRunning, InvalidInput."""
    refuse_not_running(meeting)
    if set(states.values()) - {"present", "excused", "absent"}:
        raise InvalidInput({"attendance": say("Choose present, excused or absent.")})
    for one in session.scalars(attendance_of(meeting_id=meeting.id)):
        one.state = states.get(one.user_id, one.state)
    _name(session, meeting, "meeting.attend", say("Said who was at %(title)s", title=meeting.title))
    session.flush()


def quorum_now(session: Session, meeting: Meeting) -> Quorum:
    """How many of the voting members are there, and how many are needed."""
    voting = [one for one in session.scalars(attendance_of(meeting_id=meeting.id)) if one.part != "guest"]
    present = sum(one.state == "present" for one in voting)
    of = meeting.committee
    return quorum_of(of.quorum_kind, of.quorum, voting=len(voting), present=present)


def write_minutes(session: Session, meeting: Meeting, text: str, *, by: Actor, at: datetime) -> None:
    """Keep the minutes as they stand. Raises NotRunning, MinutesFrozen, InvalidInput."""
    refuse_not_running(meeting)
    said = clean(text).strip()
    if len(said) > LONGEST_MINUTES:
        raise InvalidInput({"minutes": say("Up to %(longest)s characters, please.", longest=LONGEST_MINUTES)})
    meeting.minutes = said
    _name(session, meeting, "meeting.write", say("Wrote the minutes of %(title)s", title=meeting.title))
    session.flush()


def close_meeting(session: Session, meeting: Meeting, *, draft: str, by: Actor, at: datetime) -> Meeting | None:
    """Close a meeting for good: minutes, agenda and attendance freeze; without minutes the `draft` becomes them.

    Where the committee has a rhythm and no other meeting is planned, the next one is and returned: what was left open
    goes on its agenda by itself. Raises NotRunning.
    """
    refuse_not_running(meeting)
    quorum = quorum_now(session, meeting)
    _name(session, meeting, "meeting.close", say("Closed the meeting %(title)s", title=meeting.title))
    for row in (
        *session.scalars(items_of(meeting_id=meeting.id)), *session.scalars(attendance_of(meeting_id=meeting.id)),
    ):  # fmt: skip
        row.frozen_at = at
    meeting.minutes = meeting.minutes or draft
    meeting.quorum_needed, meeting.voting_present = quorum.needed, quorum.present
    meeting.closed_at, meeting.closed_by_id = at, by.user_id
    session.flush()
    of = meeting.committee
    following = session.scalars(coming_meeting(committee_id=of.id, without=meeting.id)).first()
    if following is not None or of.rhythm == "none" or of.is_archived:
        return following
    return plan_next(session, of, by=by, at=at)


def refuse_closed(meeting: Meeting) -> None:
    """Raise MinutesFrozen for a meeting that is closed, Refusal for one that was called off."""
    if meeting.is_closed:
        raise MinutesFrozen(say("%(title)s is closed, and its minutes stay as they are.", title=meeting.title))
    if meeting.is_archived:
        raise NotRunning(say("%(title)s was called off. Restore it first.", title=meeting.title))


def refuse_not_running(meeting: Meeting) -> None:
    """Raise NotRunning unless the meeting was begun and is not closed."""
    refuse_closed(meeting)
    if not meeting.is_begun:
        raise NotRunning(say("Begin the meeting first."))


def refuse_begun(meeting: Meeting) -> None:
    """Raise BegunAlready once the agenda stands."""
    refuse_closed(meeting)
    if meeting.is_begun:
        raise BegunAlready(say("%(title)s was begun; its agenda stands.", title=meeting.title))


def _refuse_archived(committee: Committee) -> None:
    if committee.is_archived:
        raise NotRunning(say("%(name)s is archived. Restore it first.", name=committee.name))


def _refuse_repeated(session: Session, committee_id: int, moment: datetime) -> None:
    from_then = coming_meeting(committee_id=committee_id).where(Meeting.starts_at == moment)
    if session.scalars(from_then).first() is not None:
        raise Repeated(say("The committee meets at that moment already. Choose another one."))


def _name(session: Session, meeting: Meeting, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=meeting.project_id)
