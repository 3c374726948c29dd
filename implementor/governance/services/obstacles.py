"""What can happen to obstacles: raised, described, resolved, opened again; who and when are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.text import clean
from implementor.foundation.words import say
from implementor.governance.escalation import LADDERS
from implementor.governance.models import Obstacle
from implementor.governance.queries import person_in_role
from implementor.governance.services.escalations import begin_clock, wind_clock
from implementor.governance.services.owners import refuse_stranger
from implementor.history.services import name_action
from implementor.projects.services import take_numbers

LONGEST_RESOLUTION = 5000


class AlreadyResolved(Refusal):
    """The obstacle is out of the way."""


class NotResolved(Refusal):
    """The obstacle stands."""


def raise_obstacle(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Obstacle:
    """Tell what stands in the way. `values` are catalogue values: title, kind, severity and whatever else is known.

    Without an owner, policy goes to the sponsor and everything else to the project lead.
    """
    refuse_stranger(session, project_id, values.get("owner_id"))
    obstacle = Obstacle(
        **{**values, "description": values.get("description") or ""},
        project_id=project_id,
        number=take_numbers(session, project_id=project_id, of="obstacle"),
        opened_at=at,
        opened_by_id=by.user_id,
    )
    if obstacle.owner_id is None:
        obstacle.owner_id = _owner_by_kind(session, project_id, obstacle.kind)
    begin_clock(session, obstacle, at=at)
    session.add(obstacle)
    name_action(
        session,
        say("Raised the obstacle %(title)s", title=obstacle.title),
        verb="obstacle.raise",
        project_id=project_id,
    )
    session.flush()
    return obstacle


def edit_obstacle(session: Session, obstacle: Obstacle, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Describe an obstacle anew; whether it is resolved is said by `resolve_obstacle` alone."""
    if "owner_id" in values and values["owner_id"] != obstacle.owner_id:
        refuse_stranger(session, obstacle.project_id, values["owner_id"])
    kind, severity = obstacle.kind, obstacle.severity
    for name, value in values.items():
        setattr(obstacle, name, value or "" if name == "description" else value)
    if obstacle.kind != kind and obstacle.rung not in LADDERS[obstacle.kind]:
        begin_clock(session, obstacle, at=at)
    elif (obstacle.kind, obstacle.severity) != (kind, severity):
        wind_clock(session, obstacle)
    name_action(
        session,
        say("Changed the obstacle %(title)s", title=obstacle.title),
        verb="obstacle.edit",
        project_id=obstacle.project_id,
    )
    session.flush()


def resolve_obstacle(session: Session, obstacle: Obstacle, *, resolution: str, by: Actor, at: datetime) -> None:
    """Say how it was got out of the way. Raises AlreadyResolved, or InvalidInput without a word on how."""
    if not obstacle.is_open:
        raise AlreadyResolved(say("%(title)s is resolved already.", title=obstacle.title))
    text = clean(resolution).strip()
    if not text:
        raise InvalidInput({"resolution": say("Say in a sentence how it was resolved.")})
    if len(text) > LONGEST_RESOLUTION:
        too_long = say("The resolution may have %(longest)s characters.", longest=LONGEST_RESOLUTION)
        raise InvalidInput({"resolution": too_long})
    obstacle.resolution, obstacle.resolved_at, obstacle.resolved_by_id = text, at, by.user_id
    obstacle.escalates_at = None
    name_action(
        session,
        say("Resolved the obstacle %(title)s", title=obstacle.title),
        verb="obstacle.resolve",
        project_id=obstacle.project_id,
    )
    session.flush()


def reopen_obstacle(session: Session, obstacle: Obstacle, *, by: Actor, at: datetime) -> None:
    """It stands in the way again; the earlier resolution stays in its history. Raises NotResolved."""
    if obstacle.is_open:
        raise NotResolved(say("%(title)s is open.", title=obstacle.title))
    obstacle.resolution = obstacle.resolved_at = obstacle.resolved_by_id = None
    begin_clock(session, obstacle, at=at)
    name_action(
        session,
        say("Opened the obstacle %(title)s again", title=obstacle.title),
        verb="obstacle.reopen",
        project_id=obstacle.project_id,
    )
    session.flush()


def _owner_by_kind(session: Session, project_id: int, kind: str) -> int | None:
    role = Role.SPONSOR if kind == "policy" else Role.PROJECT_LEAD
    return session.scalar(person_in_role(project_id=project_id, role=role))
