"""A scenario beside a roadmap: which days its waves would have, and when they would be done, against the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy.orm import Session

from implementor.planning.comparing import Column, compare
from implementor.planning.scenario_models import Scenario
from implementor.planning.weighing import SHARES
from implementor.portfolio.roadmap import WAVE, Line

SURE = SHARES[-1]
"""Per cent of the runs within which a wave is told to be done: the more careful of the two that scenarios state."""


@dataclass(frozen=True)
class Side:
    """A wave in one of the two plans: its last day, and the day by which it is done in `SURE` per cent of the runs."""

    ends_on: date | None
    done_by: date | None


@dataclass(frozen=True)
class SupposedWave:
    """A wave that has not started as it is planned and as the scenario has it; `key` is that of its line."""

    key: str
    name: str
    starts_on: date | None
    now: Side
    then: Side

    @property
    def days(self) -> int | None:
        """By how many days its end is later; None without both ends."""
        if self.now.ends_on is None or self.then.ends_on is None:
            return None
        return (self.then.ends_on - self.now.ends_on).days


@dataclass(frozen=True)
class Supposed:
    """A scenario on the roadmap: its waves in their order, and the bars that they would have, by the keys of lines."""

    scenario: Scenario
    waves: Sequence[SupposedWave]

    @property
    def bars(self) -> dict[str, tuple[date, date]]:
        return {one.key: (one.starts_on, one.then.ends_on) for one in self.waves if one.starts_on and one.then.ends_on}

    @property
    def lines(self) -> list[Line]:
        """The same as lines, for the days that must be in sight."""
        return [Line(key, WAVE, "", "", "", *days) for key, days in self.bars.items()]

    @property
    def has_forecast(self) -> bool:
        """Whether anything is known of when waves are done."""
        return any(one.now.done_by or one.then.done_by for one in self.waves)


def supposed(session: Session, scenario: Scenario, *, at: datetime, zone: tzinfo) -> Supposed:
    """The waves of a scenario's project under it; none where every wave has started."""
    made = compare(session, scenario.project_id, [scenario], at=at, zone=zone)
    if made is None:
        return Supposed(scenario, ())
    present, other = made.columns[0], made.of(scenario)
    return Supposed(
        scenario,
        [
            SupposedWave(f"w{wave.id}", f"{wave.number} {wave.name}", wave.starts_on, _side(present, place),
                         _side(other, place))
            for place, wave in enumerate(made.posed.waves)
        ],
    )  # fmt: skip


def _side(column: Column, place: int) -> Side:
    ending = column.weight.endings.get(place)
    return Side(column.made.ends[place], ending.days[SURE] if ending else None)
