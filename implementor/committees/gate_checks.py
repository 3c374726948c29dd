"""The gate check about the end of a project: a committee that goes on has a chair and has met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.committees.going_on import ready_committees
from implementor.committees.queries.handovers import committees_that_met
from implementor.foundation.words import say
from implementor.stages.checks import PROJECT_PLACE, GatePlace, Reading, gate_check, share

GOES_ON = say("A committee with a chair that goes on has met")


def declare_checks() -> None:
    """Make it known."""
    gate_check("standing_body_met", GOES_ON, standing_body_met, places=(PROJECT_PLACE,))


def standing_body_met(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Whether one committee of the project has a chair that day and has closed a meeting."""
    ready = {row.id for row in ready_committees(session, place.project_id, on=place.on)}
    met = set(session.scalars(committees_that_met(project_id=place.project_id)))
    return share([(str(GOES_ON), bool(ready & met))], "standing_body.show", {"project_key": place.project_key})
