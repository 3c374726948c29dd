"""What the gate check about use counts: accounts of the people of a wave, and days on which their use was measured."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Select, func, select, true

from implementor.adoption.models import PersonDay
from implementor.audiences.models import AffectedPerson, AudienceMember, ChangeImpact
from implementor.audiences.queries.people import is_here
from implementor.waves.models import Wave, WaveStory


def users_affected(*, project_id: int, wave_id: int | None, today: date) -> Select[int | None]:
    """Accounts of the people listed in the audiences whose work the wave or one of its stories changes.

    Without a wave it is whatever changes work in the project.
    """
    of_wave = ChangeImpact.story_id.in_(select(WaveStory.story_id).where(WaveStory.wave_id == wave_id))
    audiences = select(ChangeImpact.audience_id).where(
        ChangeImpact.project_id == project_id, ChangeImpact.archived_at.is_(None),
        true() if wave_id is None else (ChangeImpact.wave_id == wave_id) | of_wave,
    )  # fmt: skip
    listed = select(AudienceMember.person_id).where(AudienceMember.audience_id.in_(audiences))
    return select(AffectedPerson.user_id).where(
        AffectedPerson.project_id == project_id, AffectedPerson.id.in_(listed), is_here(today),
        AffectedPerson.user_id.is_not(None),
    )  # fmt: skip


def live_since(*, project_id: int, wave_id: int | None) -> Select[datetime | None]:
    """When a wave went live; without a wave, when the last one of the project did."""
    found = select(func.max(Wave.closed_at)).where(Wave.project_id == project_id, Wave.archived_at.is_(None))
    return found if wave_id is None else found.where(Wave.id == wave_id)


def people_measured(user_ids: Collection[int | None], *, after: date, until: date) -> Select[int]:
    """Which of these people have a fact of use on a day after `after`, up to `until`."""
    return (
        select(PersonDay.user_id)
        .where(PersonDay.user_id.in_(list(user_ids)), PersonDay.day > after, PersonDay.day <= until)
        .distinct()
    )
