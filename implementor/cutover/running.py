"""The night of going live at a moment: who does what now, what is late, and what waits for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from implementor.cutover.models import FAILED, OPEN, PASSED, RUNNING, CutoverStep
from implementor.cutover.services import timed
from implementor.cutover.timing import Span, expected, is_late, planned, to_take_back, waiting_for


@dataclass(frozen=True)
class Line:
    """A step in the run: its planned and expected times, the steps it waits for, and whether it is late."""

    step: CutoverStep
    plan: Span | None
    expected: Span
    waits: tuple[CutoverStep, ...]
    is_late: bool

    @property
    def may_begin(self) -> bool:
        """Whether nothing holds it up."""
        return self.step.state == OPEN and not self.waits


@dataclass(frozen=True)
class Run:
    """All steps of a plan at a moment."""

    lines: Sequence[Line]
    plan_ends_at: datetime | None
    ends_at: datetime | None
    no_return: CutoverStep | None
    back: Sequence[CutoverStep]

    @property
    def now(self) -> list[Line]:
        """What runs, what failed, and what may begin."""
        return [one for one in self.lines if one.step.state in (RUNNING, FAILED) or one.may_begin]

    @property
    def waiting(self) -> list[Line]:
        """What waits for other steps."""
        return [one for one in self.lines if one.step.state == OPEN and one.waits]

    @property
    def over(self) -> list[Line]:
        """What is carried out or left out."""
        return [one for one in self.lines if one.step.state in PASSED]

    @property
    def late(self) -> int:
        """How many steps are late."""
        return sum(one.is_late for one in self.lines)

    @property
    def has_failed(self) -> bool:
        """Whether a step failed."""
        return any(one.step.state == FAILED for one in self.lines)


def run_of(steps: Sequence[CutoverStep], at: datetime) -> Run:
    """The run of a plan. Once a point of no return has begun, `no_return` is that step and nothing is to be undone."""
    by_number = {one.number: one for one in steps}
    times = {number: timed(one) for number, one in by_number.items()}
    plan, awaited = planned(times.values()), expected(times.values(), at)
    lines = [
        Line(one, plan.get(number), awaited[number],
             tuple(by_number[other] for other in waiting_for(times[number], times)), is_late(times[number], plan, at))
        for number, one in by_number.items()
    ]  # fmt: skip
    gone = next((one for one in steps if one.point_of_no_return and one.state not in (OPEN, "skipped")), None)
    back = [] if gone else [by_number[number] for number in to_take_back(times.values())]
    return Run(lines, _last(plan), _last(awaited), gone, back)


def _last(spans: Mapping[int, Span]) -> datetime | None:
    return max((last for _first, last in spans.values()), default=None)
