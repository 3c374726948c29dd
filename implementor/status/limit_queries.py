"""How the limits between the colours of projects are found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, select

from implementor.foundation.model import Rows
from implementor.projects.models import Project
from implementor.status.limits import NAMES
from implementor.status.models import ColourLimit

COLUMNS = tuple(getattr(ColourLimit, name) for name in NAMES)


def limits_in_force(project_ids: Sequence[int], *, at: datetime | None = None) -> Rows:
    """Rows (project_id, number, each limit) of the projects that set their own, as they stood at a moment or stand."""
    of = select(ColourLimit.project_id, func.max(ColourLimit.number).label("number")).where(
        ColourLimit.project_id.in_(project_ids)
    )
    last = (of if at is None else of.where(ColourLimit.created_at <= at)).group_by(ColourLimit.project_id).subquery()
    return select(ColourLimit.project_id, ColourLimit.number, *COLUMNS).join(
        last, and_(last.c.project_id == ColourLimit.project_id, last.c.number == ColourLimit.number)
    )


def project_to_wait(project_id: int) -> Select[int]:
    """A project, locked: who sets its limits waits for whoever does."""
    return select(Project.id).where(Project.id == project_id).with_for_update()
