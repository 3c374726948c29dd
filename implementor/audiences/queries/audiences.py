"""What the page of an audience shows: who is in it, who stands by it, who could be put in."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from implementor.audiences.models import AffectedPerson, Audience, AudienceMember, Champion
from implementor.audiences.queries.people import is_here
from implementor.foundation.model import Rows


def members_of(*, project_id: int, audience_id: int) -> Rows:
    """Rows (id of the membership, AffectedPerson) of an audience, by name."""
    return (
        select(AudienceMember.id, AffectedPerson)
        .join(AffectedPerson, AffectedPerson.id == AudienceMember.person_id)
        .where(AudienceMember.project_id == project_id, AudienceMember.audience_id == audience_id)
        .order_by(AffectedPerson.name_key, AffectedPerson.id)
    )


def champions_of(*, project_id: int, audience_id: int) -> Rows:
    """Rows (Champion, AffectedPerson) of an audience, those of today first."""
    return (
        select(Champion, AffectedPerson)
        .join(AffectedPerson, AffectedPerson.id == Champion.person_id)
        .where(Champion.project_id == project_id, Champion.audience_id == audience_id)
        .order_by(Champion.until_on.is_not(None), AffectedPerson.name_key, Champion.id)
    )


def standing_by(today: date) -> Any:
    """The condition that a champion stands by the audience on a day."""
    return (Champion.since_on <= today) & or_(Champion.until_on.is_(None), Champion.until_on >= today)


def champions_by_audience(*, project_id: int, today: date) -> Select[int, int]:
    """(id of the audience, champions that stand by it and are in the company) where there are any."""
    return (
        select(Champion.audience_id, func.count())
        .join(AffectedPerson, AffectedPerson.id == Champion.person_id)
        .where(Champion.project_id == project_id, standing_by(today), is_here(today))
        .group_by(Champion.audience_id)
    )


def audiences_of_project(*, project_id: int) -> Select[Audience]:
    """The audiences in use, by name."""
    found = select(Audience).where(Audience.project_id == project_id, Audience.archived_at.is_(None))
    return found.order_by(Audience.name_key, Audience.id)


def member_of(*, project_id: int, audience_id: int, member_id: int) -> Select[AudienceMember]:
    """One membership of an audience."""
    return select(AudienceMember).where(
        AudienceMember.project_id == project_id, AudienceMember.audience_id == audience_id,
        AudienceMember.id == member_id,
    )  # fmt: skip


def champion_of(*, project_id: int, audience_id: int, champion_id: int) -> Select[Champion]:
    """One champion of an audience."""
    return select(Champion).where(
        Champion.project_id == project_id, Champion.audience_id == audience_id, Champion.id == champion_id
    )


def audiences_of_person(*, project_id: int, person_id: int) -> Rows:
    """Rows (id, name) of the audiences in which a person is listed, by name."""
    return (
        select(Audience.id, Audience.name)
        .join(AudienceMember, AudienceMember.audience_id == Audience.id)
        .where(AudienceMember.project_id == project_id, AudienceMember.person_id == person_id)
        .order_by(Audience.name_key, Audience.id)
    )
