"""How the stories whose value is judged are found: those of waves in Adoption."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from implementor.foundation.model import Rows
from implementor.metrics.models import Metric
from implementor.stories.models import Criterion, Story
from implementor.waves.models import ADOPTION, Wave, WaveStory


def stories_in_adoption(*, wave_id: int | None = None, metric_id: int | None = None) -> Select[Story]:
    """Stories in use of waves in Adoption, all or those of one wave, or those whose value a metric judges."""
    found = (
        select(Story)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .join(Wave, Wave.id == WaveStory.wave_id)
        .where(Wave.stage == ADOPTION, Story.archived_at.is_(None))
        .order_by(Story.id)
    )
    if wave_id is not None:
        found = found.where(Wave.id == wave_id)
    return found if metric_id is None else found.where(Story.id.in_(_judged_by(metric_id)))


def waves_in_adoption() -> Select[Wave]:
    """Every wave in Adoption that holds a story with a value criterion."""
    promised = select(WaveStory.wave_id).join(Criterion, Criterion.story_id == WaveStory.story_id)
    promised = promised.where(Criterion.phase == "value", Criterion.metric_id.is_not(None))
    found = select(Wave).where(Wave.stage == ADOPTION, Wave.archived_at.is_(None), Wave.id.in_(promised))
    return found.order_by(Wave.id)


def ids_of_wave(*, wave_id: int | None) -> Rows:
    """Ids of the stories that a wave carries: in use and not dropped."""
    return (
        select(Story.id)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, Story.archived_at.is_(None), Story.status != "dropped")
    )


def criteria_before_release(*, wave_id: int | None) -> Rows:
    """Rows (number, title, Criterion, Metric) of the criteria before release of what a wave carries."""
    return (
        select(Story.number, Story.title, Criterion, Metric)
        .join(Criterion, Criterion.story_id == Story.id)
        .outerjoin(Metric, Metric.id == Criterion.metric_id)
        .where(Story.id.in_(ids_of_wave(wave_id=wave_id)), Criterion.archived_at.is_(None),
               Criterion.phase == "release")
        .order_by(Story.rank, Criterion.id)
    )  # fmt: skip


def moment_live(*, wave_id: int | None) -> Rows:
    """The moment at which a wave went live; None before."""
    return select(Wave.closed_at).where(Wave.id == wave_id)


def names_of_stories(*, wave_id: int | None) -> Rows:
    """Rows (id, number, title, status) of what a wave carries, in the order of the backlog."""
    found: Any = select(Story.id, Story.number, Story.title, Story.status)
    return found.where(Story.id.in_(ids_of_wave(wave_id=wave_id))).order_by(Story.rank, Story.id)  # type: ignore[no-any-return]


def _judged_by(metric_id: int) -> Rows:
    return select(Criterion.story_id).where(
        Criterion.metric_id == metric_id, Criterion.phase == "value", Criterion.archived_at.is_(None)
    )
