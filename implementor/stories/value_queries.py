"""How the value that stories promised is found: value criteria with their metrics, waivers in force, judgements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.metrics.models import Metric
from implementor.stories.models import Criterion, Story, StoryVerdict, TargetWaiver


def value_promised(*, project_id: int, story_ids: Iterable[int] | Rows) -> Rows:
    """Rows (story_id, Criterion, Metric, TargetWaiver, waived_by) of value criteria in use that a metric judges.

    The waiver is the one that was not withdrawn; whether its day is over is for the caller to see.
    """
    wanted = story_ids if isinstance(story_ids, Select) else list(story_ids)
    waiver = (TargetWaiver.criterion_id == Criterion.id) & TargetWaiver.withdrawn_at.is_(None)
    return (
        select(Criterion.story_id, Criterion, Metric, TargetWaiver, User.name.label("waived_by"))
        .join(Metric, Metric.id == Criterion.metric_id)
        .outerjoin(TargetWaiver, waiver)
        .outerjoin(User, User.id == TargetWaiver.waived_by_id)
        .where(
            Criterion.project_id == project_id, Criterion.story_id.in_(wanted), Criterion.phase == "value",
            Criterion.archived_at.is_(None),
        )
        .order_by(Criterion.story_id, Criterion.id)
    )  # fmt: skip


def metrics_of_criteria(*, project_id: int, ids: Iterable[int]) -> Select[Metric]:
    """The metrics of these ids, put away or not."""
    return select(Metric).where(Metric.project_id == project_id, Metric.id.in_(list(ids)))


def criterion_of_story(*, story_id: int, criterion_id: int) -> Select[Criterion]:
    """One criterion of a story that is in use."""
    return select(Criterion).where(
        Criterion.story_id == story_id, Criterion.id == criterion_id, Criterion.archived_at.is_(None)
    )


def waivers_of_criteria(*, ids: Iterable[int]) -> Rows:
    """Rows (TargetWaiver, waived_by) that were not withdrawn, of these criteria."""
    return (
        select(TargetWaiver, User.name.label("waived_by"))
        .join(User, User.id == TargetWaiver.waived_by_id)
        .where(TargetWaiver.criterion_id.in_(list(ids)), TargetWaiver.withdrawn_at.is_(None))
    )


def last_verdict(*, story_id: int) -> Rows:
    """The row (StoryVerdict, judge) of a story's last judgement."""
    person = aliased(User)
    return (
        select(StoryVerdict, person.name.label("judge"))
        .outerjoin(person, person.id == StoryVerdict.by_id)
        .where(StoryVerdict.story_id == story_id)
        .order_by(StoryVerdict.id.desc())
        .limit(1)
    )


def stories_judged_by(*, project_id: int, metric_id: int, most: int = 100) -> Rows:
    """Rows (id, number, title, status, phase) of the stories in use whose criteria a metric decides."""
    return (
        select(Story.id, Story.number, Story.title, Story.status, Criterion.phase)
        .join(Criterion, Criterion.story_id == Story.id)
        .where(
            Criterion.project_id == project_id, Criterion.metric_id == metric_id, Criterion.archived_at.is_(None),
            Story.archived_at.is_(None),
        )
        .order_by(Criterion.phase, Story.rank, Criterion.id)
        .limit(most)
    )  # fmt: skip


def stories_by_ids(*, project_id: int, ids: Any) -> Select[Story]:
    """Stories in use, by id or within a statement of ids."""
    return select(Story).where(Story.project_id == project_id, Story.id.in_(ids), Story.archived_at.is_(None))
