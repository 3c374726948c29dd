"""The next gate of a project: the first on its way that is not open, and the day on which it is to be passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from implementor.stages.methods import CLOSE, START, Method, StageOfMethod


@dataclass(frozen=True)
class NextGate:
    """A gate that is still shut; `on` is the day of its review, else the one that the plan gives it (None: no day).

    `name` is what addresses call it; `wave_number` is None for gates of the project.
    """

    name: str
    stage: StageOfMethod
    wave_number: int | None
    on: date | None
    is_reviewed_then: bool = False

    def is_late(self, today: date) -> bool:
        """Whether its day is over and it is still shut."""
        return self.on is not None and self.on < today


def next_gate(method: Method, gates: Mapping[str, Any], waves: Sequence[Any], ends_on: date | None) -> NextGate | None:
    """The first gate on the way that is not open; None where every one is open or the method has none.

    `gates` are rows by name with `is_open` and `review_on`; `waves` rows (number, starts_on, ends_on) of those in use
    that are not finished, in their order.
    """
    for stage, wave, planned in gate_way(method, waves, ends_on):
        name = stage.key if wave is None else f"{stage.key}-{wave.number}"
        gate = gates.get(name)
        if gate is not None and gate.is_open:
            continue
        reviewed = gate.review_on if gate is not None else None
        number = None if wave is None else wave.number
        return NextGate(name, stage, number, reviewed or planned, reviewed is not None)
    return None


def gate_way(
    method: Method, waves: Sequence[Any], ends_on: date | None
) -> list[tuple[StageOfMethod, Any, date | None]]:
    """Every gate on the way of a project, as (stage, wave or None, the day that the plan gives it)."""
    waits = [place for place, stage in enumerate(method.stages) if stage.passes]
    first, last = (waits[0], waits[-1]) if waits else (len(method.stages), len(method.stages))
    gated = [(place, stage) for place, stage in enumerate(method.stages) if stage.is_gated]
    way: list[tuple[StageOfMethod, Any, date | None]] = [(one, None, None) for at, one in gated if at < first]
    way += [(one, wave, _planned(one, wave)) for wave in waves for _at, one in gated if one.passes]
    way += [(one, None, ends_on) for at, one in gated if at > last]
    return way


def _planned(stage: StageOfMethod, wave: Any) -> date | None:
    """The day that the plan gives a gate of a wave: its start for planning, its end for going live."""
    return {START: wave.starts_on, CLOSE: wave.ends_on}.get(stage.passes)
