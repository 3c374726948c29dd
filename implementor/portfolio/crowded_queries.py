"""Who is promised to which open waves of all projects in use, for those who look after all of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.projects.models import Project
from implementor.waves.models import CapacityShare, Wave

MOST = 20_000


def promised_from(today: date) -> Rows:
    """Rows (user_id, who, share, key, number, name, starts_on, ends_on) of waves that are open, dated and not over."""
    return (
        select(
            CapacityShare.user_id, User.name.label("who"), CapacityShare.share, Project.key, Wave.number, Wave.name,
            Wave.starts_on, Wave.ends_on,
        )
        .join(User, User.id == CapacityShare.user_id)
        .join(Wave, Wave.id == CapacityShare.wave_id)
        .join(Project, Project.id == Wave.project_id)
        .where(
            CapacityShare.share > 0, Wave.archived_at.is_(None), Wave.closed_at.is_(None), Wave.starts_on.is_not(None),
            Wave.ends_on >= today, Project.archived_at.is_(None), Project.status == "active",
        )
        .order_by(CapacityShare.user_id, Wave.starts_on, Wave.id)
        .limit(MOST)
    )  # fmt: skip
