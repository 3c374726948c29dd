"""How the stages of projects are found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, Select, select

from implementor.auth.models import User
from implementor.projects.models import Project
from implementor.stages.models import CURRENT, Stage, StageMove

MOST_MOVES = 100


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
