"""A new stamp whenever a template or a rule changes, as for every other row of the configuration."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.automation.models import AutomationRule, MessageTemplate
from implementor.configuration.services.versions import bump
from implementor.foundation.events import listens_to
from implementor.history.events import RecordChanged

KINDS = (AutomationRule.__record_kind__, MessageTemplate.__record_kind__)


@listens_to(RecordChanged)
def stamp_anew(session: Session, event: RecordChanged) -> None:
    """Whoever changes them and however: what is live is another configuration."""
    if event.kind in KINDS:
        bump(session, at=event.at, by_id=event.actor.user_id, action_id=event.action_id)
