"""How committees of programmes are found: for the PMO and the sponsor all, for others those they sit on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from implementor.committees.models import Committee, CommitteeMember, Meeting
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.models import Programme, Project
from implementor.projects.place import sees_every_project
from implementor.projects.queries import is_visible_to


def sits(user_id: int | None, on: date | None = None) -> ColumnElement[bool]:
    """The condition on CommitteeMember that the person is on the committee, on a day or in whatever term."""
    still = (CommitteeMember.user_id == user_id) & CommitteeMember.removed_at.is_(None)
    if on is None:
        return still
    begun = or_(CommitteeMember.starts_on.is_(None), CommitteeMember.starts_on <= on)
    return still & begun & or_(CommitteeMember.ends_on.is_(None), CommitteeMember.ends_on >= on)


def programme_at(*, programme_id: int) -> Select[Programme]:
    """A programme, archived or not."""
    return select(Programme).where(Programme.id == programme_id)


def seats_in_programme(*, programme_id: int, user_id: int | None, on: date) -> Rows:
    """Rows (committee_id, part) of the committees of a programme that a person sits on that day."""
    return (
        select(CommitteeMember.committee_id, CommitteeMember.part)
        .join(Committee, Committee.id == CommitteeMember.committee_id)
        .where(Committee.programme_id == programme_id, sits(user_id, on))
    )


def projects_in_programme(actor: Actor, *, programme_id: int) -> Rows:
    """Rows (Project, is_seen) of the projects in use of a programme, by key; `is_seen` where the actor may open it."""
    return (
        select(Project, is_visible_to(actor).label("is_seen"))
        .where(Project.programme_id == programme_id, Project.archived_at.is_(None))
        .order_by(Project.key)
    )


def projects_of_programme(*, programme_id: int | None) -> Select[Project]:
    """The projects in use of a programme, by key."""
    return (
        select(Project).where(Project.programme_id == programme_id, Project.archived_at.is_(None)).order_by(Project.key)
    )


def keys_of_projects(ids: Iterable[int]) -> Rows:
    """Rows (id, key, name) of projects, to name them where nothing else of them is told."""
    return select(Project.id, Project.key, Project.name).where(Project.id.in_(list(ids))).order_by(Project.key)


def committees_of_programme(*, programme_id: int) -> Rows:
    """Rows (Committee, next_at) of the committees in use of a programme, by name, with when they meet next."""
    coming = (
        select(func.min(Meeting.starts_at))
        .where(Meeting.committee_id == Committee.id, Meeting.closed_at.is_(None), Meeting.archived_at.is_(None))
        .correlate(Committee)
        .scalar_subquery()
    )
    return (
        select(Committee, coming.label("next_at"))
        .where(Committee.programme_id == programme_id, Committee.archived_at.is_(None))
        .order_by(Committee.name, Committee.id)
    )


def programme_of_record(model: type[Any], record_id: int) -> Select[int | None]:
    """The programme whose committee, or the meeting of one, has this id; no row for one of a project."""
    found = select(Committee.programme_id).where(Committee.programme_id.is_not(None))
    if model is Committee:
        return found.where(Committee.id == record_id)
    return found.join(Meeting, Meeting.committee_id == Committee.id).where(Meeting.id == record_id)


def committee_of_meeting(*, meeting_id: int) -> Select[int]:
    """The id of the committee whose meeting it is."""
    return select(Meeting.committee_id).where(Meeting.id == meeting_id)


def committees_seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Committee, one of a programme, that the actor may know of it."""
    if sees_every_project(actor):
        return true()
    mine = select(CommitteeMember.committee_id).where(sits(actor.user_id))
    led = select(Programme.id).where(Programme.sponsor_id == actor.user_id)
    return or_(Committee.id.in_(mine), Committee.programme_id.in_(led))


def programmes_with_committees(actor: Actor) -> Rows:
    """Rows (id, name) of programmes in use that have a committee the actor may know of, or whose sponsor that is."""
    kept = select(Committee.programme_id).where(Committee.archived_at.is_(None), committees_seen_by(actor))
    return (
        select(Programme.id, Programme.name)
        .where(Programme.archived_at.is_(None))
        .where(or_(Programme.id.in_(kept), Programme.sponsor_id == actor.user_id))
        .order_by(Programme.name_key, Programme.id)
    )
