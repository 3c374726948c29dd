"""The blueprint of stages, and finding the gate that an address names."""

from __future__ import annotations

from flask import Blueprint, g

from implementor.foundation.permissions import Permission
from implementor.projects.models import Project
from implementor.stages.gate_finding import look_at_gate
from implementor.stages.gate_look import Look
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("stages", __name__)


def project_here() -> Project:
    """The project that the address is in."""
    return session().get_one(Project, g.project.id)


def look_here(gate_name: str) -> Look:
    """The gate that the address names, as it stands now; NotFound, or NoGate where the method has none."""
    return look_at_gate(session(), project_here(), gate_name, at=now())


def may(permission: Permission) -> bool:
    """Whether the reader may do this here, in a project that is in use."""
    return actor().may(permission) and not g.project.is_archived
