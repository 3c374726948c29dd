"""What contacts said about being contacted, as entries of their timelines."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.crm.consents import permissions, queries
from implementor.crm.consents.models import Consent
from implementor.crm.consents.vocabulary import label_of
from implementor.foundation.words import say
from implementor.history.timeline import Asked, Entry


def consents_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """What a contact said; the timelines of other kinds have none."""
    if asked.record.kind != "contact" or not asked.scope.actor.may(permissions.VIEW):
        return []
    statement = queries.consents_of(asked.record.id)
    if asked.before is not None:
        statement = statement.where(Consent.captured_at < asked.before)
    return [
        Entry(
            at=row.captured_at,
            key=f"consent-{row.id}",
            who=None,
            text=say(
                "Consent to %(purpose)s (%(channel)s): %(status)s",
                purpose=label_of("purpose", row.purpose),
                channel=label_of("channel", row.channel),
                status=label_of("status", row.status),
            ),
            icon="lock",
        )
        for row in session.execute(statement.limit(asked.limit))
    ]
