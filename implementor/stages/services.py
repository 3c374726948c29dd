"""What can happen to the stages of a project: they are laid out once, entered and left; each move is a fact."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.projects.models import Project
from implementor.stages.method_store import method_of, newest_method
from implementor.stages.models import CURRENT, DONE, NOT_STARTED, Stage, StageMove


class UnknownMethod(Refusal):
    """The project names a method that this version does not have."""


def lay_out_stages(
    session: Session, *, project_id: int, method_key: str, by: Actor, at: datetime, version: int | None = None
) -> list[Stage]:
    """Give a new project the stages of its method (of its newest version, or of `version`) and enter the first one."""
    found = newest_method(session, method_key) if version is None else method_of(session, method_key, version)
    if found is None:
        raise UnknownMethod(say("There is no method %(method)s. Choose one from the list.", method=method_key))
    session.get_one(Project, project_id).method_version = found.version
    stages = [
        Stage(
            project_id=project_id,
            key=stage.key,
            position=position,
            scope=stage.scope,
            names=stage.names,
            purposes=stage.purposes,
            goes_live=stage.goes_live,
            passes=stage.passes,
            state=NOT_STARTED,
        )
        for position, stage in enumerate(found.stages, start=1)
    ]
    session.add_all(stages)
    session.flush()
    enter_stage(session, stages[0], by=by, at=at)
    return stages


def enter_stage(session: Session, stage: Stage, *, reason: str = "", by: Actor, at: datetime) -> None:
    """Stand in a stage from now on; a stage that was left may be entered again. Nothing happens when it is current."""
    if stage.state == CURRENT:
        return
    _move(session, stage, CURRENT, reason, by, at)
    stage.entered_at = stage.entered_at or at
    stage.left_at = None
    name_action(session, say("Entered the stage %(stage)s", stage=stage.name), verb="stage.enter")
    session.flush()


def leave_stage(session: Session, stage: Stage, *, reason: str = "", by: Actor, at: datetime) -> None:
    """Be done with a stage. Nothing happens unless it is current."""
    if stage.state != CURRENT:
        return
    _move(session, stage, DONE, reason, by, at)
    stage.left_at = at
    name_action(session, say("Left the stage %(stage)s", stage=stage.name), verb="stage.leave")
    session.flush()


def _move(session: Session, stage: Stage, to_state: str, reason: str, by: Actor, at: datetime) -> None:
    move = StageMove(
        project_id=stage.project_id,
        stage_id=stage.id,
        from_state=stage.state,
        to_state=to_state,
        reason=reason,
        at=at,
        by_id=by.user_id,
    )
    session.add(move)
    stage.state = to_state
