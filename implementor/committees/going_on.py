"""What of a project goes on after its end, who keeps each of it, and what has to be done before it is handed on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import true
from sqlalchemy.orm import Session

from implementor.committees.queries.handovers import chaired_committees, records_with_owners, waves_with_stage
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say, say_n
from implementor.governance.models import ActionItem, Obstacle, Risk
from implementor.governance.services.actions import edit_action
from implementor.governance.services.obstacles import edit_obstacle
from implementor.governance.services.risks import edit_risk
from implementor.metrics.models import Metric
from implementor.metrics.services import change_metric
from implementor.projects.queries import people_of_project
from implementor.waves.models import FINISHED

Change = Callable[..., None]


@dataclass(frozen=True)
class Lasting:
    """A kind of records that outlive their project; `change` sets values on one by its own rules."""

    label: Phrase
    model: type[Any]
    title: Any
    open_if: Any
    change: Change

    def keep(self, session: Session, record: Any, keeper_id: int, by: Actor, at: datetime) -> None:
        """Let somebody keep it from now on."""
        self.change(session, record, {"owner_id": keeper_id}, by=by, at=at)


LASTING: dict[str, Lasting] = {
    "action_item": Lasting(
        say("Action items"), ActionItem, ActionItem.title, ActionItem.done_at.is_(None), edit_action
    ),
    "risk": Lasting(say("Risks"), Risk, Risk.title, Risk.closed_at.is_(None), edit_risk),
    "obstacle": Lasting(say("Obstacles"), Obstacle, Obstacle.title, Obstacle.resolved_at.is_(None), edit_obstacle),
    "metric": Lasting(say("Metrics"), Metric, Metric.name, true(), change_metric),
}  # fmt: skip


@dataclass(frozen=True)
class Share:
    """What one person, or nobody, keeps of one kind; `is_kept` where that person has a role here and can sign in."""

    kind: str
    label: Phrase
    owner_id: int | None
    owner: str | None
    is_kept: bool
    titles: tuple[str, ...]
    ids: tuple[int, ...]

    @property
    def name(self) -> str:
        """What the form calls it."""
        return f"keep_{self.kind}_{self.owner_id or 0}"


@dataclass(frozen=True)
class Step:
    """Something that has to be so before a project is handed on; `detail` says what is missing."""

    label: Phrase
    is_done: bool
    detail: Phrase | None = None


def shares_of(session: Session, project_id: int) -> list[Share]:
    """What goes on, by kind and keeper; one statement for each kind, and one for the people."""
    inside = {row.id for row in session.execute(people_of_project(project_id=project_id))}
    shares = []
    for kind, of in LASTING.items():
        rows = session.execute(records_with_owners(of.model, of.title, of.open_if, project_id=project_id)).all()
        for owner_id in dict.fromkeys(row.owner_id for row in rows):
            mine = [row for row in rows if row.owner_id == owner_id]
            is_kept = owner_id in inside and mine[0].disabled_at is None
            titles, ids = tuple(row.title for row in mine), tuple(row.id for row in mine)
            shares.append(Share(kind, of.label, owner_id, mine[0].owner, is_kept, titles, ids))
    return shares


def ready_committees(session: Session, project_id: int, *, on: date) -> list[Any]:
    """The committees that can go on: somebody who can sign in chairs them that day."""
    rows = session.execute(chaired_committees(project_id=project_id)).all()
    return [row for row in rows if row.user_id is not None and row.disabled_at is None and _holds(row, on)]


def steps_before(session: Session, project_id: int, committees: Collection[Any]) -> list[Step]:
    """What has to be so before the project is handed on, as it stands now."""
    waves = session.execute(waves_with_stage(project_id=project_id)).all()
    names = [row.name for row in waves if row.stage != FINISHED]
    missing = say_n("%(count)s is not: %(names)s", "%(count)s are not: %(names)s", len(names), names=", ".join(names))
    lacking = missing if names else None if waves else say("There is no wave yet.")
    chair = say("None has a chair who is there today. Name one on the page of the committee.")
    return [
        Step(say("Every wave is finished"), lacking is None, lacking),
        Step(say("A committee with a chair goes on"), bool(committees), None if committees else chair),
    ]


def _holds(row: Any, on: date) -> bool:
    return (row.starts_on is None or row.starts_on <= on) and (row.ends_on is None or on <= row.ends_on)
