"""Putting a row of the configuration at a place of its order that is known by its rank, as releases do."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.configuration.models import PicklistValue, PipelineStage, StoredPipeline
from implementor.foundation.words import say
from implementor.history.services import name_action

Placed = PicklistValue | PipelineStage | StoredPipeline


def place(session: Session, row: Placed, rank: str) -> None:
    """Give a row another place in its order; `rank` is what `rank_between` makes."""
    if row.rank != rank:
        name_action(session, say("Moved %(what)s to another place", what=row.label))
        row.rank = rank
