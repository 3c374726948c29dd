"""How what waits for a committee is found in the records of the project."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from implementor.foundation.model import Rows
from implementor.governance.escalation import COMMITTEE
from implementor.governance.models import ActionItem, ChangeRequest, Obstacle
from implementor.metrics.models import Metric
from implementor.stages.models import Gate, GateWaiver, Stage
from implementor.waves.models import Wave

MOST = 10


def gates_in_review(*, project_id: int) -> Select[Gate]:
    """Gates that wait for signatures or to be opened, the longest waiting first."""
    return (
        select(Gate)
        .where(Gate.project_id == project_id, Gate.state == "in_review")
        .order_by(Gate.proposed_at, Gate.id)
        .limit(MOST)
    )


def obstacles_of_committee(*, project_id: int) -> Select[Obstacle]:
    """Open obstacles that are critical, or that climbed to the committee."""
    return (
        select(Obstacle)
        .where(
            Obstacle.project_id == project_id, Obstacle.resolved_at.is_(None), Obstacle.archived_at.is_(None),
            or_(Obstacle.severity == "critical", Obstacle.rung == COMMITTEE),
        )
        .options(joinedload(Obstacle.owner))
        .order_by(Obstacle.opened_at, Obstacle.id)
        .limit(MOST)
    )  # fmt: skip


def metrics_in_use(*, project_id: int) -> Select[Metric]:
    """The metrics of a project."""
    return select(Metric).where(Metric.project_id == project_id, Metric.archived_at.is_(None)).order_by(Metric.id)


def open_changes(*, project_id: int) -> Select[ChangeRequest]:
    """Requests that wait for an answer, those that were put off too; the most urgent first."""
    return (
        select(ChangeRequest)
        .where(
            ChangeRequest.project_id == project_id, ChangeRequest.archived_at.is_(None),
            or_(ChangeRequest.answer.is_(None), ChangeRequest.answer == "postponed"),
        )
        .order_by(ChangeRequest.due_on.is_(None), ChangeRequest.due_on, ChangeRequest.id)
        .limit(MOST)
    )  # fmt: skip


def waivers_that_end(*, project_id: int, until: date) -> Rows:
    """Rows (GateWaiver, Gate, stage_key) of waivers of shut gates that end by a day or have ended."""
    return (
        select(GateWaiver, Gate, Stage.key.label("stage_key"))
        .join(Gate, Gate.id == GateWaiver.gate_id)
        .join(Stage, Stage.id == Gate.stage_id)
        .where(
            GateWaiver.project_id == project_id, GateWaiver.withdrawn_at.is_(None), GateWaiver.expires_on <= until,
            Gate.state != "signed",
        )
        .order_by(GateWaiver.expires_on, GateWaiver.id)
        .limit(MOST)
    )  # fmt: skip


def overdue_actions(*, project_id: int, on: date) -> Select[ActionItem]:
    """Action items whose day has passed, with who does them; the longest overdue first."""
    return (
        select(ActionItem)
        .where(
            ActionItem.project_id == project_id, ActionItem.done_at.is_(None), ActionItem.archived_at.is_(None),
            ActionItem.due_on < on,
        )
        .options(joinedload(ActionItem.owner))
        .order_by(ActionItem.due_on, ActionItem.id)
        .limit(MOST)
    )  # fmt: skip


def late_waves(*, project_id: int, on: date) -> Select[Wave]:
    """Waves whose end as planned has passed and that are not closed."""
    return (
        select(Wave)
        .where(Wave.project_id == project_id, Wave.closed_at.is_(None), Wave.archived_at.is_(None), Wave.ends_on < on)
        .order_by(Wave.ends_on, Wave.id)
        .limit(MOST)
    )
