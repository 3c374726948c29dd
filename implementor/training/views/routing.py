"""The blueprints of training, the tabs over its pages, and finding what an address names."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from implementor.audiences.pages import record_or_404
from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import Permission
from implementor.foundation.words import Phrase, say
from implementor.training import permissions, result_permissions
from implementor.training.models import Enrolment, TrainingSession
from implementor.training.session_queries import part_in_session
from implementor.training.views.result_routing import is_trainer
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

blueprint = Blueprint("training", __name__, url_prefix="/projects/<project_key>/training")
own = Blueprint("own_training", __name__, url_prefix="/training")
TABS: tuple[tuple[Phrase, str, Permission], ...] = (
    (say("Courses"), "training.courses", permissions.VIEW),
    (say("Sessions"), "training.sessions", permissions.VIEW),
    (say("Topics"), "training.topics", permissions.VIEW),
    (say("Learning paths"), "training.paths", permissions.VIEW),
    (say("Results"), "training_results.index", result_permissions.VIEW),
)


def tabs_at(endpoint: str) -> list[dict[str, Any]]:
    """The tabs over the pages that this reader may open."""
    return [
        {"label": label, "url": url_for(there), "is_current": there == endpoint}
        for label, there, permission in TABS
        if actor().may(permission)
    ]


def may_mark(held: TrainingSession) -> bool:
    """Whether the reader says who is there: the change lead, and the trainer of the session."""
    return bool(actor().may(result_permissions.EDIT)) or is_trainer(held)


def session_to_mark(session_id: int) -> TrainingSession:
    """The session, for those who say who is there; for others there is none."""
    held: TrainingSession = record_or_404(TrainingSession, session_id)
    if not may_mark(held):
        raise NotFound("training_session")
    return held


def part_or_404(session_id: int, enrolment_id: int) -> Enrolment:
    """Somebody's part in a session of this project."""
    statement = part_in_session(project_id=g.project.id, session_id=session_id, enrolment_id=enrolment_id)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("enrolment")
    return found
