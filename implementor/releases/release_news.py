"""Telling the people of the CRM that its settings changed, or are as they were again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import InstallationRole
from implementor.foundation.permissions import Role
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people
from implementor.releases.release_models import ConfigRelease

NEWS = "release.applied"
HEAR = (Role.CRM_USER, Role.CRM_MANAGER, Role.CRM_ADMIN)


def tell_of_release(session: Session, release: ConfigRelease, *, by_id: int | None, at: datetime) -> int:
    """Tell everybody who works with the CRM what is new; returns how many."""
    sentence = say("Release %(number)s of the CRM is live: see what changed.", number=release.number)
    return _tell(session, release, sentence, "live", by_id, at)


def tell_of_return(session: Session, release: ConfigRelease, *, by_id: int | None, at: datetime) -> int:
    """Tell the same people that it was taken back; returns how many."""
    sentence = say("Release %(number)s of the CRM was rolled back.", number=release.number)
    return _tell(session, release, sentence, "back", by_id, at)


def _tell(
    session: Session, release: ConfigRelease, sentence: Phrase, what: str, by_id: int | None, at: datetime
) -> int:
    people = select(InstallationRole.user_id).where(
        InstallationRole.role.in_(HEAR), InstallationRole.revoked_at.is_(None)
    )
    news = News(
        kind=NEWS,
        key=f"{NEWS}-{release.number}-{what}",
        sentence=sentence,
        record=RecordRef("config_release", release.id),
        title=str(say("Release %(number)s", number=release.number)),
        page=f"/settings/releases/{release.number}",
        at=at,
    )
    # whoever did it knows
    return tell_people(session, [one for one in session.scalars(people) if one != by_id], news)
