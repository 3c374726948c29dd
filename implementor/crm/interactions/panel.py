"""What the page of a record takes down and shows of what is to come: the form that logs, follow-ups, appointments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.interactions import permissions, queries
from implementor.crm.interactions.models import Appointment
from implementor.crm.records.concerning import WITH
from implementor.foundation.panels import Place
from implementor.foundation.records import RecordRef

SHOWN = 5


def dealings_of(session: Session, place: Place) -> Mapping[str, Any] | None:
    """What is still to do with the record on whose page we are, in two statements."""
    if not place.actor.may(permissions.VIEW):
        return None
    kind, record_id = place.record.sheet.entity.kind, place.record.id
    ref = RecordRef(kind, record_id)
    to_come = queries.appointments_of(ref, place.actor).order_by(None).order_by(Appointment.starts_at, Appointment.id)
    planned = to_come.where(
        Appointment.done_at.is_(None), Appointment.cancelled_at.is_(None), Appointment.ends_at > place.at
    )
    return {
        "kind": kind,
        "id": record_id,
        "filter": kind if kind in WITH else None,
        "may_log": place.actor.may(permissions.EDIT) and not place.record.is_archived,
        "may_agree": place.actor.may(permissions.APPOINTMENT_EDIT) and not place.record.is_archived,
        "follow_ups": session.execute(queries.follow_ups_of(ref, place.actor).limit(SHOWN)).all(),
        "appointments": session.execute(planned.limit(SHOWN)).all(),
    }
