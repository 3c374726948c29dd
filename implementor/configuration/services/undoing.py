"""Putting configuration back: by an undo, under the rules that hold when it happens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import PicklistValue, PipelineStage, StoredPicklist, StoredPipeline
from implementor.configuration.services.checking import LABELS, checked_labels
from implementor.configuration.services.pipelines import retire_pipeline
from implementor.configuration.services.stages import StageInUse, retire_stage
from implementor.configuration.services.words import retire_word
from implementor.configuration.stage_users import open_counts
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

Row = PicklistValue | PipelineStage | StoredPipeline
PARENTS: dict[type[Any], str] = {PicklistValue: "picklist_id", PipelineStage: "pipeline_id"}


def put_back(session: Session, row: Row, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Set a row back. Whatever would be out of use by it is retired, so the rules of retiring say no where they must.

    Raises InvalidInput where another one in use took its name, StageInUse where the kind would change under open sales.
    """
    if values.get("archived_at", row.archived_at) is None:
        labels = {name: str(values.get(name, getattr(row, name))) for name in LABELS}
        checked_labels(labels, _beside(session, row))
    elif row.archived_at is None:
        _retire(session, row, by, at)
    if "kind" in values and open_counts(session, [row.id]):
        raise StageInUse(say("Open records stand in this stage."))
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def _retire(session: Session, row: Row, by: Actor, at: datetime) -> None:
    match row:
        case PicklistValue():
            retire_word(session, session.get_one(StoredPicklist, row.picklist_id), row, by=by, at=at)
        case PipelineStage():
            pipeline = session.get_one(StoredPipeline, row.pipeline_id)
            retire_stage(session, pipeline, row, move_to=None, by=by, at=at)
        case StoredPipeline():
            retire_pipeline(session, row, by=by, at=at)


def _beside(session: Session, row: Row) -> list[Any]:
    """The other rows in use that stand in the same list."""
    model = type(row)
    beside = select(model).where(model.id != row.id, model.archived_at.is_(None))
    if model in PARENTS:
        parent = PARENTS[model]
        beside = beside.where(getattr(model, parent) == getattr(row, parent))
    return list(session.scalars(beside))
