"""The gate checks about direction: objectives, the charter, and the agreement of the two sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.discovery.agreement_queries import reviews_of_agreement, standing_agreement
from implementor.discovery.charter_queries import standing_charter
from implementor.discovery.queries import benefits_with_owners
from implementor.discovery.scoreboard import scoreboard
from implementor.foundation.words import say
from implementor.metrics.standing import ON_TARGET
from implementor.stages.checks import PROJECT_PLACE, WAVE_PLACE, GatePlace, Reading, gate_check, share

CHARTER_SIGNED = say("The project charter is signed by sponsor and project lead")


def declare_checks() -> None:
    """Make them known."""
    both = (PROJECT_PLACE, WAVE_PLACE)
    measured = say("Every objective has a priority and a metric with baseline, target and date")
    gate_check("objectives_measured", measured, objectives_measured, places=both)
    gate_check(
        "objectives_on_target", say("Every metric of an objective is on target"), objectives_on_target, places=both
    )
    gate_check("benefits_owned", say("Each benefit has a metric that somebody keeps"), benefits_owned, places=both)
    gate_check("charter_signed", CHARTER_SIGNED, charter_signed, places=both)
    gate_check("agreement_signed", say("The agreement of marketing and sales is signed"), agreement_signed, places=both)
    gate_check(
        "agreement_reviewed", say("The agreement of marketing and sales was reviewed"), agreement_reviewed, places=both
    )


def objectives_measured(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the objectives of the project, those that can be judged; a project without any does not pass."""
    board = scoreboard(session, project_id=place.project_id)
    rows = [(one.objective.statement, one.is_judged) for one in board]
    return share(rows, "discovery.direction", {"project_key": place.project_key}, empty_passes=False)


def objectives_on_target(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the metrics that judge objectives, those whose last measurement meets the target itself, not only its line."""
    board = scoreboard(session, project_id=place.project_id)
    figures = {figure.metric.id: figure for one in board for figure in one.figures}
    rows = [(figure.metric.name, figure.standing.state == ON_TARGET) for figure in figures.values()]
    return share(rows, "discovery.direction", {"project_key": place.project_key}, empty_passes=False)


def benefits_owned(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the benefits of the project, those with a metric in use that has an owner; without any it does not pass."""
    found = session.execute(benefits_with_owners(project_id=place.project_id))
    rows = [(row.title, row.owner_id is not None) for row in found]
    return share(rows, "discovery.direction", {"project_key": place.project_key}, empty_passes=False)


def charter_signed(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Whether an edition of the charter is signed by both and in force."""
    found = session.scalars(standing_charter(project_id=place.project_id)).one_or_none()
    rows = [(str(say("Project charter")), found is not None)]
    return share(rows, "discovery.charters", {"project_key": place.project_key})


def agreement_signed(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Whether an agreement is signed by both sides and in force."""
    found = session.scalars(standing_agreement(project_id=place.project_id)).one_or_none()
    rows = [(str(say("Agreement of marketing and sales")), found is not None)]
    return share(rows, "discovery.agreements", {"project_key": place.project_key})


def agreement_reviewed(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Whether the agreement in force was looked at again at least once."""
    found = session.scalars(standing_agreement(project_id=place.project_id)).one_or_none()
    reviewed = found is not None and session.execute(reviews_of_agreement(agreement_id=found.id)).first() is not None
    rows = [(str(say("Agreement of marketing and sales")), reviewed)]
    return share(rows, "discovery.agreements", {"project_key": place.project_key})
