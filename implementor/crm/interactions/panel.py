"""What the page of a record takes down and shows of what is to come: the form that logs, follow-ups, appointments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.interactions import permissions, queries
from implementor.crm.records.concerning import WITH
from implementor.foundation.panels import Place

SHOWN = 5


def dealings_of(session: Session, place: Place) -> Mapping[str, Any] | None:
    """What is still to do with the record on whose page we are, in two statements."""
    if not place.actor.may(permissions.VIEW):
        return None
    kind, record_id = place.record.sheet.entity.kind, place.record.id
    follow_ups = queries.next_follow_ups(kind, place.actor, SHOWN)
    planned = queries.next_appointments(kind, place.actor, SHOWN)
    return {
        "kind": kind,
        "id": record_id,
        "filter": kind if kind in WITH else None,
        "may_log": place.actor.may(permissions.EDIT) and not place.record.is_archived,
        "may_agree": place.actor.may(permissions.APPOINTMENT_EDIT) and not place.record.is_archived,
        "follow_ups": session.execute(follow_ups, {"record_id": record_id}).all(),
        "appointments": session.execute(planned, {"record_id": record_id, "at": place.at}).all(),
    }
