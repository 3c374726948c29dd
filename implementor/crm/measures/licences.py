"""How many licences of the CRM are used: people with a role in it who signed in or wrote something of late."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from implementor.auth.models import InstallationRole, User, UserSession
from implementor.finance.licence_sources import LicenceSource, licence_source
from implementor.foundation.permissions import Role
from implementor.foundation.words import say
from implementor.history.models import Action

ROLES = (Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN)
OF_LATE = timedelta(days=90)


def people_using_the_crm(session: Session, at: datetime) -> int:
    """People who can sign in, hold a role of the CRM, and were here or wrote outside projects in the last 90 days."""
    since = at - OF_LATE
    holds = exists().where(
        InstallationRole.user_id == User.id, InstallationRole.role.in_([str(role) for role in ROLES]),
        InstallationRole.revoked_at.is_(None),
    )  # fmt: skip
    was_here = exists().where(UserSession.user_id == User.id, UserSession.last_seen_at >= since)
    wrote = exists().where(Action.project_id.is_(None), Action.actor_id == User.id, Action.at >= since)
    found = select(func.count()).select_from(User).where(User.disabled_at.is_(None), holds, or_(was_here, wrote))
    return session.scalar(found) or 0


def declare_licences() -> None:
    """Let contracts be measured by it."""
    licence_source(
        LicenceSource(
            "crm", say("people who use the CRM"),
            say("People with a role in the CRM who signed in or changed something in the last 90 days."),
            people_using_the_crm,
        )
    )  # fmt: skip
