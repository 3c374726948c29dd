"""The blueprint of results, its tabs, its words, and finding the session that an address names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, g, url_for

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import Permission
from implementor.foundation.words import Phrase, say
from implementor.training import result_permissions as permissions
from implementor.training.models import TrainingSession
from implementor.training.result_catalogue import RESULTS
from implementor.training.result_queries import session_of
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

own = Blueprint("certificates", __name__, url_prefix="/certificates")
blueprint = Blueprint("training_results", __name__, url_prefix="/projects/<project_key>/training/results")
STATES: Mapping[str, Phrase] = {
    "invited": say("Invited"), "booked": say("Booked"), "attended": say("Attended"), "no_show": say("Did not come"),
    "completed": say("Completed"),
}  # fmt: skip
TABS: tuple[tuple[Phrase, str, Permission], ...] = (
    (say("Figures"), "training_results.index", permissions.VIEW),
    (say("Scores"), "training_results.sessions", permissions.VIEW),
    (say("Certificates"), "training_results.certificates", permissions.NAMES),
    (say("Internal trainers"), "training_results.trainers", permissions.VIEW),
)


def states() -> Mapping[str, Any]:
    """What states and results are called."""
    return {**STATES, **{choice.key: choice.label for choice in RESULTS}}


def tabs_at(endpoint: str) -> list[dict[str, Any]]:
    """The tabs over the pages that this reader may open."""
    return [
        {"label": label, "url": url_for(there), "is_current": there == endpoint}
        for label, there, permission in TABS
        if actor().may(permission)
    ]


def is_trainer(held: TrainingSession) -> bool:
    """Whether the reader holds this session."""
    return held.trainer_id is not None and held.trainer_id == actor().user_id


def session_or_404(session_id: int) -> TrainingSession:
    """The session of this project, for its trainer and for those who enter results; for others there is none."""
    found = session().scalars(session_of(project_id=g.project.id, session_id=session_id)).one_or_none()
    if found is None or not (actor().may(permissions.EDIT) or is_trainer(found)):
        raise NotFound("training_session")
    return found
