"""What else is held about somebody besides their use: help planned for them, rollouts, training, surveys, requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from implementor.adoption.intervention_models import Intervention
from implementor.audiences.models import AffectedPerson
from implementor.auth.models import Area, User
from implementor.foundation.model import Rows
from implementor.support.models import SupportRequest
from implementor.surveys.models import SurveyInvitation
from implementor.training.models import Enrolment


@dataclass(frozen=True)
class Held:
    """Interventions and entries as an affected person by row, the others as counts with pages of their own."""

    interventions: Sequence[Any]
    entries: Sequence[Any]
    training: int
    surveys: int
    requests: int


def held_about(session: Session, user_id: int) -> Held:
    """Of one person, in five statements."""
    counted = (
        _parts_of(Enrolment, user_id),
        _parts_of(SurveyInvitation, user_id),
        select(func.count(SupportRequest.id)).where(SupportRequest.created_by_id == user_id),
    )
    return Held(
        session.execute(interventions_for(user_id)).all(), session.execute(entries_of(user_id)).all(),
        *(session.scalar(one) or 0 for one in counted),
    )  # fmt: skip


def _parts_of(model: Any, user_id: int) -> Select[int]:
    """How many rows name somebody as one of the people whom a project affects."""
    is_theirs = and_(AffectedPerson.project_id == model.project_id, AffectedPerson.id == model.person_id)
    return select(func.count(model.id)).join(AffectedPerson, is_theirs).where(AffectedPerson.user_id == user_id)


def interventions_for(user_id: int) -> Rows:
    """Rows (opened_at, due_on, done_at, meets_at, meets_minutes, meets_place, meets_link, who) of help planned for
    somebody, the newest first; the last five are of an appointment.

    Not its words nor its rollout: whoever is outside a project does not learn of it.
    """
    found = select(
        Intervention.opened_at, Intervention.due_on, Intervention.done_at, Intervention.meets_at,
        Intervention.meets_minutes, Intervention.meets_place, Intervention.meets_link, User.name.label("who"),
    )  # fmt: skip
    found = found.outerjoin(User, User.id == Intervention.meets_with_id)
    found = found.where(Intervention.person_id == user_id, Intervention.archived_at.is_(None))
    return found.order_by(Intervention.id.desc())


def entries_of(user_id: int) -> Rows:
    """Rows (job_role, area) by which rollouts count somebody among the people whom they affect."""
    found = select(AffectedPerson.job_role, Area.name.label("area"))
    found = found.outerjoin(Area, Area.id == AffectedPerson.area_id)
    return found.where(AffectedPerson.user_id == user_id, AffectedPerson.archived_at.is_(None)).order_by(
        AffectedPerson.id
    )
