"""Keeping what matters for safety in the log, by ids alone."""

from __future__ import annotations

import logging

from flask import g, has_request_context
from sqlalchemy.orm import Session

from implementor.auth.events import SecurityEvent
from implementor.foundation.events import listens_to

log = logging.getLogger("implementor.security")


@listens_to(SecurityEvent)
def keep_in_log(_session: Session, event: SecurityEvent) -> None:
    """One line for each, with the request it belongs to."""
    request_id = g.get("request_id") if has_request_context() else None
    log.info(event.kind, extra={"actor_id": event.by_id, "user_id": event.user_id, "request_id": request_id})
