"""Steps with their waves, and messages that are due."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from implementor.audiences.models import AffectedPerson, AudienceMember, PlannedMessage, TransitionStep
from implementor.audiences.queries.people import is_here
from implementor.foundation.model import Rows
from implementor.projects.models import Project
from implementor.waves.models import Wave


def steps_of_project(*, project_id: int) -> Rows:
    """Rows (TransitionStep with area and owner, Wave or None) in use."""
    return (
        select(TransitionStep, Wave)
        .outerjoin(Wave, Wave.id == TransitionStep.wave_id)
        .where(TransitionStep.project_id == project_id, TransitionStep.archived_at.is_(None))
        .options(joinedload(TransitionStep.area), joinedload(TransitionStep.owner))
        .order_by(TransitionStep.id)
    )


def people_to_reach(*, project_id: int, audience_id: int, today: date) -> Select[AffectedPerson]:
    """Who of an audience can be reached by mail."""
    listed = select(AudienceMember.person_id).where(
        AudienceMember.project_id == project_id, AudienceMember.audience_id == audience_id
    )
    found = select(AffectedPerson).where(
        AffectedPerson.project_id == project_id, AffectedPerson.id.in_(listed), AffectedPerson.email.is_not(None),
        is_here(today),
    )  # fmt: skip
    return found.order_by(AffectedPerson.id)


def messages_to_remind_of(*, until: date) -> Rows:
    """Rows (PlannedMessage, project_key) that are due by a day, wait for somebody, and of which nobody was reminded."""
    return (
        select(PlannedMessage, Project.key.label("project_key"))
        .join(Project, Project.id == PlannedMessage.project_id)
        .where(
            PlannedMessage.archived_at.is_(None), PlannedMessage.sent_at.is_(None), PlannedMessage.due_on <= until,
            PlannedMessage.sender_id.is_not(None), PlannedMessage.reminded_at.is_(None), Project.archived_at.is_(None),
        )
        .order_by(PlannedMessage.due_on, PlannedMessage.id)
    )  # fmt: skip
