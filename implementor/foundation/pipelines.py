"""The ways of a sale: pipelines and their stages, as the program ships them and as they are live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from implementor.foundation.words import Phrase, say

StageKind = Literal["open", "won", "lost"]
STAGE_KINDS: Mapping[str, Phrase] = {"open": say("Open"), "won": say("Won"), "lost": say("Lost")}
FORECASTS: Mapping[str, Phrase] = {
    "pipeline": say("In the pipeline"), "best_case": say("Best case"), "commit": say("Commit"),
    "omitted": say("Omitted"), "closed": say("Closed"),
}  # fmt: skip
CERTAIN: Mapping[str, tuple[int, str]] = {"won": (100, "closed"), "lost": (0, "omitted")}
"""Probability and forecast category of stages that end a sale, whatever anybody would like them to be."""


@dataclass(frozen=True)
class StageWay:
    """Open sales of a stage that a job moves to another one; until then they read as standing there since `at`.

    `probability` is 0 to 100. With `came_at` only those move that came into the stage at that very moment.
    """

    from_id: int
    to_id: int
    at: datetime
    probability: int
    came_at: datetime | None = None


@dataclass(frozen=True)
class Stage:
    """One stage of a pipeline.

    `probability` is 0 to 100; `days_limit` the days after which an opportunity is late here (None: never);
    `required_fields` names fields of an opportunity that must be filled in to enter; `id` is None where nothing is
    stored yet. Sales that leave it, or come back to it, are on their `way`.
    """

    key: str
    name: Phrase
    probability: int
    forecast: str = "pipeline"
    kind: StageKind = "open"
    days_limit: int | None = None
    required_fields: tuple[str, ...] = ()
    is_active: bool = True
    id: int | None = None
    pipeline_id: int | None = None
    way: StageWay | None = None

    @property
    def is_open(self) -> bool:
        return self.kind == "open"


@dataclass(frozen=True)
class Pipeline:
    """A pipeline with its stages in order, retired ones among them."""

    key: str
    name: Phrase
    stages: tuple[Stage, ...]
    currency: str | None = None
    is_active: bool = True
    id: int | None = None

    @cached_property
    def by_key(self) -> Mapping[str, Stage]:
        return {stage.key: stage for stage in self.stages}

    @property
    def offered(self) -> tuple[Stage, ...]:
        """The stages that a sale may be in now."""
        return tuple(stage for stage in self.stages if stage.is_active)

    @property
    def first(self) -> Stage | None:
        """Where a new sale begins."""
        return next((stage for stage in self.offered if stage.is_open), None)

    def of_kind(self, kind: StageKind) -> tuple[Stage, ...]:
        """The stages in use of one kind."""
        return tuple(stage for stage in self.offered if stage.kind == kind)


shipped_pipelines: dict[str, Pipeline] = {}


def pipeline(shipped: Pipeline) -> Pipeline:
    """Ship a pipeline; administrators change the stored copy of it."""
    return shipped_pipelines.setdefault(shipped.key, shipped)
