"""What the page of a record takes down and shows of what is to come: the form that logs, follow-ups, appointments."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.automation.words import E_MAIL, PURPOSE_KINDS
from implementor.crm.interactions import permissions, queries
from implementor.crm.records.concerning import WITH
from implementor.foundation.asking import Asking
from implementor.foundation.panels import Data, Place

SHOWN = 5


def dealings_of(session: Session, place: Place) -> Asking[Data] | None:
    """What is still to do with the record on whose page we are."""
    if not place.actor.may(permissions.VIEW):
        return None
    kind, record_id = place.record.sheet.entity.kind, place.record.id
    follow_ups = queries.next_follow_ups(kind, place.actor, SHOWN), {"record_id": record_id}
    planned = queries.next_appointments(kind, place.actor, SHOWN), {"record_id": record_id, "at": place.at}
    data = {
        "kind": kind,
        "id": record_id,
        "filter": kind if kind in WITH else None,
        "may_log": place.actor.may(permissions.EDIT) and not place.record.is_archived,
        "may_write": place.actor.may(permissions.EDIT) and kind in PURPOSE_KINDS[E_MAIL],
        "may_agree": place.actor.may(permissions.APPOINTMENT_EDIT) and not place.record.is_archived,
    }
    return Asking((follow_ups, planned), lambda rows: {**data, "follow_ups": rows[0], "appointments": rows[1]})
