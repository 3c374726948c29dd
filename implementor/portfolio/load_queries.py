"""What loads whom: effort that is not done yet by profile and wave, of the programmes that the reader is part of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from implementor.calendars.models import BusinessCalendar
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.portfolio.queries import seen_by
from implementor.projects.models import Project
from implementor.stories.models import Story, StoryEffort
from implementor.stories.statuses import OVER
from implementor.waves.capacity_models import CapacityShare
from implementor.waves.models import FINISHED, Wave, WaveStory

MOST_STORIES = 200


def _is_ahead(actor: Actor) -> ColumnElement[bool]:
    """Waves with both days that are not finished, of active projects in the programmes of those the actor may see.

    Projects that the actor does not see are among them: they load the same people, and are shown without names.
    """
    mine = select(Project.programme_id).where(Project.id.in_(seen_by(actor)))
    return and_(
        Project.programme_id.in_(mine),
        Project.archived_at.is_(None),
        Project.status == "active",
        Wave.archived_at.is_(None),
        Wave.stage != FINISHED,
        Wave.starts_on.is_not(None),
        Wave.ends_on.is_not(None),
    )


def efforts_ahead(actor: Actor) -> Rows:
    """Rows (profile, hours, stories, starts_on, ends_on, is_seen), one for each profile of each wave."""
    return (
        select(
            StoryEffort.profile,
            func.sum(StoryEffort.hours).label("hours"),
            func.count(StoryEffort.story_id.distinct()).label("stories"),
            Wave.starts_on,
            Wave.ends_on,
            Wave.project_id.in_(seen_by(actor)).label("is_seen"),
        )
        .join(Story, Story.id == StoryEffort.story_id)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .join(Wave, Wave.id == WaveStory.wave_id)
        .join(Project, Project.id == Wave.project_id)
        .where(_is_ahead(actor), *_is_to_do())
        .group_by(StoryEffort.profile, Wave.id, Wave.starts_on, Wave.ends_on, Wave.project_id)
        .order_by(StoryEffort.profile, Wave.id)
    )


def _is_to_do() -> tuple[ColumnElement[bool], ...]:
    return StoryEffort.archived_at.is_(None), Story.archived_at.is_(None), Story.status.not_in(OVER)


def waves_ahead(actor: Actor) -> Rows:
    """Rows (points, capacity_points, starts_on, ends_on) of those waves: what each holds and what it can carry."""
    held = (
        select(func.sum(Story.points))
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == Wave.id, Story.archived_at.is_(None), Story.status != "dropped")
        .correlate(Wave)
        .scalar_subquery()
    )
    return (
        select(held.label("points"), Wave.capacity_points, Wave.starts_on, Wave.ends_on)
        .join(Project, Project.id == Wave.project_id)
        .where(_is_ahead(actor))
        .order_by(Wave.id)
    )


def shares_ahead(actor: Actor, *, today: date) -> Rows:
    """Rows (CapacityShare, project_id, starts_on, ends_on) of who builds those waves, of which some days are to come.

    Who built a wave that is live is free, so waves that were closed are left out.
    """
    return (
        select(CapacityShare, Wave.project_id, Wave.starts_on, Wave.ends_on)
        .join(Wave, Wave.id == CapacityShare.wave_id)
        .join(Project, Project.id == Wave.project_id)
        .where(_is_ahead(actor), CapacityShare.share > 0, Wave.closed_at.is_(None), Wave.ends_on >= today)
        .order_by(CapacityShare.profile, CapacityShare.id)
    )


def calendars_of_projects(ids: Collection[int]) -> Rows:
    """Rows (id, country, region, closed_days) of projects, one for each business calendar in use there, or for none."""
    here = and_(
        BusinessCalendar.country == Project.country,
        or_(BusinessCalendar.region.is_(None), BusinessCalendar.region == Project.region),
        BusinessCalendar.archived_at.is_(None),
    )
    return (
        select(Project.id, Project.country, Project.region, BusinessCalendar.closed_days)
        .outerjoin(BusinessCalendar, here)
        .where(Project.id.in_(list(ids)))
        .order_by(Project.id)
    )


def stories_of_profile(actor: Actor, profile: str) -> Rows:
    """Rows (project_key, number, title, wave, hours, starts_on, ends_on, is_seen) of a profile's work, by wave.

    `profile` is compared whatever its capitals; who reads them leaves out what is not seen.
    """
    return (
        select(
            Project.key.label("project_key"), Story.number, Story.title, Wave.name.label("wave"),
            Wave.number.label("wave_number"), StoryEffort.hours, Wave.starts_on, Wave.ends_on,
            Wave.project_id.in_(seen_by(actor)).label("is_seen"),
        )
        .select_from(StoryEffort)
        .join(Story, Story.id == StoryEffort.story_id)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .join(Wave, Wave.id == WaveStory.wave_id)
        .join(Project, Project.id == Wave.project_id)
        .where(_is_ahead(actor), *_is_to_do(), func.lower(func.trim(StoryEffort.profile)) == profile.strip().lower())
        .order_by(Wave.starts_on, Project.key, Story.number)
    )  # fmt: skip
