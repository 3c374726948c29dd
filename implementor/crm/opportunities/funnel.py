"""The funnel: how many of those that began in a time came how far, and how many passed each stage in a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from implementor.crm.opportunities.stages import DAY
from implementor.foundation.pipelines import Pipeline, Stage


@dataclass(frozen=True)
class CohortStep:
    """Of the opportunities that began in the time: how many ever came to this stage or past it.

    `of_all` and `of_last` are ratios 0 to 1 (None where there is nothing to compare with); `stages` leads to them.
    """

    stage: Stage
    count: int
    of_all: float | None
    of_last: float | None
    stages: tuple[int, ...]


@dataclass(frozen=True)
class PeriodStep:
    """What passed a stage in the time: how many came into it, how many left it, and after how many days on average."""

    stage: Stage
    entered: int
    left: int
    days: float | None


def way_of(pipeline: Pipeline) -> list[Stage]:
    """The stages of a funnel in order: the open ones, then won; a lost sale went no further than it came."""
    stages = [stage for stage in pipeline.stages if stage.is_active]
    return [stage for stage in stages if stage.is_open] + [stage for stage in stages if stage.kind == "won"]


def cohort(pipeline: Pipeline, furthest: Mapping[int, int]) -> list[CohortStep]:
    """The steps of a cohort; `furthest` maps a place in `way_of` to how many came exactly so far."""
    way = way_of(pipeline)
    steps: list[CohortStep] = []
    for place, stage in enumerate(way):
        count = sum(number for at, number in furthest.items() if at >= place)
        first, last = (steps[0].count, steps[-1].count) if steps else (count, count)
        beyond = tuple(one.id for one in way[place:] if one.id is not None)
        steps.append(CohortStep(stage, count, _ratio(count, first), _ratio(count, last), beyond))
    return steps


def period(
    pipeline: Pipeline, entered: Mapping[int, int], left: Mapping[int, tuple[int, int | None]]
) -> list[PeriodStep]:
    """The steps of a period: stage id -> how many came in; stage id -> (how many moves led out, seconds together)."""
    stages: Sequence[Stage] = [stage for stage in pipeline.stages if stage.is_active or stage.id in entered]
    steps = []
    for stage in stages:
        moves, seconds = left.get(stage.id or 0, (0, None))
        days = int(seconds or 0) / moves / DAY if moves else None
        steps.append(PeriodStep(stage, entered.get(stage.id or 0, 0), moves, days))
    return steps


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
