"""What the fields of an appointment and of those who come to it are."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, false, or_
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.crm.contacts.pointing import with_fields
from implementor.crm.interactions.models import CANCELLED, DONE, PLANNED, Appointment, Attendee
from implementor.crm.records.fields import RECORD, owner_field, people_of_crm
from implementor.foundation.fields import Choice, Entity, Field, Kind, Scope, entity
from implementor.foundation.words import say

KINDS = (
    Choice("meeting", say("Meeting")),
    Choice("visit", say("Visit")),
    Choice("call", say("Call")),
)
STATES = (
    Choice(PLANNED, say("Planned"), "review"),
    Choice(DONE, say("Held"), "ok"),
    Choice(CANCELLED, say("Called off"), "off"),
)
WHEN, WHOM = say("Appointment"), say("With whom")
Person = aliased(User, name="attendee_person")
Of = aliased(Appointment, name="attendee_appointment")
_state = case(
    (Appointment.cancelled_at.is_not(None), CANCELLED), (Appointment.done_at.is_not(None), DONE), else_=PLANNED
)


def in_state(states: list[str], _scope: Scope) -> ColumnElement[bool]:
    """Appointments in any of these states."""
    conditions = {
        PLANNED: and_(Appointment.done_at.is_(None), Appointment.cancelled_at.is_(None)),
        DONE: Appointment.done_at.is_not(None),
        CANCELLED: Appointment.cancelled_at.is_not(None),
    }
    return or_(false(), *(conditions[state] for state in states if state in conditions))


def called(words: str) -> ColumnElement[bool]:
    """Appointments whose title holds these words."""
    return Appointment.title.icontains(words, autoescape=True)


APPOINTMENT = entity(
    Entity(
        kind="appointment",
        label=say("Appointment"),
        label_plural=say("Appointments"),
        model=Appointment,
        default_columns=("title", "starts_at", "kind", "state", "account", "contact", "place", "owner"),
        default_sort="-starts_at",
        title_field="title",
        unique_order=Appointment.id,
        search=called,
    )
)
ATTENDEE = entity(
    Entity(
        kind="attendee",
        label=say("Who comes"),
        label_plural=say("Who comes"),
        model=Attendee,
        default_columns=("person",),
        default_sort="created_at",
        title_field="person_name",
        unique_order=Attendee.id,
    )
)

if not APPOINTMENT.fields:
    APPOINTMENT.declare(
        (
            Field(
                "title", Kind.LINE, say("Title"), Appointment.title, required=True, nullable=False, width="wide",
                group=WHEN,
            ),
            Field(
                "kind", Kind.CHOICE, say("Kind"), Appointment.kind, choices=KINDS, required=True, filterable=True,
                groupable=True, nullable=False, group=WHEN,
            ),
            Field(
                "starts_at", Kind.MOMENT, say("Begins"), Appointment.starts_at, required=True, filterable=True,
                sortable=True, nullable=False, group=WHEN,
            ),
            Field(
                "ends_at", Kind.MOMENT, say("Ends"), Appointment.ends_at, nullable=False, group=WHEN,
                hint=say("Left empty: one hour later."),
            ),
            Field("place", Kind.LINE, say("Place"), Appointment.place, longest=300, group=WHEN, width="wide"),
            Field(
                "state", Kind.CHOICE, say("State"), _state.label("state"), choices=STATES, editable=False,
                filterable=True, nullable=False, matches=in_state, group=WHEN,
            ),
            Field("notes", Kind.TEXT, say("Notes"), Appointment.notes, longest=20_000, personal=True, group=WHEN),
            Field("end_note", Kind.LINE, say("What came of it"), Appointment.end_note, editable=False, group=WHEN),
            *with_fields(Appointment, group=WHOM),
            owner_field(Appointment, group=WHOM),
            Field(
                "created_at", Kind.MOMENT, say("Created"), Appointment.created_at, editable=False, nullable=False,
                group=RECORD,
            ),
            Field(
                "updated_at", Kind.MOMENT, say("Changed"), Appointment.updated_at, editable=False, nullable=False,
                group=RECORD,
            ),
        )
    )  # fmt: skip


if not ATTENDEE.fields:
    ATTENDEE.declare(
        (
            Field(
                "appointment", Kind.REFERENCE, say("Appointment"), Attendee.appointment_id, target="appointment",
                shown=Of.title, join=lambda found: found.join(Of, Of.id == Attendee.appointment_id), required=True,
                nullable=False,
            ),
            Field(
                "person", Kind.REFERENCE, say("Person"), Attendee.user_id, options=people_of_crm, shown=Person.name,
                join=lambda found: found.join(Person, Person.id == Attendee.user_id), is_person=True, required=True,
                nullable=False,
            ),
            Field("person_name", Kind.LINE, say("Person"), Attendee.person_name, editable=False, is_order=True),
            Field(
                "created_at", Kind.MOMENT, say("Created"), Attendee.created_at, editable=False, sortable=True,
                nullable=False,
            ),
        )
    )  # fmt: skip
