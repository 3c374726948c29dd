"""What capacity is read from: shares, days off, other waves of the same people, and what finished waves validated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.calendars.models import BusinessCalendar
from implementor.foundation.model import Rows
from implementor.projects.models import Project
from implementor.stories.models import Story, StoryEffort
from implementor.stories.statuses import FINISHED
from implementor.waves.capacity import PAST_WAVES
from implementor.waves.capacity_models import CapacityRate, CapacityShare, DayOff
from implementor.waves.models import Wave, WaveStory


def place_of(*, project_id: int) -> Rows:
    """One row (country, region, points_per_day) of a project: where it works and the rate it states."""
    return (
        select(Project.country, Project.region, CapacityRate.points_per_day)
        .outerjoin(CapacityRate, CapacityRate.project_id == Project.id)
        .where(Project.id == project_id)
    )


def closed_days_in(*, project_id: int) -> Rows:
    """Rows (closed_days,) of the business calendars in use of the project's country, and of its region or of none."""
    here = and_(
        BusinessCalendar.country == Project.country,
        or_(BusinessCalendar.region.is_(None), BusinessCalendar.region == Project.region),
    )
    return (
        select(BusinessCalendar.closed_days)
        .join(Project, here)
        .where(Project.id == project_id, BusinessCalendar.archived_at.is_(None))
        .order_by(BusinessCalendar.id)
    )


def rate_of(*, project_id: int) -> Select[CapacityRate]:
    """The rate that a project states."""
    return select(CapacityRate).where(CapacityRate.project_id == project_id)


def past_waves(*, project_id: int, but: Collection[int] = ()) -> Rows:
    """The last closed waves with dates and people, the latest first: rows (id, starts_on, ends_on, points) with the
    points that are validated."""
    validated = (
        select(func.coalesce(func.sum(Story.points), 0))
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == Wave.id, Story.archived_at.is_(None), Story.status.in_(FINISHED))
        .correlate(Wave)
        .scalar_subquery()
    )
    return (
        select(Wave.id, Wave.starts_on, Wave.ends_on, validated.label("points"))
        .where(
            Wave.project_id == project_id, Wave.archived_at.is_(None), Wave.closed_at.is_not(None),
            Wave.starts_on.is_not(None), Wave.ends_on.is_not(None), Wave.id.not_in(list(but)),
            exists().where(CapacityShare.wave_id == Wave.id, CapacityShare.share > 0),
        )
        .order_by(Wave.closed_at.desc(), Wave.id.desc())
        .limit(PAST_WAVES)
    )  # fmt: skip


def shares_of(*, wave_ids: Collection[int]) -> Rows:
    """Rows (CapacityShare, name of the person) of some waves: people by name, then placeholders as they were added."""
    return (
        select(CapacityShare, User.name)
        .outerjoin(User, User.id == CapacityShare.user_id)
        .where(CapacityShare.wave_id.in_(list(wave_ids)))
        .order_by(CapacityShare.user_id.is_(None), User.name_key, CapacityShare.id)
    )


def days_off_of(*, user_ids: Collection[int], first: date, last: date) -> Select[DayOff]:
    """Days off of these people that touch the span, whoever wrote them down, the earliest first."""
    return (
        select(DayOff)
        .where(DayOff.user_id.in_(list(user_ids)), DayOff.starts_on <= last, DayOff.ends_on >= first)
        .order_by(DayOff.starts_on, DayOff.id)
    )


def days_off_in(*, project_id: int, first: date, last: date) -> Select[DayOff]:
    """Days off that a project wrote down and that touch the span."""
    return (
        select(DayOff)
        .where(DayOff.project_id == project_id, DayOff.starts_on <= last, DayOff.ends_on >= first)
        .order_by(DayOff.starts_on, DayOff.id)
    )


def elsewhere_of(*, user_ids: Collection[int], first: date, last: date) -> Rows:
    """What waves of active projects have of these people in the span, with dates: rows (user_id, wave_id, share, ...).

    They reach over all projects; who shows them leaves out names that the reader may not see.
    """
    return (
        select(
            CapacityShare.user_id, CapacityShare.wave_id, CapacityShare.share, Wave.project_id,
            Project.key.label("project_key"), Wave.number, Wave.name, Wave.starts_on, Wave.ends_on, Wave.closed_at,
        )
        .join(Wave, Wave.id == CapacityShare.wave_id)
        .join(Project, Project.id == Wave.project_id)
        .where(
            CapacityShare.user_id.in_(list(user_ids)), CapacityShare.share > 0, Wave.archived_at.is_(None),
            Wave.starts_on <= last, Wave.ends_on >= first, Project.archived_at.is_(None), Project.status == "active",
        )
        .order_by(Wave.starts_on, Wave.id)
    )  # fmt: skip


def wave_before(*, wave_id: int) -> Select[Wave]:
    """The nearest wave before one in the order of its project that has people or placeholders."""
    wave, before = aliased(Wave), Wave
    return (
        select(before)
        .join(wave, and_(wave.project_id == before.project_id, before.rank < wave.rank))
        .where(wave.id == wave_id, before.archived_at.is_(None), exists().where(CapacityShare.wave_id == before.id))
        .order_by(before.rank.desc(), before.id.desc())
        .limit(1)
    )


def profiles_of(*, project_id: int) -> Rows:
    """The names of profiles that stories of a project state effort for."""
    return (
        select(StoryEffort.profile)
        .where(StoryEffort.project_id == project_id, StoryEffort.archived_at.is_(None))
        .distinct()
        .order_by(StoryEffort.profile)
        .limit(50)
    )
