"""What is kept with a stage whose open sales a job moves."""

from __future__ import annotations

from datetime import datetime

from implementor.configuration.models import PipelineStage
from implementor.foundation.pipelines import StageWay


def way_of(stage: PipelineStage) -> StageWay | None:
    """The way that is kept with a stage."""
    kept = stage.way
    if not kept:
        return None
    came_at = datetime.fromisoformat(kept["came_at"]) if kept["came_at"] else None
    return StageWay(kept["from"], kept["to"], datetime.fromisoformat(kept["at"]), kept["probability"], came_at)
