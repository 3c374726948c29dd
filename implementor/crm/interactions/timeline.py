"""Interactions and appointments as entries of the timelines of accounts, contacts and whatever they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.crm.interactions import queries
from implementor.crm.interactions.catalogue import INTERACTION
from implementor.crm.interactions.models import CHANNELS, Appointment, Interaction
from implementor.crm.records.concerning import subject_kinds
from implementor.foundation.words import Phrase, say
from implementor.history.timeline import Asked, Entry

ICONS: Mapping[str, str] = dict(
    zip(CHANNELS, ("mail", "phone", "comment", "globe", "user", "link"), strict=True)
)  # fmt: skip


def interactions_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """What happened with or about a record; an account's are also those with its contacts."""
    if all(kind.kind != asked.record.kind for kind in subject_kinds()):
        return []
    statement = queries.interactions_of(asked.record, asked.scope.actor)
    if asked.before is not None:
        statement = statement.where(Interaction.at < asked.before)
    return [_interaction(row) for row in session.execute(statement.limit(asked.limit))]


def appointments_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """The appointments with or about a record that have begun; what is to come is in the calendar."""
    if all(kind.kind != asked.record.kind for kind in subject_kinds()):
        return []
    statement = queries.appointments_of(asked.record, asked.scope.actor)
    statement = statement.where(Appointment.starts_at < (asked.before or asked.now))
    return [_appointment(row) for row in session.execute(statement.limit(asked.limit))]


def sentence(channel: str, direction: str, subject: str) -> Phrase:
    """What somebody of us did, or what came to them, on a channel."""
    match channel, direction:
        case "email", "in":
            return say("received a mail: %(subject)s", subject=subject)
        case "email", _:
            return say("sent a mail: %(subject)s", subject=subject)
        case "phone", "in":
            return say("took a call: %(subject)s", subject=subject)
        case "phone", _:
            return say("called: %(subject)s", subject=subject)
        case "visit", "in":
            return say("received a visit: %(subject)s", subject=subject)
        case "visit", _:
            return say("made a visit: %(subject)s", subject=subject)
    return _message(channel, direction, subject)


def _message(channel: str, direction: str, subject: str) -> Phrase:
    match channel, direction:
        case "chat", "in":
            return say("was written to in a chat: %(subject)s", subject=subject)
        case "chat", _:
            return say("wrote in a chat: %(subject)s", subject=subject)
        case "web", "in":
            return say("received a message from the website: %(subject)s", subject=subject)
        case "web", _:
            return say("answered on the website: %(subject)s", subject=subject)
        case _, "in":
            return say("was written to on social media: %(subject)s", subject=subject)
    return say("wrote on social media: %(subject)s", subject=subject)


def _interaction(row: Any) -> Entry:
    return Entry(
        at=row.at,
        key=f"interaction-{row.id}",
        who=row.who,
        text=sentence(row.channel, row.direction, row.subject),
        icon=ICONS[row.channel],
        template="crm/interactions/_timeline_body.html",
        data={
            "url": url_for("interactions.show", record_id=row.id),
            "account": row.account,
            "contact": row.contact,
            "outcome": INTERACTION.fields["outcome"].choice(row.outcome),
            "body": row.body,
            "minutes": row.duration_minutes,
            "follow_up": row.follow_up,
            "follow_up_on": row.follow_up_on,
            "follow_up_done_at": row.follow_up_done_at,
        },
    )


def _appointment(row: Any) -> Entry:
    if row.cancelled_at is not None:
        text = say("had an appointment that was called off: %(title)s", title=row.title)
    elif row.done_at is not None:
        text = say("held an appointment: %(title)s", title=row.title)
    else:
        text = say("had an appointment: %(title)s", title=row.title)
    return Entry(
        at=row.starts_at,
        key=f"appointment-{row.id}",
        who=row.who,
        text=text,
        icon="calendar",
        template="crm/interactions/_timeline_appointment.html",
        data={
            "url": url_for("appointments.show", record_id=row.id),
            "account": row.account,
            "contact": row.contact,
            "place": row.place,
        },
    )
