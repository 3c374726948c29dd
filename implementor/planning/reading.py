"""The plan of a wave as it stands: what may come in, what is in, what that breaks, loads and promises, read at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.pages import Page, page_of
from implementor.planning import queries
from implementor.planning.dependencies import End, Link, Place, cycles_in, lights_of
from implementor.planning.filtering import PlanFilter
from implementor.planning.load import PlanLoad, load_of
from implementor.stories.statuses import FINISHED
from implementor.waves.capacity import WaveCapacity
from implementor.waves.capacity_reading import capacity_of
from implementor.waves.forecasting import Assumptions, ProjectForecast, WaveForecast, forecast_of
from implementor.waves.models import Wave
from implementor.waves.value_table import Promised, value_table

SHOWN = 50
"""Stories of the backlog on one page."""


@dataclass(frozen=True)
class Aims:
    """What the wave is to show: criteria before release with how many are met, stories without any, promised values."""

    criteria: int
    met: int
    without: Sequence[Any]
    promised: Sequence[Promised]

    @property
    def reached(self) -> int:
        """How many promised values are reached already."""
        return sum(one.promise.is_reached for one in self.promised)


@dataclass(frozen=True)
class WavePlan:
    """Everything that the page of a plan shows.

    `lights` says of each story that waits for others what it waits for in vain: in the wave as it is, and for those of
    the backlog as it would be if they were put in. `gates` are rows (title, review_on).
    """

    waiting: Page
    carried: Sequence[Any]
    lights: Mapping[int, Sequence[Link]]
    cycles: Sequence[Sequence[End]]
    aims: Aims
    capacity: WaveCapacity
    load: PlanLoad
    made: ProjectForecast
    found: WaveForecast | None
    gates: Sequence[Any]


@dataclass(frozen=True)
class Moment:
    """When a plan is looked at: the moment, the reader's day, and the zone in which weeks are counted."""

    at: datetime
    today: date
    zone: tzinfo


@dataclass(frozen=True)
class Shown:
    """Which part of the backlog is beside the wave: its filter and the cursors of the page."""

    filter: PlanFilter
    after: str | None = None
    before: str | None = None


def plan_of(session: Session, wave: Wave, scope: Scope, shown: Shown, moment: Moment) -> WavePlan:
    """The plan as it stands; the number of statements depends on no number of stories."""
    waiting = page_of(
        session,
        queries.candidates(scope, shown.filter.filters, profile=shown.filter.profile),
        order_by=queries.BY_RANK,
        limit=SHOWN,
        after=shown.after,
        before=shown.before,
    )
    carried = session.execute(queries.carried_rows(wave_id=wave.id)).all()
    links = links_of(session, wave.project_id, [row.id for row in (*waiting.rows, *carried)])
    capacity = capacity_of(session, wave, today=moment.today)
    efforts = session.execute(queries.efforts_of_wave(wave_id=wave.id)).all()
    made = forecast_of(session, project_id=wave.project_id, at=moment.at, zone=moment.zone, assumptions=Assumptions())
    return WavePlan(
        waiting=waiting,
        carried=carried,
        lights=lights_of(links, {row.id for row in (*waiting.rows, *carried)}, place_of(wave)),
        cycles=cycles_in(links),
        aims=_aims(session, wave, carried, moment.today),
        capacity=capacity,
        load=load_of(carried, efforts, capacity),
        made=made,
        found=made.of_wave(wave.number),
        gates=session.execute(queries.gates_of_wave(project_id=wave.project_id, wave_id=wave.id)).all(),
    )


def links_of(session: Session, project_id: int, story_ids: Sequence[int]) -> list[Link]:
    """The dependencies of these stories, in either direction."""
    rows = session.execute(*queries.links_touching(project_id=project_id, story_ids=story_ids))
    return [_link(row._asdict()) for row in rows]


def place_of(wave: Wave) -> Place:
    """A wave in the order of its project."""
    return Place(wave.rank, wave.id, wave.number, wave.name)


def _link(row: Mapping[str, Any]) -> Link:
    return Link(_end(row, "blocked"), _end(row, "blocker"))


def _end(row: Mapping[str, Any], prefix: str) -> End:
    wave_id = row[f"{prefix}_wave_id"]
    place = None
    if wave_id is not None:
        place = Place(row[f"{prefix}_wave_rank"], wave_id, row[f"{prefix}_wave_number"], row[f"{prefix}_wave_name"])
    is_done = row[f"{prefix}_status"] in FINISHED
    return End(row[f"{prefix}_id"], row[f"{prefix}_number"], row[f"{prefix}_title"], place, is_done)


def _aims(session: Session, wave: Wave, carried: Iterable[Any], today: date) -> Aims:
    rows = list(carried)
    criteria = {row.story_id: row for row in session.execute(queries.criteria_of_wave(wave_id=wave.id))}
    counted = [criteria[row.id] for row in rows if row.id in criteria]
    return Aims(
        sum(row.total for row in counted),
        sum(row.met for row in counted),
        [row for row in rows if row.id not in criteria],
        value_table(session, rows, project_id=wave.project_id, on=today),
    )
