"""Gate checks about waves: what they hold, what it waits for, whether it fits and whether it is proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import say
from implementor.stages.checks import PROJECT_PLACE, GatePlace, Reading, gate_check, share
from implementor.stories.statuses import FINISHED
from implementor.waves import gate_queries as queries
from implementor.waves.capacity_reading import capacity_of
from implementor.waves.models import FINISHED as WAVE_FINISHED
from implementor.waves.models import Wave

SEVERITIES = ("critical",)
Holds = Callable[[Any], bool]


def declare_checks() -> None:
    """Make them known."""
    for name, label, holds in (
        ("stories_estimated", say("Every story of the wave is estimated"), lambda row: row.points is not None),
        ("stories_valued", say("Every story of the wave has a value"), lambda row: row.value is not None),
        ("stories_with_criteria", say("Every story of the wave has acceptance criteria"), lambda row: row.criteria > 0),
        ("stories_validated", say("Every story of the wave is validated"), lambda row: row.status in FINISHED),
    ):
        gate_check(name, label, _over_stories(holds))
    gate_check("dependencies_in_order", say("No story is planned before one it waits for"), dependencies_in_order)
    gate_check("within_capacity", say("What the wave promises fits its capacity"), within_capacity)
    gate_check("wave_obstacles_solved", say("No obstacle of these severities holds up the wave"), wave_obstacles_solved)
    gate_check("reviews_approved", say("Every area that was asked has approved"), reviews_approved)
    gate_check("user_tests_signed", say("Every user test is signed by its area"), user_tests_signed)
    gate_check("waves_finished", say("Every wave is finished"), waves_finished, places=(PROJECT_PLACE,))


def _over_stories(holds: Holds) -> Callable[[Session, GatePlace, Mapping[str, Any]], Reading]:
    """A check over the stories of a wave; a wave without any does not pass."""

    def read(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
        found = session.execute(queries.stories_to_check(wave_id=place.wave_id)).all()
        rows = [(_named(place, row), holds(row)) for row in found]
        return share(rows, *_wave_page(place, "waves.stories"), empty_passes=False)

    return read


def dependencies_in_order(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the stories that others of the wave wait for, those that are done or come in this wave or an earlier one."""
    rows = []
    for row in session.execute(queries.dependencies_of_wave(wave_id=place.wave_id)):
        in_time = row.blocker_rank is not None and (row.blocker_rank, row.blocker_wave_id) <= (row.rank, row.wave_id)
        name = f"{place.project_key}-{row.blocked_number} ← {_named(place, row)}"
        rows.append((name, row.status in FINISHED or in_time))
    return share(rows, *_wave_page(place, "waves.stories"))


def within_capacity(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """The points the wave holds against what it can carry: stated, or computed from its people; unknown is nothing."""
    wave = session.get_one(Wave, place.wave_id)
    row = session.execute(queries.load_of_wave(wave_id=place.wave_id)).one()
    endpoint, values = _wave_page(place, "waves.show")
    can = capacity_of(session, wave, today=wave.ends_on or date.min).points
    return Reading(Decimal(row.points), can or Decimal(0), endpoint=endpoint, values=values, at_most=True)


def wave_obstacles_solved(session: Session, place: GatePlace, parameters: Mapping[str, Any]) -> Reading:
    """Of the obstacles of the `severities` (critical ones) that hold up stories of the wave, those that are solved."""
    severities = parameters.get("severities", SEVERITIES)
    found = session.execute(queries.obstacles_to_check(wave_id=place.wave_id, severities=severities))
    return share([(row.title, row.resolved_at is not None) for row in found], *_wave_page(place, "waves.show"))


def reviews_approved(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the reviews that were asked for stories of the wave, those that were approved."""
    found = session.execute(queries.reviews_of_wave(wave_id=place.wave_id))
    return share([(f"{_named(place, row)} ({row.area})", row.verdict == "approved") for row in found],
                 *_wave_page(place, "waves.stories"))  # fmt: skip


def user_tests_signed(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the user tests of the wave's stories, those that are signed; a wave that nobody tests does not pass."""
    found = session.execute(queries.user_tests_of_wave(wave_id=place.wave_id))
    rows = [(f"{_named(place, row)} ({row.area or '–'})", row.signed_at is not None) for row in found]
    return share(rows, *_wave_page(place, "waves.stories"), empty_passes=False)


def waves_finished(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the project's waves, those that are finished; a project without any does not pass."""
    found = session.scalars(queries.waves_of_project(project_id=place.project_id))
    rows = [(wave.name, wave.stage == WAVE_FINISHED) for wave in found]
    return share(rows, "waves.index", {"project_key": place.project_key}, empty_passes=False)


def _named(place: GatePlace, row: Any) -> str:
    return f"{place.project_key}-{row.number} {row.title}"


def _wave_page(place: GatePlace, endpoint: str) -> tuple[str, dict[str, Any]]:
    return endpoint, {"project_key": place.project_key, "number": place.wave_number}
