"""What the steps of a rule do: a field is set, an owner found, a follow-up planned, a template sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.auth.acting import acting_as
from implementor.auth.models import User
from implementor.automation import queries
from implementor.automation.filling import filled_parts
from implementor.automation.services.steps import read_step_value, settable
from implementor.automation.words import TO_OWNER
from implementor.crm.interactions.services.interactions import log_interaction
from implementor.crm.interactions.services.letters import (
    Letter,
    NotToBeMailed,
    receiver_of,
    refuse_unwanted,
    send_letter,
)
from implementor.crm.records.services import assign_by_rules
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.fields import Entity, Field, Kind, entities
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Label, Phrase, say
from implementor.lists.sheets import sheet_of
from implementor.notifications.services import send_mail

PARTS = ("subject", "body")


class StepImpossible(Refusal):
    """What a step needs is not there any more."""


def carry_out_step(session: Session, kind: str, record: Any, step: Mapping[str, Any], *, at: datetime) -> None:
    """Do one step with one record. Raises a Refusal where it cannot be done."""
    match step["do"]:
        case "set":
            _set(session, entities[kind], record, step, at)
        case "assign":
            assign_by_rules(session, sheet_of(kind).change, entities[kind], record, by=SYSTEM, at=at)
        case "follow_up":
            _follow_up(session, kind, record, step, at)
        case _:
            _mail(session, kind, record, step, at)


def _set(session: Session, entity: Entity, record: Any, step: Mapping[str, Any], at: datetime) -> None:
    field = settable(entity).get(step["field"])
    if field is None:
        raise StepImpossible(say("The field that the rule sets is not there any more."))
    value = _value(entity, field, record, step, _day(at))
    if value == getattr(record, field.attribute, None):
        return
    sheet_of(entity.kind).change(session, record, {field.name: value}, SYSTEM, at)


def _value(entity: Entity, field: Field, record: Any, step: Mapping[str, Any], today: date) -> Any:
    if "copy" in step:
        source = entity.fields.get(step["copy"])
        if source is None:
            raise StepImpossible(say("The field that the rule copies is not there any more."))
        return getattr(record, source.attribute, None)
    try:
        value = read_step_value(field, str(step.get("value", "")))
    except (ValueError, ArithmeticError) as fault:
        raise StepImpossible(say("%(field)s cannot be set to this.", field=field.label)) from fault
    if field.kind is Kind.DATE and isinstance(value, int):
        return today + timedelta(days=value)
    return value


def _follow_up(session: Session, kind: str, record: Any, step: Mapping[str, Any], at: datetime) -> None:
    person = session.get(User, step["person"]) if step.get("person") else None
    owner_id = person.id if person is not None and not person.is_disabled else getattr(record, "owner_id", None)
    if owner_id is None:
        raise StepImpossible(say("Nobody owns the record, so nobody can follow it up."))
    values = {
        "channel": "web", "direction": "in", "subject": step["text"], "follow_up": step["text"],
        "follow_up_on": _day(at) + timedelta(days=step["days"]), "follow_up_owner": owner_id, "owner": owner_id,
    }  # fmt: skip
    log_interaction(session, values, by=SYSTEM, at=at, about=RecordRef(kind, record.id))


def _mail(session: Session, kind: str, record: Any, step: Mapping[str, Any], at: datetime) -> None:
    template = session.scalars(queries.template_by_uid(step["template"])).one_or_none()
    if template is None or template.is_archived:
        raise StepImpossible(say("The template that the rule sends is withdrawn."))
    to_owner = step["to"] == TO_OWNER
    if to_owner:
        owner = _owner(session, record)
        # within what the owner sees: a rule must not mail what the access rules hide from its reader
        reader = acting_as(session, owner)
        try:
            parts = filled_parts(session, template, record.id, language=owner.language, by=reader, parts=PARTS)
        except NotFound as unseen:
            raise NotToBeMailed(say("The owner of the record does not see it.")) from unseen
        lines: list[Phrase | str] = [*parts["body"].split("\n\n")]
        send_mail(
            session, owner.email, Label({"en": parts["subject"]}), lines, language=owner.language, at=at,
            user_id=owner.id,
        )  # fmt: skip
        return
    receiver = receiver_of(session, kind, record, by=SYSTEM)
    refuse_unwanted(session, kind, record, receiver, template.consent, at=at)
    # everybody who sees the record reads the note of the mail, and nobody looked at its words before it went out
    parts = filled_parts(session, template, record.id, language=receiver.language, by=SYSTEM, parts=PARTS, is_open=True)
    send_letter(session, kind, record, Letter(parts["subject"], parts["body"], template.consent), by=SYSTEM, at=at)


def _owner(session: Session, record: Any) -> User:
    owner_id = getattr(record, "owner_id", None)
    owner = session.get(User, owner_id) if owner_id is not None else None
    if owner is None or owner.is_disabled:
        raise NotToBeMailed(say("Nobody who can sign in owns the record."))
    return owner


def _day(at: datetime) -> date:
    return local_day(at)
