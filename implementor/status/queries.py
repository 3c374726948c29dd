"""What the colours of projects and their reports are read from, for one project or many in the same statement."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Subquery, and_, case, func, not_, or_, select

from implementor.foundation.model import Rows
from implementor.governance.models import Obstacle, Risk
from implementor.projects.models import Project
from implementor.status.health import SEVERE
from implementor.stories.models import Milestone, Story, UserTest, UserTestRun
from implementor.stories.statuses import FINISHED
from implementor.waves.models import Commitment, Wave, WaveStory
from implementor.waves.queries import COUNTED


def keys_of_projects(project_ids: Sequence[int]) -> Rows:
    """Rows (id, key) of these projects."""
    return select(Project.id, Project.key).where(Project.id.in_(project_ids))


def open_waves(project_ids: Sequence[int]) -> Rows:
    """Rows of waves that are not closed: project_id, number, name, days and moments, and in points `promised` at the
    start, `removed` and `added` since, `held` now and `validated`."""
    promised, held = _promised(project_ids), _held(project_ids)
    return (
        select(
            Wave.project_id, Wave.number, Wave.name, Wave.starts_on, Wave.ends_on, Wave.started_at,
            promised.c.promised, promised.c.removed, held.c.held, held.c.added, held.c.validated,
        )
        .outerjoin(promised, promised.c.wave_id == Wave.id)
        .outerjoin(held, held.c.wave_id == Wave.id)
        .where(Wave.project_id.in_(project_ids), Wave.closed_at.is_(None), Wave.archived_at.is_(None))
        .order_by(Wave.project_id, Wave.rank, Wave.id)
    )  # fmt: skip


def _promised(project_ids: Sequence[int]) -> Subquery:
    gone = or_(WaveStory.id.is_(None), Story.archived_at.is_not(None), Story.status == "dropped")
    link = and_(WaveStory.wave_id == Commitment.wave_id, WaveStory.story_id == Commitment.story_id)
    return (
        select(
            Commitment.wave_id,
            func.sum(Commitment.points).label("promised"),
            func.sum(case((gone, Commitment.points))).label("removed"),
        )
        .join(Story, Story.id == Commitment.story_id)
        .outerjoin(WaveStory, link)
        .where(Commitment.project_id.in_(project_ids))
        .group_by(Commitment.wave_id)
        .subquery()
    )


def _held(project_ids: Sequence[int]) -> Subquery:
    link = and_(Commitment.wave_id == WaveStory.wave_id, Commitment.story_id == WaveStory.story_id)
    return (
        select(
            WaveStory.wave_id,
            func.sum(Story.points).label("held"),
            func.sum(case((Commitment.story_id.is_(None), Story.points))).label("added"),
            func.sum(case((Story.status.in_(FINISHED), Story.points))).label("validated"),
        )
        .join(Story, Story.id == WaveStory.story_id)
        .outerjoin(Commitment, link)
        .where(WaveStory.project_id.in_(project_ids), COUNTED)
        .group_by(WaveStory.wave_id)
        .subquery()
    )


def milestones_ahead(project_ids: Sequence[int]) -> Rows:
    """Rows (project_id, id, title, origin, promised_on, forecast_on) of milestones with a day that are not reached."""
    return (
        select(
            Milestone.project_id, Milestone.id, Milestone.title, Milestone.origin, Milestone.promised_on,
            Milestone.forecast_on,
        )
        .where(
            Milestone.project_id.in_(project_ids), Milestone.archived_at.is_(None), Milestone.reached_on.is_(None),
            Milestone.promised_on.is_not(None),
        )
        .order_by(Milestone.project_id, Milestone.promised_on, Milestone.id)
    )  # fmt: skip


def user_tests_run(project_ids: Sequence[int]) -> Rows:
    """Rows (project_id, run, passed): the user tests that were run, and those whose last run passed."""
    place = func.row_number().over(
        partition_by=UserTestRun.user_test_id, order_by=(UserTestRun.at.desc(), UserTestRun.id.desc())
    )
    last = (
        select(UserTestRun.project_id, UserTestRun.result, place.label("place"))
        .join(UserTest, UserTest.id == UserTestRun.user_test_id)
        .join(Story, Story.id == UserTest.story_id)
        .where(UserTestRun.project_id.in_(project_ids), UserTest.archived_at.is_(None), COUNTED)
        .subquery()
    )
    return (
        select(
            last.c.project_id,
            func.count().label("run"),
            func.count(case((last.c.result == "passed", 1))).label("passed"),
        )
        .where(last.c.place == 1)
        .group_by(last.c.project_id)
    )


def risks_counted(project_ids: Sequence[int]) -> Rows:
    """Rows (project_id, recorded, severe, severe_unplanned, worst_score); all but the first are of open risks."""
    is_open = Risk.closed_at.is_(None)
    severe = and_(is_open, Risk.score >= SEVERE)
    planned = or_(func.coalesce(Risk.response, "") == "accept", func.coalesce(Risk.response_plan, "") != "")
    return (
        select(
            Risk.project_id,
            func.count().label("recorded"),
            func.count(case((and_(severe, planned), 1))).label("severe"),
            func.count(case((and_(severe, not_(planned)), 1))).label("severe_unplanned"),
            func.coalesce(func.max(case((is_open, Risk.score))), 0).label("worst_score"),
        )
        .where(Risk.project_id.in_(project_ids), Risk.archived_at.is_(None))
        .group_by(Risk.project_id)
    )


def obstacles_counted(project_ids: Sequence[int]) -> Rows:
    """Rows (project_id, critical, high) of open obstacles by their severity."""
    return (
        select(
            Obstacle.project_id,
            func.count(case((Obstacle.severity == "critical", 1))).label("critical"),
            func.count(case((Obstacle.severity == "high", 1))).label("high"),
        )
        .where(
            Obstacle.project_id.in_(project_ids), Obstacle.archived_at.is_(None), Obstacle.resolved_at.is_(None),
            Obstacle.severity.in_(("critical", "high")),
        )
        .group_by(Obstacle.project_id)
    )  # fmt: skip
