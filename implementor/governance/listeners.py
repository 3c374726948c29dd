"""What governance does when something happens below: who alone holds something is shut out with a successor only."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.auth.events import SecurityEvent
from implementor.foundation.events import listens_to
from implementor.governance.services.succession import refuse_gap


@listens_to(SecurityEvent)
def ask_for_successor(session: Session, event: SecurityEvent) -> None:
    """Disabling an account is refused while nobody else holds what its person alone holds."""
    if event.kind == "user.disabled" and event.user_id is not None:
        refuse_gap(session, event.user_id)
