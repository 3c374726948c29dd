"""How what waits for a committee is found in the records of its projects: of each the first few, in one statement."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from implementor.foundation.model import Rows
from implementor.governance.escalation import COMMITTEE
from implementor.governance.models import ActionItem, ChangeRequest, Decision, Obstacle
from implementor.metrics.models import Metric
from implementor.stages.models import Gate, GateWaiver, Stage
from implementor.waves.models import Wave

MOST = 10
"""Of each project."""
Kind = TypeVar("Kind", bound=Any)
Ids = Collection[int]


def gates_in_review(*, project_ids: Ids) -> Select[Gate]:
    """Gates that wait for signatures or to be opened, the longest waiting first."""
    return _first_of_each(Gate, project_ids, [Gate.state == "in_review"], [Gate.proposed_at, Gate.id])


def obstacles_of_committee(*, project_ids: Ids) -> Select[Obstacle]:
    """Open obstacles that are critical, or that climbed to the committee."""
    found = _first_of_each(
        Obstacle, project_ids,
        [Obstacle.resolved_at.is_(None), Obstacle.archived_at.is_(None),
         or_(Obstacle.severity == "critical", Obstacle.rung == COMMITTEE)],
        [Obstacle.opened_at, Obstacle.id],
    )  # fmt: skip
    return found.options(joinedload(Obstacle.owner))


def metrics_in_use(*, project_ids: Ids) -> Select[Metric]:
    """The metrics of projects."""
    found = select(Metric).where(Metric.project_id.in_(project_ids), Metric.archived_at.is_(None))
    return found.order_by(Metric.id)


def open_changes(*, project_ids: Ids) -> Select[ChangeRequest]:
    """Requests that wait for an answer, those that were put off too; the most urgent first."""
    return _first_of_each(
        ChangeRequest, project_ids,
        [ChangeRequest.archived_at.is_(None), or_(ChangeRequest.answer.is_(None), ChangeRequest.answer == "postponed")],
        [ChangeRequest.due_on.is_(None), ChangeRequest.due_on, ChangeRequest.id],
    )  # fmt: skip


def questions_put(*, project_ids: Ids) -> Select[Decision]:
    """Questions that wait for a decision, the most urgent first."""
    return _first_of_each(
        Decision, project_ids, [Decision.decided_at.is_(None), Decision.archived_at.is_(None)],
        [Decision.due_on.is_(None), Decision.due_on, Decision.id],
    )  # fmt: skip


def waivers_that_end(*, project_ids: Ids, until: date) -> Rows:
    """Rows (GateWaiver, Gate, stage_key) of waivers of shut gates that end by a day or have ended."""
    shut = select(Gate.id).where(Gate.project_id.in_(project_ids), Gate.state != "signed")
    found = _first_of_each(
        GateWaiver, project_ids,
        [GateWaiver.withdrawn_at.is_(None), GateWaiver.expires_on <= until, GateWaiver.gate_id.in_(shut)],
        [GateWaiver.expires_on, GateWaiver.id],
    )  # fmt: skip
    return (
        found.add_columns(Gate, Stage.key.label("stage_key"))
        .join(Gate, Gate.id == GateWaiver.gate_id)
        .join(Stage, Stage.id == Gate.stage_id)
    )


def overdue_actions(*, project_ids: Ids, on: date) -> Select[ActionItem]:
    """Action items whose day has passed, with who does them; the longest overdue first."""
    found = _first_of_each(
        ActionItem, project_ids,
        [ActionItem.done_at.is_(None), ActionItem.archived_at.is_(None), ActionItem.due_on < on],
        [ActionItem.due_on, ActionItem.id],
    )  # fmt: skip
    return found.options(joinedload(ActionItem.owner))


def late_waves(*, project_ids: Ids, on: date) -> Select[Wave]:
    """Waves whose end as planned has passed and that are not closed."""
    return _first_of_each(
        Wave, project_ids, [Wave.closed_at.is_(None), Wave.archived_at.is_(None), Wave.ends_on < on],
        [Wave.ends_on, Wave.id],
    )  # fmt: skip


def _first_of_each(
    model: type[Kind], project_ids: Ids, where: list[ColumnElement[bool]], order: list[Any]
) -> Select[Kind]:
    """The first few of each project in an order that ends with the id."""
    place = func.row_number().over(partition_by=model.project_id, order_by=order).label("place")
    placed = select(model.id.label("id"), place).where(model.project_id.in_(project_ids), *where).subquery()
    found = select(model).join(placed, placed.c.id == model.id).where(placed.c.place <= MOST)
    return found.order_by(model.project_id, placed.c.place)
