"""How the stages of projects are found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, Text, cast, func, literal, select

from implementor.auth.models import User
from implementor.projects.models import Project
from implementor.stages.models import CURRENT, Stage, StageMove

MOST_MOVES = 100
PART, STAGE_END = "\x1f", "\x1e"
"""What stands between the parts of a stage and after each one; JSON text holds neither of them unescaped."""


def stages_of_project(*, project_id: int) -> Select[Stage]:
    """Every stage of a project in order."""
    return select(Stage).where(Stage.project_id == project_id).order_by(Stage.position)


def stage_of_project(*, project_id: int, key: str) -> Select[Stage]:
    """One stage of a project by its key."""
    return select(Stage).where(Stage.project_id == project_id, Stage.key == key)


def moves_with_names(*, project_id: int) -> Select[StageMove, Stage, str]:
    """The moves of a project's stages, the newest first, each with its stage and who moved it (None for the system)."""
    return (
        select(StageMove, Stage, User.name)
        .join(Stage, Stage.id == StageMove.stage_id)
        .outerjoin(User, User.id == StageMove.by_id)
        .where(StageMove.project_id == project_id)
        .order_by(StageMove.id.desc())
        .limit(MOST_MOVES)
    )


def furthest_stage() -> ScalarSelect[Any]:
    """For a statement over Project: the key of the furthest stage in which it stands now."""
    return (
        select(Stage.key)
        .where(Stage.project_id == Project.id, Stage.state == CURRENT)
        .order_by(Stage.position.desc())
        .limit(1)
        .correlate(Project)
        .scalar_subquery()
    )


def stages_in_brief() -> ScalarSelect[Any]:
    """For a statement over Project: place, key, state and names of its stages as one text, in any order."""
    told: ColumnElement[str] = cast(Stage.position, Text)
    for part in (Stage.key, Stage.state, cast(Stage.names, Text)):
        told = told.concat(literal(PART)).concat(part)
    return (
        select(func.aggregate_strings(told, STAGE_END))
        .where(Stage.project_id == Project.id)
        .correlate(Project)
        .scalar_subquery()
    )
