"""Requests: of a project, of their sender, those that say the same; and which rollout hears of somebody's request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, null, or_, select
from sqlalchemy.orm import aliased

from implementor.audiences.models import AffectedPerson, Audience
from implementor.auth.models import Area, Team, TeamMember, User
from implementor.calendars.models import SlaClock
from implementor.foundation.model import Asked, Rows
from implementor.foundation.permissions import Actor, Role
from implementor.governance.queries.escalations import people_in_roles
from implementor.projects.models import Membership, Project
from implementor.projects.place import sees_every_project
from implementor.releases.release_models import ConfigRelease
from implementor.stories.models import Story
from implementor.support.models import OPEN, SupportHandover, SupportRequest, SupportShift
from implementor.training.models import COMPLETED, Course, CourseTopic, Enrolment
from implementor.waves.models import Wave

TAKERS = (Role.PROJECT_LEAD, Role.CHANGE_LEAD)


def projects_answered_by(actor: Actor) -> Rows:
    """Ids of the projects whose requests the actor takes up."""
    if sees_every_project(actor):
        return select(Project.id)
    return select(Membership.project_id).where(
        Membership.user_id == actor.user_id, Membership.role.in_([str(role) for role in TAKERS]),
        Membership.removed_at.is_(None),
    )  # fmt: skip


def titles_of_requests(actor: Actor, ids: Iterable[int]) -> Rows:
    """Rows (id, title, project_key, number) of requests that the actor takes up, to name them in other places."""
    return (
        select(SupportRequest.id, SupportRequest.name.label("title"), Project.key.label("project_key"),
               null().label("number"))
        .join(Project, Project.id == SupportRequest.project_id)
        .where(SupportRequest.id.in_(list(ids)), SupportRequest.project_id.in_(projects_answered_by(actor)))
    )  # fmt: skip


def titles_of_shifts(actor: Actor, ids: Iterable[int]) -> Rows:
    """Rows (id, title, project_key, number) of hours of support of the projects whose requests the actor takes up."""
    return (
        select(SupportShift.id, SupportShift.name.label("title"), Project.key.label("project_key"),
               null().label("number"))
        .join(Project, Project.id == SupportShift.project_id)
        .where(SupportShift.id.in_(list(ids)), SupportShift.project_id.in_(projects_answered_by(actor)))
    )  # fmt: skip


def shifts_between(*, project_id: int, since: datetime, until: datetime) -> Rows:
    """Rows (id, name, channel, starts_at, ends_at, audience) of hours of support that touch this time, in order."""
    found = select(
        SupportShift.id, SupportShift.name, SupportShift.channel, SupportShift.starts_at, SupportShift.ends_at,
        Audience.name.label("audience"),
    ).outerjoin(Audience, Audience.id == SupportShift.audience_id)  # fmt: skip
    return found.where(
        SupportShift.project_id == project_id, SupportShift.archived_at.is_(None), SupportShift.ends_at > since,
        SupportShift.starts_at < until,
    ).order_by(SupportShift.starts_at, SupportShift.id)  # fmt: skip


def project_that_hears(*, user_id: int) -> Select[int]:
    """Projects in progress in the order in which they hear of somebody's request.

    First those that affect the person, then those whose release is the latest, then the newest.
    """
    affects = select(AffectedPerson.id).where(
        AffectedPerson.project_id == Project.id, AffectedPerson.user_id == user_id, AffectedPerson.archived_at.is_(None)
    )
    latest = (
        select(ConfigRelease.id)
        .where(ConfigRelease.project_id == Project.id)
        .order_by(ConfigRelease.id.desc())
        .limit(1)
        .correlate(Project)
        .scalar_subquery()
    )
    return (
        select(Project.id)
        .where(Project.archived_at.is_(None), Project.status == "active")
        .order_by(affects.exists().desc(), latest.is_(None), latest.desc(), Project.id.desc())
    )


def area_of_sender(*, project_id: int, user_id: int) -> Select[int | None]:
    """The area in which the project affects somebody, or else that of their team."""
    return (
        select(func.coalesce(AffectedPerson.area_id, Team.area_id))
        .select_from(User)
        .outerjoin(AffectedPerson, and_(
            AffectedPerson.user_id == User.id, AffectedPerson.project_id == project_id,
            AffectedPerson.archived_at.is_(None),
        ))
        .outerjoin(TeamMember, and_(TeamMember.user_id == User.id, TeamMember.left_at.is_(None)))
        .outerjoin(Team, Team.id == func.coalesce(AffectedPerson.team_id, TeamMember.team_id))
        .where(User.id == user_id)
        .order_by(AffectedPerson.id.desc(), TeamMember.id)
        .limit(1)
    )  # fmt: skip


def takers_of(*, project_id: int) -> Select[int]:
    """Ids of the members of a project who take up its requests."""
    return people_in_roles(project_id=project_id, roles=TAKERS)


def own_requests(*, user_id: int) -> Rows:
    """Rows (SupportRequest, story_title, story_status) of one's own requests, the newest first.

    What says the same as an earlier request shows what that one became.
    """
    earlier = aliased(SupportRequest)
    return (
        select(SupportRequest, Story.title.label("story_title"), Story.status.label("story_status"))
        .outerjoin(earlier, earlier.id == SupportRequest.known_id)
        .outerjoin(Story, Story.id == func.coalesce(SupportRequest.story_id, earlier.story_id))
        .where(SupportRequest.created_by_id == user_id, SupportRequest.archived_at.is_(None))
        .order_by(SupportRequest.id.desc())
    )


def earlier_requests(*, project_id: int, request_id: int) -> Rows:
    """The (id, name) rows of other requests in use that are no copies themselves, the newest first."""
    found = select(SupportRequest.id, SupportRequest.name).where(
        SupportRequest.project_id == project_id, SupportRequest.id != request_id,
        SupportRequest.known_id.is_(None), SupportRequest.archived_at.is_(None),
    )  # fmt: skip
    return found.order_by(SupportRequest.id.desc())


def copies_of(*, project_id: int, request_id: int) -> Select[SupportRequest]:
    """Requests that say the same as this one, the oldest first."""
    found = select(SupportRequest).where(
        SupportRequest.project_id == project_id, SupportRequest.known_id == request_id,
        or_(SupportRequest.archived_at.is_(None), SupportRequest.state != "open"),
    )  # fmt: skip
    return found.order_by(SupportRequest.id)


def waves_live(*, project_id: int) -> Rows:
    """Rows (id, number, name, closed_at) of the waves that went live, the latest first."""
    found = select(Wave.id, Wave.number, Wave.name, Wave.closed_at).where(
        Wave.project_id == project_id, Wave.closed_at.is_not(None), Wave.archived_at.is_(None)
    )
    return found.order_by(Wave.closed_at.desc(), Wave.id.desc())


def requests_between(*, project_id: int, since: datetime, until: datetime) -> Rows:
    """Rows (name, kind, priority, state, created_at, area_id, area) of requests that came from a moment to another."""
    found = select(
        SupportRequest.name, SupportRequest.kind, SupportRequest.priority, SupportRequest.state,
        SupportRequest.created_at, SupportRequest.area_id, Area.name.label("area"),
    )  # fmt: skip
    found = found.outerjoin(Area, Area.id == SupportRequest.area_id)
    return found.where(*_came(project_id, since, until)).order_by(SupportRequest.created_at, SupportRequest.id)


def promises_between(*, project_id: int, since: datetime, until: datetime) -> Rows:
    """Rows (name, kept, late, runs) of what was promised for requests that came from one moment to another.

    What was called off, since a story goes on with it, is not counted.
    """
    count, late = func.count(), SlaClock.breached_at.is_not(None)
    is_met = SlaClock.met_at.is_not(None)
    return (
        select(SlaClock.name, count.filter(is_met, ~late).label("kept"), count.filter(late).label("late"),
               count.filter(~is_met, ~late).label("runs"))
        .join(SupportRequest, SupportRequest.id == SlaClock.record_id)
        .where(SlaClock.record_kind == SupportRequest.__record_kind__,
               or_(SlaClock.cancelled_at.is_(None), late), *_came(project_id, since, until))
        .group_by(SlaClock.name)
    )  # fmt: skip


def _came(project_id: int, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SupportRequest.project_id == project_id, SupportRequest.created_at >= since, SupportRequest.created_at < until,
        SupportRequest.archived_at.is_(None),
    )  # fmt: skip


def topics_trained(*, project_id: int) -> Rows:
    """Rows (id, name, course_id, course, part, done) of topics: how many take the course, how many completed it."""
    counts = (
        select(Enrolment.course_id, func.count().label("part"),
               func.count().filter(Enrolment.state == COMPLETED).label("done"))
        .where(Enrolment.project_id == project_id)
        .group_by(Enrolment.course_id)
        .subquery()
    )  # fmt: skip
    return (
        select(CourseTopic.id, CourseTopic.name, Course.id.label("course_id"), Course.name.label("course"),
               func.coalesce(counts.c.part, 0).label("part"), func.coalesce(counts.c.done, 0).label("done"))
        .join(Course, Course.id == CourseTopic.course_id)
        .outerjoin(counts, counts.c.course_id == Course.id)
        .where(CourseTopic.project_id == project_id, CourseTopic.archived_at.is_(None), Course.archived_at.is_(None))
        .order_by(CourseTopic.name_key, CourseTopic.id)
    )  # fmt: skip


def open_between(*, project_id: int, since: datetime, until: datetime) -> Select[SupportRequest]:
    """Requests to be taken up that came from one moment to another, for writing."""
    found = select(SupportRequest).where(SupportRequest.state == OPEN, *_came(project_id, since, until))
    return found.order_by(SupportRequest.id).with_for_update()


def handovers_of(*, project_id: int, wave_id: int) -> Rows:
    """Rows (SupportHandover, owner) of what was passed on of a wave and not taken back, the latest first."""
    found = select(SupportHandover, User.name.label("owner")).join(User, User.id == SupportHandover.owner_id)
    return found.where(
        SupportHandover.project_id == project_id, SupportHandover.wave_id == wave_id,
        SupportHandover.archived_at.is_(None),
    ).order_by(SupportHandover.handed_on.desc(), SupportHandover.id.desc())  # fmt: skip


def left_to_pass_on(*, project_id: int, wave_id: int) -> Asked:
    """One row (is_live, requests, is_passed_on) of a wave; its requests came before the next one went live."""
    return _left_to_pass_on(), {"of_project": project_id, "of_wave": wave_id}


@cache
def _left_to_pass_on() -> Rows:
    of_project: Any = bindparam("of_project")
    of_wave: Any = bindparam("of_wave")
    live_at = select(Wave.closed_at).where(Wave.project_id == of_project, Wave.id == of_wave).scalar_subquery()
    next_one = aliased(Wave)
    next_at = select(func.min(next_one.closed_at)).where(
        next_one.project_id == of_project, next_one.closed_at > live_at, next_one.archived_at.is_(None)
    )
    until = next_at.scalar_subquery()
    came = (SupportRequest.created_at >= live_at) & (until.is_(None) | (SupportRequest.created_at < until))
    requests = select(func.count()).where(
        SupportRequest.project_id == of_project,
        SupportRequest.archived_at.is_(None),
        SupportRequest.state == OPEN,
        came,
    )
    passed = exists().where(
        SupportHandover.project_id == of_project, SupportHandover.wave_id == of_wave,
        SupportHandover.archived_at.is_(None),
    )  # fmt: skip
    return select(
        live_at.is_not(None).label("is_live"), requests.scalar_subquery().label("requests"),
        passed.label("is_passed_on"),
    )  # fmt: skip
