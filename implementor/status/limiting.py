"""What can happen to the limits between the colours: set for a project; those that were used before stay known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.status.limit_queries import limits_in_force, project_to_wait
from implementor.status.limits import NAMES, USUAL, Limits, faults_of
from implementor.status.models import ColourLimit


def limits_of_projects(
    session: Session, project_ids: Iterable[int], *, at: datetime | None = None
) -> dict[int, Limits]:
    """The limits that projects set themselves, as they stood at a moment or stand; others have those of practice."""
    rows = session.execute(limits_in_force(list(project_ids), at=at))
    return {row.project_id: Limits(row.number, *(getattr(row, name) for name in NAMES)) for row in rows}


def set_limits(session: Session, *, project_id: int, values: Mapping[str, int | None], by: Actor, at: datetime) -> bool:
    """Let a project have these limits from now on; False where it has them already. Raises InvalidInput."""
    faults = faults_of(values)
    if faults:
        raise InvalidInput(faults)
    session.execute(project_to_wait(project_id))
    before = limits_of_projects(session, [project_id]).get(project_id, USUAL)
    wanted = {name: int(values[name] or 0) for name in NAMES}
    if wanted == before.values:
        return False
    session.add(ColourLimit(project_id=project_id, number=before.number + 1, **wanted))
    name_action(session, say("Set the limits of the colours"), verb="colour.limits", project_id=project_id)
    session.flush()
    return True
