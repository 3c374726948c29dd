"""Which people are affected: of a project, of an audience, and how many there are when each counts once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, distinct, func, or_, select

from implementor.audiences.models import AffectedPerson, Audience, AudienceMember


def is_here(today: date | None) -> ColumnElement[bool]:
    """Not put away, and not gone before `today`; with None also those who left."""
    in_use = AffectedPerson.archived_at.is_(None)
    if today is None:
        return in_use
    return in_use & or_(AffectedPerson.left_on.is_(None), AffectedPerson.left_on >= today)


def people_of_project(*, project_id: int, today: date | None = None) -> Select[AffectedPerson]:
    """Everybody whom the project affects, by name; with `today` without those who left before it."""
    found = select(AffectedPerson).where(AffectedPerson.project_id == project_id, is_here(today))
    return found.order_by(AffectedPerson.name_key, AffectedPerson.id)


def people_of_audience(*, project_id: int, audience_id: int, today: date | None = None) -> Select[AffectedPerson]:
    """Who is listed in an audience, by name."""
    listed = select(AudienceMember.person_id).where(
        AudienceMember.project_id == project_id, AudienceMember.audience_id == audience_id
    )
    return people_of_project(project_id=project_id, today=today).where(AffectedPerson.id.in_(listed))


def people_counted_once(
    *, project_id: int, audience_ids: Collection[int] | None = None, today: date | None = None
) -> Select[int]:
    """How many different people are listed in these audiences, or in any audience of the project that is in use."""
    found = (
        select(func.count(distinct(AudienceMember.person_id)))
        .join(AffectedPerson, AffectedPerson.id == AudienceMember.person_id)
        .join(Audience, Audience.id == AudienceMember.audience_id)
        .where(AudienceMember.project_id == project_id, Audience.archived_at.is_(None), is_here(today))
    )
    return found if audience_ids is None else found.where(AudienceMember.audience_id.in_(audience_ids))


def sizes_of_audiences(*, project_id: int, today: date | None = None) -> Select[tuple[int, int]]:
    """(id of the audience, people listed in it) for audiences with at least one."""
    return (
        select(AudienceMember.audience_id, func.count())
        .join(AffectedPerson, AffectedPerson.id == AudienceMember.person_id)
        .where(AudienceMember.project_id == project_id, is_here(today))
        .group_by(AudienceMember.audience_id)
    )
