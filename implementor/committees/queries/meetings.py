"""How meetings, their agendas and attendance are found; inside one project, or inside what a person sits on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from implementor.auth.models import User
from implementor.committees.models import AgendaItem, Attendance, Committee, CommitteeMember, Meeting, MeetingFeed
from implementor.foundation.model import Rows
from implementor.governance.models import ActionItem, Decision, RecordLink
from implementor.projects.models import Membership, Programme, Project

MOST_PAST, MOST_OPEN, MOST_OF_MINE, MOST_ITEMS = 12, 20, 20, 100


def meeting_in(*, project_id: int, meeting_id: int) -> Select[Meeting]:
    """A meeting of a project with its committee, called off or not."""
    return (
        select(Meeting)
        .where(Meeting.project_id == project_id, Meeting.id == meeting_id)
        .options(joinedload(Meeting.committee))
    )


def meeting_in_programme(*, programme_id: int, meeting_id: int) -> Select[Meeting]:
    """A meeting of a committee of a programme, with its committee, called off or not."""
    return (
        select(Meeting)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(Committee.programme_id == programme_id, Meeting.id == meeting_id)
        .options(joinedload(Meeting.committee))
    )


def coming_meeting(*, committee_id: int, without: int = 0) -> Select[Meeting]:
    """The meeting that is not closed and begins first."""
    return (
        select(Meeting)
        .where(
            Meeting.committee_id == committee_id, Meeting.closed_at.is_(None), Meeting.archived_at.is_(None),
            Meeting.id != without,
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(1)
    )  # fmt: skip


def last_planned(*, committee_id: int) -> Select[datetime | None]:
    """When the last meeting that was planned begins."""
    return select(func.max(Meeting.starts_at)).where(
        Meeting.committee_id == committee_id, Meeting.archived_at.is_(None)
    )


def last_number(*, committee_id: int) -> Select[int]:
    """The number of the last meeting; 0 before there is one."""
    return select(func.coalesce(func.max(Meeting.number), 0)).where(Meeting.committee_id == committee_id)


def closed_meetings(*, committee_id: int, limit: int = MOST_PAST) -> Select[Meeting]:
    """Past meetings, the latest first."""
    return (
        select(Meeting)
        .where(Meeting.committee_id == committee_id, Meeting.closed_at.is_not(None))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(limit)
    )


def items_of(*, meeting_id: int) -> Select[AgendaItem]:
    """The stored points of an agenda in their order."""
    return (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id)
        .options(joinedload(AgendaItem.answered_by))
        .order_by(AgendaItem.position, AgendaItem.id)
        .limit(MOST_ITEMS)
    )


def item_in(*, meeting_id: int, item_id: int) -> Select[AgendaItem]:
    """One point of an agenda."""
    return items_of(meeting_id=meeting_id).where(AgendaItem.id == item_id)


def unsettled_items(*, committee_id: int) -> Rows:
    """Rows (AgendaItem, number) of what the last closed meeting left open: undecided, postponed, proposed alone."""
    last = closed_meetings(committee_id=committee_id, limit=1).with_only_columns(Meeting.id).scalar_subquery()
    settled = and_(AgendaItem.answer.in_(("approved", "refused", "noted")), AgendaItem.is_proposal.is_(False))
    return (
        select(AgendaItem, Meeting.number)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.meeting_id == last, AgendaItem.left_out_at.is_(None),
            or_(AgendaItem.answer.is_(None), ~settled),
        )
        .order_by(AgendaItem.position, AgendaItem.id)
    )  # fmt: skip


def attendance_of(*, meeting_id: int) -> Select[Attendance]:
    """Who was expected at a meeting, with the person."""
    return (
        select(Attendance)
        .join(User, User.id == Attendance.user_id)
        .where(Attendance.meeting_id == meeting_id)
        .options(joinedload(Attendance.user))
        .order_by(Attendance.id)
    )


def item_of_decision(*, project_id: int, decision_id: int) -> Select[AgendaItem]:
    """The point of an agenda that a decision was made of."""
    return select(AgendaItem).where(AgendaItem.about_project_id == project_id, AgendaItem.decision_id == decision_id)


def decision_numbers(ids: Iterable[int]) -> Rows:
    """Rows (id, number, reversed_at, project_id) of decisions."""
    columns = (Decision.id, Decision.number, Decision.reversed_at, Decision.project_id)
    return select(*columns).where(Decision.id.in_(list(ids)))


def open_questions(*, project_ids: Iterable[int], limit: int = MOST_OPEN) -> Select[Decision]:
    """Questions that wait for a decision, the most urgent first."""
    return (
        select(Decision)
        .where(
            Decision.project_id.in_(list(project_ids)), Decision.decided_at.is_(None), Decision.archived_at.is_(None)
        )
        .options(joinedload(Decision.owner))
        .order_by(Decision.due_on.is_(None), Decision.due_on, Decision.id)
        .limit(limit)
    )


def actions_of_meetings(*, committee_id: int, since: datetime | None = None) -> Select[ActionItem]:
    """What was given to people in meetings of a committee and is open, or was done after a moment; by day."""
    given = exists().where(
        RecordLink.record_kind == "action_item", RecordLink.record_id == ActionItem.id,
        RecordLink.relation == "came_from", RecordLink.other_kind == "meeting", RecordLink.other_id == Meeting.id,
        Meeting.committee_id == committee_id, RecordLink.project_id == ActionItem.project_id,
    )  # fmt: skip
    is_news: Any = ActionItem.done_at.is_(None)
    if since is not None:
        is_news = or_(is_news, ActionItem.done_at > since)
    return (
        select(ActionItem)
        .where(given, ActionItem.archived_at.is_(None), is_news)
        .options(joinedload(ActionItem.owner))
        .order_by(ActionItem.done_at.is_not(None), ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)
        .limit(MOST_OPEN)
    )


def actions_given_in(*, meeting_id: int) -> Select[ActionItem]:
    """What was given to people in one meeting; in that of a programme for any of its projects."""
    return (
        select(ActionItem)
        .join(RecordLink, RecordLink.record_id == ActionItem.id)
        .where(
            RecordLink.project_id == ActionItem.project_id, RecordLink.record_kind == "action_item",
            RecordLink.relation == "came_from", RecordLink.other_kind == "meeting", RecordLink.other_id == meeting_id,
            ActionItem.archived_at.is_(None),
        )
        .options(joinedload(ActionItem.owner))
        .order_by(ActionItem.id)
    )  # fmt: skip


def _sits(user_id: int | None, on: date) -> Any:
    """The person sits on the committee today, and still has a role in its project where it is of one."""
    seat = exists().where(
        CommitteeMember.committee_id == Meeting.committee_id, CommitteeMember.user_id == user_id,
        CommitteeMember.removed_at.is_(None), or_(CommitteeMember.ends_on.is_(None), CommitteeMember.ends_on >= on),
    )  # fmt: skip
    of_programme = and_(Committee.programme_id.is_not(None), Programme.archived_at.is_(None))
    inside = exists().where(
        Membership.project_id == Meeting.project_id, Membership.user_id == user_id, Membership.removed_at.is_(None)
    )
    return and_(seat, or_(of_programme, and_(inside, Project.archived_at.is_(None))))


def meetings_of_person(user_id: int | None, *, since: datetime, on: date, called_off: bool = False) -> Rows:
    """Rows (Meeting, committee, project_key, programme_id, of) of the meetings of committees that a person sits on.

    Only in projects and programmes in use; `of` is the project's key or the programme's name.
    `called_off` adds those that do not take place, for calendars that know them already.
    """
    found = (
        select(
            Meeting, Committee.name.label("committee"), Project.key.label("project_key"), Committee.programme_id,
            func.coalesce(Project.key, Programme.name).label("of"),
        )
        .join(Committee, Committee.id == Meeting.committee_id)
        .outerjoin(Project, Project.id == Meeting.project_id)
        .outerjoin(Programme, Programme.id == Committee.programme_id)
        .where(_sits(user_id, on), Meeting.starts_at >= since)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST_ITEMS)
    )  # fmt: skip
    return found if called_off else found.where(Meeting.archived_at.is_(None), Meeting.closed_at.is_(None))


def feed_that_works(*, user_id: int | None) -> Select[MeetingFeed]:
    """The feed of a person."""
    return select(MeetingFeed).where(MeetingFeed.user_id == user_id, MeetingFeed.revoked_at.is_(None))


def feed_by_id(*, feed_id: int) -> Rows:
    """A feed that works with its person, as a row (MeetingFeed, User), unless the person cannot sign in."""
    return (
        select(MeetingFeed, User)
        .join(User, User.id == MeetingFeed.user_id)
        .where(MeetingFeed.id == feed_id, MeetingFeed.revoked_at.is_(None), User.disabled_at.is_(None))
    )
