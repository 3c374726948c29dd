"""Gate checks about what stories must show: criteria before release, and in Adoption the value they promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.words import say
from implementor.metrics.reaching import is_reached
from implementor.projects.models import Project
from implementor.stages.checks import GatePlace, Reading, gate_check, share
from implementor.stages.gate_finding import method_of_project
from implementor.stages.methods import FINISH
from implementor.stories.value_queries import value_promised
from implementor.stories.value_services import day_of, promise_of
from implementor.waves import value_queries as queries

VALUE_REACHED = "value_reached"


class BelowTarget(Refusal):
    """The wave stays in Adoption: what it was for is not reached, and nobody lets that be."""


def declare_value_checks() -> None:
    """Make them known."""
    gate_check("release_criteria_met", say("Every criterion before release is met"), release_criteria_met)
    gate_check(VALUE_REACHED, say("Every value metric is on target, or its target is waived"), value_reached)
    gate_check("value_measured", say("Every value metric was measured since the wave is live"), value_measured)


def release_criteria_met(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the criteria before release of the wave's stories, those marked as met or whose metric reached its target."""
    rows = []
    for row in session.execute(queries.criteria_before_release(wave_id=place.wave_id)):
        criterion, metric = row.Criterion, row.Metric
        holds = criterion.is_met if metric is None else is_reached(metric)
        said = metric.name if metric is not None else criterion.text or criterion.then
        rows.append((f"{place.project_key}-{row.number} {said}", holds))
    return share(rows, *_page(place))


def value_reached(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the value metrics that stories of the wave promised, those on target or waived until a day to come.

    A wave that promised no value passes.
    """
    rows = [(name, promise_of(row, on=place.on).is_settled) for name, row in _promised(session, place)]
    return share(rows, *_page(place))


def require_value(session: Session, place: GatePlace, *, at: datetime) -> None:
    """Let a wave leave Adoption only on target or with its targets waived, whatever lines the method's gates have.

    Where a gate before it asks for the value itself, the gate decides, with what it recorded. Raises BelowTarget.
    """
    method = method_of_project(session, session.get_one(Project, place.project_id))
    gates = [stage for stage in method.stages if stage.is_gated and stage.passes == FINISH]
    if any(line.check == VALUE_REACHED for stage in gates for line in stage.items):
        return
    reading = value_reached(session, replace(place, on=day_of(at)), {})
    if not reading.passes(100):
        names = ", ".join(reading.missing)
        raise BelowTarget(
            say("The wave is below target: %(names)s. Measure it again, or let the sponsor waive the target.",
                names=names)
        )  # fmt: skip


def value_measured(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the same metrics, those measured on a day since the wave went live; a wave that promised no value passes."""
    live = session.scalar(queries.moment_live(wave_id=place.wave_id))
    rows = []
    for name, row in _promised(session, place):
        last = row.Metric.latest_on
        rows.append((name, live is not None and last is not None and last >= day_of(live)))
    return share(rows, *_page(place))


def _promised(session: Session, place: GatePlace) -> list[tuple[str, Any]]:
    numbers = {one.id: one.number for one in session.execute(queries.names_of_stories(wave_id=place.wave_id))}
    wanted = queries.ids_of_wave(wave_id=place.wave_id)
    found = session.execute(value_promised(project_id=place.project_id, story_ids=wanted))
    return [(f"{place.project_key}-{numbers[row.story_id]} {row.Metric.name}", row) for row in found]


def _page(place: GatePlace) -> tuple[str, dict[str, Any]]:
    return "waves.show", {"project_key": place.project_key, "number": place.wave_number}
