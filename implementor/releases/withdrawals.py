"""Which release took a setting away: by withdrawing it, or because the release that brought it was rolled back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase, say
from implementor.releases.release_models import ConfigRelease, ReleaseOperation


def release_that_took(session: Session, uid: str) -> Phrase | None:
    """In words which release a setting of this identity is gone with; None where no release took it."""
    found = (
        select(ReleaseOperation.verb, ReleaseOperation.returned_at, ConfigRelease.number)
        .join(ConfigRelease, ConfigRelease.id == ReleaseOperation.release_id)
        .where(ReleaseOperation.uid == uid)
        .order_by(ReleaseOperation.id.desc())
        .limit(1)
    )
    row = session.execute(found).one_or_none()
    if row is None or row.verb not in ("add", "retire") or (row.verb == "add") == (row.returned_at is None):
        return None
    if row.verb == "add":
        return say("It went when release %(number)s was rolled back.", number=row.number)
    return say("Release %(number)s took it away.", number=row.number)
