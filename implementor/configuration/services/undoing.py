"""Putting configuration back: by an undo, under the rules that hold when it happens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import PicklistValue, PipelineStage, StoredPipeline
from implementor.configuration.services.checking import LABELS, checked_labels
from implementor.configuration.services.stages import StageInUse
from implementor.configuration.stage_users import open_counts
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

PARENTS: dict[type[Any], str] = {PicklistValue: "picklist_id", PipelineStage: "pipeline_id"}


def put_back(session: Session, row: Any, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Set a row back unless another one in use took its name, or open sales stand in a stage that would go."""
    goes = values.get("archived_at", row.archived_at) is not None
    if not goes:
        labels = {name: str(values.get(name, getattr(row, name))) for name in LABELS}
        checked_labels(labels, _beside(session, row))
    changes = (goes and row.archived_at is None) or values.get("kind") is not None
    if isinstance(row, PipelineStage) and changes and open_counts(session, [row.id]):
        raise StageInUse(say("Open records stand in this stage."))
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def _beside(session: Session, row: PicklistValue | PipelineStage | StoredPipeline) -> list[Any]:
    """The other rows in use that stand in the same list."""
    model = type(row)
    beside = select(model).where(model.id != row.id, model.archived_at.is_(None))
    if model in PARENTS:
        parent = PARENTS[model]
        beside = beside.where(getattr(model, parent) == getattr(row, parent))
    return list(session.scalars(beside))
