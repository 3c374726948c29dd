"""Reporting an obstacle together with the stories it holds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.governance.models import Obstacle
from implementor.governance.services import raise_obstacle
from implementor.stories.models import Story
from implementor.stories.part_services import block_story


def report_obstacle(
    session: Session, *, project_id: int, values: Mapping[str, Any], stories: Sequence[Story], by: Actor, at: datetime
) -> Obstacle:
    """Raise an obstacle and mark each story that it holds up; `values` as `governance.services.raise_obstacle`."""
    obstacle = raise_obstacle(session, project_id=project_id, values=values, by=by, at=at)
    for story in stories:
        block_story(session, story, obstacle, by=by, at=at)
    session.flush()
    return obstacle
