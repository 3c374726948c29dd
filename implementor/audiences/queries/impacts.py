"""What changes for whom in which wave, summed and in rows; blackout periods; how load is counted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, cast, func, select

from implementor.audiences.catalogue.impacts import POINTS
from implementor.audiences.models import Audience, BlackoutPeriod, ChangeImpact, LoadRule, Stakeholder
from implementor.foundation.model import Rows
from implementor.waves.models import Wave, WaveStory

WAVE_OF_IMPACT: Any = func.coalesce(ChangeImpact.wave_id, WaveStory.wave_id)
"""The wave of an impact: its own, or the one that carries its story now."""


def sums_of_project(*, project_id: int) -> Rows:
    """Rows (audience_id, wave_id, impacts, points): sums of the ten aspects; no wave_id where none carries it."""
    return (
        select(
            ChangeImpact.audience_id,
            WAVE_OF_IMPACT.label("wave_id"),
            func.count().label("impacts"),
            cast(func.sum(POINTS), Integer).label("points"),
        )
        .outerjoin(WaveStory, WaveStory.story_id == ChangeImpact.story_id)
        .join(Audience, Audience.id == ChangeImpact.audience_id)
        .where(
            ChangeImpact.project_id == project_id, ChangeImpact.archived_at.is_(None), Audience.archived_at.is_(None)
        )
        .group_by(ChangeImpact.audience_id, WAVE_OF_IMPACT)
    )


def impacts_of_cell(*, project_id: int, audience_id: int, wave_id: int | None) -> Rows:
    """Rows (ChangeImpact) behind one figure of the grid, the largest first."""
    found = (
        select(ChangeImpact)
        .outerjoin(WaveStory, WaveStory.story_id == ChangeImpact.story_id)
        .where(
            ChangeImpact.project_id == project_id, ChangeImpact.archived_at.is_(None),
            ChangeImpact.audience_id == audience_id,
            wave_id == WAVE_OF_IMPACT if wave_id is not None else WAVE_OF_IMPACT.is_(None),
        )
    )  # fmt: skip
    return found.order_by(POINTS.desc(), ChangeImpact.id)


def impacts_of_wave(*, project_id: int, wave_id: int) -> Rows:
    """Rows (name, points, response, audience) of what a wave and its stories change, by audience."""
    return (
        select(ChangeImpact.name, POINTS.label("points"), ChangeImpact.response, Audience.name.label("audience"))
        .outerjoin(WaveStory, WaveStory.story_id == ChangeImpact.story_id)
        .join(Audience, Audience.id == ChangeImpact.audience_id)
        .where(
            ChangeImpact.project_id == project_id, ChangeImpact.archived_at.is_(None), Audience.archived_at.is_(None),
            wave_id == WAVE_OF_IMPACT,
        )
        .order_by(Audience.name_key, ChangeImpact.name_key, ChangeImpact.id)
    )  # fmt: skip


def waves_of_grid(*, project_id: int) -> Rows:
    """Rows (id, number, name, ends_on) of the waves in use, in their order."""
    found = select(Wave.id, Wave.number, Wave.name, Wave.ends_on)
    return found.where(Wave.project_id == project_id, Wave.archived_at.is_(None)).order_by(Wave.rank, Wave.id)


def blackouts_of(*, project_id: int) -> Select[BlackoutPeriod]:
    """The blackout periods in use, the earliest first."""
    found = select(BlackoutPeriod).where(BlackoutPeriod.project_id == project_id, BlackoutPeriod.archived_at.is_(None))
    return found.order_by(BlackoutPeriod.starts_on, BlackoutPeriod.id)


def load_rule_of(*, project_id: int) -> Select[LoadRule]:
    """How the project counts load, where it said so."""
    return select(LoadRule).where(LoadRule.project_id == project_id)


def stakeholders_of(*, project_id: int) -> Select[Stakeholder]:
    """The stakeholders in use, by name."""
    found = select(Stakeholder).where(Stakeholder.project_id == project_id, Stakeholder.archived_at.is_(None))
    return found.order_by(Stakeholder.name_key, Stakeholder.id)
