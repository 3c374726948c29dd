"""What can happen to an appointment: it is made, moved, held or called off, and somebody else comes to it too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.interactions.appointment_catalogue import APPOINTMENT, ATTENDEE
from implementor.crm.interactions.models import Appointment, Attendee
from implementor.crm.interactions.queries import attendance
from implementor.crm.records import services as records
from implementor.crm.records.concerning import complete_concern, pointing_at
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.history.services import name_action

USUAL = timedelta(hours=1)
LONGEST = timedelta(days=31)
LONGEST_NOTE = 200


class AlreadyOver(Refusal):
    """The appointment was held or called off."""


class StillPlanned(Refusal):
    """The appointment was neither held nor called off yet."""


def add_appointment(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Appointment:
    """An appointment with whoever the values name."""
    return make_appointment(session, values, by=by, at=at)


def make_appointment(
    session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime, about: RecordRef | None = None
) -> Appointment:
    """An appointment with or about a record, of an hour unless its end is given."""
    pointed = pointing_at(about) if about is not None else {}
    given = {name: value for name, value in values.items() if name != "kind" or value not in (None, "")}
    appointment: Appointment = records.new_record(
        session, APPOINTMENT, {"kind": "meeting", **given}, by=by, at=at, zone=by.time_zone, **pointed
    )
    _give_end(appointment, values)
    _complete(session, appointment, by)
    return appointment


def change_appointment(
    session: Session, appointment: Appointment, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give an appointment other values; one that is moved keeps its length unless another end is given."""
    length = appointment.ends_at - appointment.starts_at
    records.change_record(session, APPOINTMENT, appointment, values, by=by, at=at)
    if "starts_at" in values and "ends_at" not in values:
        appointment.ends_at = appointment.starts_at + length
    elif "ends_at" in values:
        _give_end(appointment, values)
    _complete(session, appointment, by)


def restore_appointment(
    session: Session, appointment: Appointment, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give an appointment earlier values by attribute."""
    for name, value in values.items():
        setattr(appointment, name, value)
    _complete(session, appointment, by)


def hold(session: Session, appointment: Appointment, *, note: str, by: Actor, at: datetime) -> None:
    """Note that an appointment took place. Raises AlreadyOver."""
    _end(session, appointment, note, by)
    appointment.done_at, appointment.done_by_id = at, by.user_id
    name_action(session, say("Held %(title)s", title=appointment.title), verb="appointment.hold")


def call_off(session: Session, appointment: Appointment, *, note: str, by: Actor, at: datetime) -> None:
    """Note that an appointment does not take place. Raises AlreadyOver."""
    _end(session, appointment, note, by)
    appointment.cancelled_at, appointment.cancelled_by_id = at, by.user_id
    name_action(session, say("Called off %(title)s", title=appointment.title), verb="appointment.call_off")


def plan_again(session: Session, appointment: Appointment, *, by: Actor) -> None:
    """Note that an appointment is still to come after all. Raises StillPlanned."""
    records.refuse_beyond_reach(session, APPOINTMENT, appointment, by)
    if appointment.state == "planned":
        raise StillPlanned(say("“%(title)s” is still planned.", title=appointment.title))
    appointment.done_at = appointment.cancelled_at = appointment.end_note = None
    appointment.done_by_id = appointment.cancelled_by_id = None
    name_action(session, say("Planned %(title)s again", title=appointment.title), verb="appointment.plan")


def add_attendee(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Attendee:
    """Let somebody of us come to an appointment that the actor may change."""
    appointment: Appointment = records.found_to_change(
        session, APPOINTMENT, values.get("appointment"), by, field="appointment"
    )
    attendee: Attendee = records.new_record(session, ATTENDEE, values, by=by, at=at)
    with session.no_autoflush:
        comes = session.scalar(attendance(appointment.id, attendee.user_id))
    if comes is not None or attendee.user_id == appointment.owner_id:
        session.expunge(attendee)
        raise InvalidInput({"person": say("This person comes already.")})
    return attendee


def _end(session: Session, appointment: Appointment, note: str, by: Actor) -> None:
    records.refuse_beyond_reach(session, APPOINTMENT, appointment, by)
    if appointment.state != "planned":
        raise AlreadyOver(say("“%(title)s” was held or called off already.", title=appointment.title))
    note = clean_line(note)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": say("Up to %(longest)s characters, please.", longest=LONGEST_NOTE)})
    appointment.end_note = note or None


def _give_end(appointment: Appointment, values: Mapping[str, Any]) -> None:
    if values.get("ends_at") in (None, ""):
        appointment.ends_at = appointment.starts_at + USUAL


def _complete(session: Session, appointment: Appointment, by: Actor) -> None:
    if appointment.ends_at <= appointment.starts_at:
        raise InvalidInput({"ends_at": say("An appointment ends after it begins.")})
    if appointment.ends_at - appointment.starts_at > LONGEST:
        raise InvalidInput({"ends_at": say("An appointment lasts a month at the most.")})
    complete_concern(session, appointment, by)
