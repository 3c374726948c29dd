"""What a look back reads of a project, in a fixed number of statements: records now, and what changed since the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, or_, select

from implementor.foundation.model import Rows
from implementor.governance.models import Decision
from implementor.history.models import Change
from implementor.stages.models import GateReading
from implementor.stories.models import Story, StoryFact, UserTest, UserTestRun
from implementor.waves.models import Commitment, WaveStory

MOST_DECISIONS = 50


def records_now(model: type[Any], *, project_id: int) -> Rows:
    """Every column of every record of a kind in a project, those put away too."""
    found = select(*model.__table__.c).where(model.project_id == project_id)
    return found.order_by(*(getattr(model, name) for name in ("position", "rank") if hasattr(model, name)), model.id)


def changes_after(*, project_id: int, kinds: Sequence[str], at: datetime) -> Rows:
    """Rows (record_kind, record_id, verb, before) of changes of these kinds after a moment, the newest first."""
    return (
        select(Change.record_kind, Change.record_id, Change.verb, Change.before)
        .where(Change.project_id == project_id, Change.record_kind.in_(list(kinds)), Change.at > at)
        .order_by(Change.id.desc())
    )


def stories_now(*, project_id: int) -> Rows:
    """Every story of a project as `rolling_back.stories_then` reads it."""
    first = select(func.min(StoryFact.at)).where(StoryFact.story_id == Story.id).correlate(Story).scalar_subquery()
    return (
        select(Story.id, Story.created_at, Story.archived_at, first.label("first_at"), Story.status, Story.points,
               WaveStory.wave_id)
        .outerjoin(WaveStory, WaveStory.story_id == Story.id)
        .where(Story.project_id == project_id)
        .order_by(Story.id)
    )  # fmt: skip


def facts_after(*, project_id: int, at: datetime) -> Rows:
    """Rows (story_id, kind, before) of what happened to stories after a moment, the oldest first."""
    return (
        select(StoryFact.story_id, StoryFact.kind, StoryFact.before)
        .where(StoryFact.project_id == project_id, StoryFact.kind.in_(("status", "wave", "points")), StoryFact.at > at)
        .order_by(StoryFact.at, StoryFact.id)
    )


def commitments_until(*, project_id: int, at: datetime) -> Rows:
    """Rows (wave_id, story_id, points) of what the waves of a project had promised by a moment."""
    return select(Commitment.wave_id, Commitment.story_id, Commitment.points).where(
        Commitment.project_id == project_id, Commitment.at <= at
    )


def tests_until(*, project_id: int, at: datetime) -> Rows:
    """One row (run, passed): user tests that were run by a moment, and those whose last run then had passed."""
    place = func.row_number().over(
        partition_by=UserTestRun.user_test_id, order_by=(UserTestRun.at.desc(), UserTestRun.id.desc())
    )
    last = (
        select(UserTestRun.result, place.label("place"))
        .join(UserTest, UserTest.id == UserTestRun.user_test_id)
        .where(UserTestRun.project_id == project_id, UserTestRun.at <= at)
        .where(or_(UserTest.archived_at.is_(None), UserTest.archived_at > at))
        .subquery()
    )
    passed = func.count(case((last.c.result == "passed", 1)))
    return select(func.count().label("run"), passed.label("passed")).where(last.c.place == 1)


def readings_until(*, project_id: int, on: date) -> Rows:
    """Rows (gate_id, passed, lines, read_on): of each gate the lines that held when they were last read by a day."""
    place = func.row_number().over(
        partition_by=(GateReading.gate_id, GateReading.item_key), order_by=GateReading.on.desc()
    )
    last = (
        select(GateReading.gate_id, GateReading.passed, GateReading.on, place.label("place"))
        .where(GateReading.project_id == project_id, GateReading.on <= on)
        .subquery()
    )
    return (
        select(last.c.gate_id, func.count(case((last.c.passed, 1))).label("passed"), func.count().label("lines"),
               func.max(last.c.on).label("read_on"))
        .where(last.c.place == 1)
        .group_by(last.c.gate_id)
    )  # fmt: skip


def decisions_taken(*, project_id: int) -> Rows:
    """Rows (number, question, outcome, decided_at, reversed_at) of a project's latest decisions, the newest first."""
    return (
        select(Decision.number, Decision.question, Decision.outcome, Decision.decided_at, Decision.reversed_at)
        .where(Decision.project_id == project_id, Decision.archived_at.is_(None), Decision.decided_at.is_not(None))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(MOST_DECISIONS)
    )
