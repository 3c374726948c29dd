"""Finding interactions, what is to follow from them, and appointments; always within what the reader sees."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal_column, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact, ContactEmail
from implementor.crm.interactions.models import Appointment, Attendee, Interaction
from implementor.crm.records.agenda import Asked
from implementor.crm.records.concerning import concerns
from implementor.crm.records.queries import readable, within
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.statements import at_most, kept

Owner = aliased(User, name="whose")


def named_in_channel(channel: str, external_id: str) -> Select[int]:
    """The id of the interaction that a channel calls so, archived ones too."""
    return select(Interaction.id).where(Interaction.channel == channel, Interaction.external_id == external_id)


def pointers_of(model: Any, record_id: int) -> Rows:
    """What a record is about, and where it stands, for its own page."""
    return select(*model.__table__.columns).where(model.id == record_id)


def attendance(appointment_id: int, user_id: int) -> Select[int]:
    """The fact that somebody comes to an appointment, if they do."""
    return select(Attendee.id).where(
        Attendee.appointment_id == appointment_id, Attendee.user_id == user_id, Attendee.archived_at.is_(None)
    )


def _with_names(model: Any, actor: Actor, *columns: Any, owner: Any) -> Rows:
    """Visible rows of columns with the names of owner, account and contact, as far as the actor sees those."""
    return (
        select(
            *readable(model, actor, columns), Owner.name.label("who"), Account.name.label("account"),
            Contact.name.label("contact"),
        )
        .select_from(model)
        .outerjoin(Owner, Owner.id == owner)
        .outerjoin(Account, and_(Account.id == model.account_id, within(Account, actor)))
        .outerjoin(Contact, and_(Contact.id == model.contact_id, within(Contact, actor)))
        .where(model.archived_at.is_(None), within(model, actor))
    )  # fmt: skip


def interactions_of(ref: RecordRef, actor: Actor) -> Rows:
    """What happened with or about a record, newest first, with the names of who was there."""
    found = _with_names(Interaction, actor, *Interaction.__table__.columns, owner=Interaction.owner_id)
    return found.where(concerns(Interaction, ref)).order_by(Interaction.at.desc(), Interaction.id.desc())


def follow_ups(actor: Actor) -> Rows:
    """What is to follow and not done yet, the earliest first."""
    columns = (Interaction.id, Interaction.subject, Interaction.follow_up, Interaction.follow_up_on)
    found = _with_names(Interaction, actor, *columns, owner=Interaction.follow_up_owner_id)
    return found.where(Interaction.follow_up_on.is_not(None), Interaction.follow_up_done_at.is_(None)).order_by(
        Interaction.follow_up_on, Interaction.id
    )


def follow_ups_of(ref: RecordRef, actor: Actor) -> Rows:
    """What is to follow after interactions with or about a record."""
    return follow_ups(actor).where(concerns(Interaction, ref))


def appointments(actor: Actor) -> Rows:
    """Appointments with the names of who is there, in the order of the clock."""
    columns = (Appointment.id, Appointment.title, Appointment.kind, Appointment.starts_at, Appointment.ends_at)
    ended = (Appointment.place, Appointment.done_at, Appointment.cancelled_at, Appointment.owner_id)
    found = _with_names(Appointment, actor, *columns, *ended, owner=Appointment.owner_id)
    return found.order_by(Appointment.starts_at, Appointment.id)


def appointments_of(ref: RecordRef, actor: Actor) -> Rows:
    """Appointments with or about a record, the latest first."""
    found = appointments(actor).where(concerns(Appointment, ref)).order_by(None)
    return found.order_by(Appointment.starts_at.desc(), Appointment.id.desc())


@kept
def next_follow_ups(kind: str, actor: Actor, most: int) -> Rows:
    """The first of `follow_ups_of` a record of a kind, asked with `record_id`."""
    return follow_ups_of(RecordRef(kind, bindparam("record_id")), actor).limit(at_most(most))  # type: ignore[arg-type]


@kept
def next_appointments(kind: str, actor: Actor, most: int) -> Rows:
    """The first appointments with or about a record of a kind that are still to come, asked with `record_id`, `at`."""
    ref = RecordRef(kind, bindparam("record_id"))  # type: ignore[arg-type]
    found = appointments_of(ref, actor).order_by(None).order_by(Appointment.starts_at, Appointment.id)
    is_open = and_(Appointment.done_at.is_(None), Appointment.cancelled_at.is_(None))
    return found.where(is_open, Appointment.ends_at > bindparam("at")).limit(at_most(most))


def taking_part(asked: Asked) -> ColumnElement[bool]:
    """Appointments that the people asked for own or come to."""
    coming = select(Attendee.appointment_id).where(asked.of(Attendee.user_id), Attendee.archived_at.is_(None))
    return or_(asked.of(Appointment.owner_id), Appointment.id.in_(coming))


def comes_to(model: Any, actor: Actor) -> ColumnElement[bool]:
    """Appointments that somebody owns or comes to."""
    coming: Select[Any] = select(literal_column("1")).where(
        Attendee.appointment_id == model.id, Attendee.user_id == actor.user_id, Attendee.archived_at.is_(None)
    )
    return or_(model.owner_id == actor.user_id, coming.correlate(model).exists())


def appointment_with_owner(appointment_id: int, actor: Actor) -> Rows:
    """A visible appointment with the name and address of its owner, also one that is put away."""
    return (
        select(*Appointment.__table__.columns, Owner.name.label("who"), Owner.email.label("who_email"))
        .select_from(Appointment)
        .outerjoin(Owner, Owner.id == Appointment.owner_id)
        .where(Appointment.id == appointment_id, within(Appointment, actor))
    )


def attendees_of(appointment_id: int) -> Rows:
    """Rows (name, email) of who comes besides the owner."""
    return (
        select(User.name, User.email)
        .join(Attendee, Attendee.user_id == User.id)
        .where(Attendee.appointment_id == appointment_id, Attendee.archived_at.is_(None))
        .order_by(User.name_key, User.id)
    )


def address_of(contact_id: int) -> Rows:
    """(is_opted_out, is_invalid) of a contact's primary mail address."""
    same = ContactEmail.contact_id == Contact.id, ContactEmail.address_key == Contact.email_key
    return (
        select(ContactEmail.is_opted_out, ContactEmail.is_invalid)
        .join(Contact, and_(*same))
        .where(Contact.id == contact_id, ContactEmail.archived_at.is_(None))
    )
