"""When the steps of going live begin and end: as planned, and as it must be expected once the night has begun.

The forward pass of a network of activities (critical path method): a step begins when the last one that it waits for
has ended, and not before its own moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from implementor.cutover.models import FAILED, OPEN, PASSED, RUNNING, SKIPPED

Span = tuple[datetime, datetime]
Waits = Mapping[int, tuple[int, ...]]


@dataclass(frozen=True)
class Timed:
    """What the times need of a step; `minutes` are planned."""

    number: int
    after: tuple[int, ...]
    minutes: int
    starts_at: datetime | None = None
    state: str = OPEN
    begun_at: datetime | None = None
    ended_at: datetime | None = None


def read_numbers(text: str) -> tuple[int, ...] | None:
    """The numbers of steps in a text, in order and each once; None where something else stands in it."""
    words = text.replace(",", " ").replace(";", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) <= 4 for word in words):
        return None
    return tuple(sorted({int(word) for word in words}))


def write_numbers(numbers: Iterable[int]) -> str:
    """Numbers as a step keeps them."""
    return ", ".join(str(one) for one in sorted(numbers))


def in_order(waits: Waits) -> list[int] | None:
    """Numbers so that each comes after those it waits for, small ones first; None where they wait in a circle.

    What waits for a number that is not there waits for nothing.
    """
    left = {number: {one for one in after if one in waits} for number, after in waits.items()}
    followers: dict[int, list[int]] = {number: [] for number in waits}
    for number, after in left.items():
        for one in after:
            followers[one].append(number)
    free = sorted(number for number, after in left.items() if not after)
    found: list[int] = []
    while free:
        found.append(heappop(free))
        for number in followers[found[-1]]:
            left[number].discard(found[-1])
            if not left[number]:
                heappush(free, number)
    return found if len(found) == len(left) else None


def planned(steps: Iterable[Timed]) -> dict[int, Span]:
    """Begin and end of each step by the plan. Without any moment in the plan there are none."""
    by_number = {step.number: step for step in steps}
    begin, spans = _anchor(by_number), dict[int, Span]()
    if begin is None:
        return spans
    for step in _walked(by_number):
        first = max([step.starts_at or begin, *(spans[one][1] for one in step.after if one in spans)])
        spans[step.number] = first, first + timedelta(minutes=step.minutes)
    return spans


def expected(steps: Iterable[Timed], now: datetime) -> dict[int, Span]:
    """Begin and end of each step as known by now: what is over as it was, the rest pushed on by what is late."""
    by_number = {step.number: step for step in steps}
    begin, spans = _anchor(by_number) or now, dict[int, Span]()
    for step in _walked(by_number):
        whole = timedelta(minutes=step.minutes)
        if step.ended_at is not None:
            spans[step.number] = step.begun_at or step.ended_at, step.ended_at
        elif step.state == RUNNING and step.begun_at is not None:
            spans[step.number] = step.begun_at, max(step.begun_at + whole, now)
        else:
            first = max([now, step.starts_at or begin, *(spans[one][1] for one in step.after if one in spans)])
            spans[step.number] = first, first + whole
    return spans


def waiting_for(step: Timed, steps: Mapping[int, Timed]) -> tuple[int, ...]:
    """The numbers of the steps that must be over before this one may begin."""
    return tuple(one for one in step.after if one in steps and steps[one].state not in PASSED)


def is_late(step: Timed, plan: Mapping[int, Span], now: datetime) -> bool:
    """Whether the planned moment is over at which it should have begun, or ended if it runs."""
    if step.number not in plan or step.state not in (OPEN, RUNNING):
        return False
    first, last = plan[step.number]
    return now > (last if step.state == RUNNING else first)


def to_take_back(steps: Iterable[Timed]) -> list[int]:
    """The numbers of what was begun and is to be taken back, what began last first.

    What was left out before it began ended at the moment at which it is kept to have begun.
    """
    begun = [
        step for step in steps
        if step.begun_at is not None and not (step.state == SKIPPED and step.begun_at == step.ended_at)
    ]  # fmt: skip
    return [step.number for step in sorted(begun, key=lambda one: (one.begun_at, one.number), reverse=True)]


def has_failed(steps: Iterable[Timed]) -> bool:
    """Whether a step failed, so that it is to be decided whether to go on."""
    return any(step.state == FAILED for step in steps)


def read_times(text: str) -> dict[int, int]:
    """The minutes measured by the number of the step, as a rehearsal keeps them."""
    pairs = (line.partition(":") for line in text.splitlines())
    return {int(number): int(minutes) for number, _colon, minutes in pairs if number.strip() and minutes.strip()}


def write_times(times: Mapping[int, int]) -> str:
    """Minutes measured as a rehearsal keeps them."""
    return "\n".join(f"{number}: {minutes}" for number, minutes in sorted(times.items()))


def _anchor(by_number: Mapping[int, Timed]) -> datetime | None:
    """The earliest moment in a plan, at which whatever waits for nothing begins."""
    return min((step.starts_at for step in by_number.values() if step.starts_at is not None), default=None)


def _walked(by_number: Mapping[int, Timed]) -> Iterator[Timed]:
    order = in_order({number: step.after for number, step in by_number.items()})
    return (by_number[number] for number in (sorted(by_number) if order is None else order))
