"""Gate checks about what stands below stages: the people of a project and its obstacles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS, Role
from implementor.foundation.words import say
from implementor.stages.checks import PROJECT_PLACE, WAVE_PLACE, GatePlace, Reading, gate_check, share
from implementor.stages.gate_queries import open_obstacles, roles_held

SEVERITIES = ("critical",)


def declare_checks() -> None:
    """Make them known."""
    both = (PROJECT_PLACE, WAVE_PLACE)
    gate_check("roles_filled", say("Every role that must be filled is filled"), roles_filled, places=both)
    gate_check("no_open_obstacle", say("No obstacle of these severities is open"), no_open_obstacle, places=both)


def roles_filled(session: Session, place: GatePlace, parameters: Mapping[str, Any]) -> Reading:
    """Of the `roles` that the line names, those that somebody who can sign in holds."""
    wanted = [Role(role) for role in parameters.get("roles", ()) if role in PROJECT_ROLES]
    held = {row.role for row in session.execute(roles_held(project_id=place.project_id, roles=wanted))}
    rows = [(str(ROLE_LABELS[role]), role in held) for role in wanted]
    return share(rows, "projects.people", {"project_key": place.project_key})


def no_open_obstacle(session: Session, place: GatePlace, parameters: Mapping[str, Any]) -> Reading:
    """Of the project's obstacles of the `severities` (critical ones), those that are solved."""
    severities = parameters.get("severities", SEVERITIES)
    found = session.execute(open_obstacles(project_id=place.project_id, severities=severities))
    rows = [(row.title, row.resolved_at is not None) for row in found]
    return share(rows, "governance.obstacles", {"project_key": place.project_key})
