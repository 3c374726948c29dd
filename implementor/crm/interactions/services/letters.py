"""Mails to customers: who gets one about a record, whether they want any, and sending it with a note of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.consents.asking import may_contact, standings
from implementor.crm.consents.vocabulary import label_of
from implementor.crm.contacts.models import Contact
from implementor.crm.interactions import queries
from implementor.crm.interactions.models import OUT, Interaction
from implementor.crm.interactions.services.interactions import log_interaction
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef, kinds
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Label, say, speech
from implementor.history.services import name_action
from implementor.notifications.services import send_mail

ADVERTISING = "marketing"
"""The purpose whose no stops a mail that names no purpose of its own."""
LONGEST_SUBJECT, LONGEST_TEXT = 200, 10_000
LANGUAGES = ("en", "es")


class NotToBeMailed(Refusal):
    """Whom the record is about said no, or cannot be reached by mail."""


@dataclass(frozen=True)
class Receiver:
    """Who gets a mail about a record; a lead is no contact yet."""

    name: str
    address: str
    language: str
    contact_id: int | None = None


@dataclass(frozen=True)
class Letter:
    """What is sent. `consent` is the purpose that its receiver must have agreed to, if it is for one."""

    subject: str
    text: str
    consent: str | None = None


def receiver_of(session: Session, kind: str, record: Any, *, by: Actor) -> Receiver:
    """Who gets a mail about a record, at their primary address. Raises NotToBeMailed where `by` sees nobody who can."""
    person: Any = record if kind in ("contact", "lead") else _contact_of(session, record, by)
    if person is None or person.archived_at is not None:
        raise NotToBeMailed(say("Nobody is named who could get a mail. Name a contact first."))
    if not person.email:
        raise NotToBeMailed(say("%(name)s has no mail address.", name=person.name))
    spoken = str(person.language or "")[:2]
    language = spoken if spoken in LANGUAGES else speech().language
    return Receiver(person.name, person.email, language, person.id if isinstance(person, Contact) else None)


def refuse_unwanted(
    session: Session, kind: str, record: Any, receiver: Receiver, consent: str | None, *, at: datetime
) -> None:
    """Stop a mail that its receiver does not want, saying why. Raises NotToBeMailed."""
    name = receiver.name
    if receiver.contact_id is None:
        if getattr(record, "is_opted_out", False):
            raise NotToBeMailed(say("%(name)s asked for no mails.", name=name))
        return
    address = session.execute(queries.address_of(receiver.contact_id)).first()
    if address is not None and address.is_invalid:
        raise NotToBeMailed(say("Mails do not reach %(name)s at the address that is known.", name=name))
    if address is not None and address.is_opted_out:
        raise NotToBeMailed(say("%(name)s asked for no mails.", name=name))
    ids, purpose = [receiver.contact_id], consent or ADVERTISING
    named = {"name": name, "purpose": label_of("purpose", purpose)}
    if standings(session, ids, purpose, "email", on=at.date())[receiver.contact_id].is_opt_out:
        raise NotToBeMailed(say("%(name)s said no to this by mail: %(purpose)s.", **named))
    if consent is not None and not may_contact(session, ids, purpose, "email", on=at.date()):
        raise NotToBeMailed(say("%(name)s did not agree to this by mail: %(purpose)s.", **named))


def send_letter(
    session: Session, kind: str, record: Any, letter: Letter, *, by: Actor, at: datetime
) -> tuple[Receiver, Interaction]:
    """Put a mail about a record into the outbox and note that it went out. Raises NotToBeMailed and InvalidInput."""
    subject, text = clean_line(letter.subject), clean(letter.text).strip()
    errors = {
        name: say("Write between one and %(longest)s characters.", longest=longest)
        for name, value, longest in (("subject", subject, LONGEST_SUBJECT), ("body", text, LONGEST_TEXT))
        if not 0 < len(value) <= longest
    }
    if errors:
        raise InvalidInput(errors)
    receiver = receiver_of(session, kind, record, by=by)
    refuse_unwanted(session, kind, record, receiver, letter.consent, at=at)
    name_action(session, say("Sent a mail to %(name)s", name=receiver.name), verb="interaction.mail")
    values = {
        "channel": "email", "direction": OUT, "subject": subject, "body": text,
        "owner": by.user_id or getattr(record, "owner_id", None),
    }  # fmt: skip
    logged = log_interaction(session, values, by=by, at=at, about=RecordRef(kind, record.id))
    send_mail(session, receiver.address, Label({"en": subject}), text.split("\n\n"), language=receiver.language, at=at)
    return receiver, logged


def _contact_of(session: Session, record: Any, by: Actor) -> Contact | None:
    contact_id = getattr(record, "contact_id", None)
    if contact_id is None or session.execute(kinds["contact"].visible(by, [contact_id])).first() is None:
        return None
    return session.get(Contact, contact_id)
