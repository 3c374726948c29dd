"""The steps of a rule: which fields they may set, and checking each before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from implementor.auth.models import User
from implementor.automation import queries
from implementor.automation.words import RECEIVERS, STEPS
from implementor.configuration.assignable import assignable
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.matching import is_own, value_of
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say

MOST_STEPS = 5
LONGEST_TEXT = 200
MOST_DAYS = 365
UNSETTABLE = (Kind.MONEY, Kind.TAGS, Kind.CURRENCY)
"""Amounts want a currency beside them, and tags are many: steps leave both alone."""
Step = Mapping[str, Any]
"""`do` and what it wants: `field` with `value` or `copy`; `text`, `days`, `person`; `template` (a uid) and `to`."""


def settable(entity: Entity) -> dict[str, Field]:
    """The fields that a step may set, by name."""
    fields = entity.fields.values()
    return {one.name: one for one in fields if one.editable and one.kind not in UNSETTABLE and is_own(entity, one)}


def may_copy(field: Field, source: Field) -> bool:
    """Whether the value of one field fits into another."""
    same = (field.kind, field.target, field.picklist) == (source.kind, source.target, source.picklist)
    return same and field.name != source.name and (field.kind is not Kind.CHOICE or field.picklist is not None)


def checked_steps(session: Session, entity: Entity, steps: Sequence[Step], held: Iterable[Step] = ()) -> list[Any]:
    """The steps, each sound; those in `held` may stay as they are. Raises InvalidInput, by `step_1` and so on."""
    if not steps:
        raise InvalidInput({"do_1": say("Say what is done: at least one step.")})
    if len(steps) > MOST_STEPS:
        raise InvalidInput({"steps": say("A rule has at most %(most)s steps.", most=MOST_STEPS)})
    kept, errors, cleaned = [dict(one) for one in held], dict[str, Phrase](), list[Any]()
    for number, step in enumerate(steps, 1):
        one = {name: value for name, value in step.items() if value not in (None, "")}
        fault = None if one in kept else fault_of(session, entity, one)
        if fault is not None:
            errors[f"{fault[0]}_{number}"] = fault[1]
        cleaned.append(one)
    if errors:
        raise InvalidInput(errors)
    return cleaned


def fault_of(session: Session, entity: Entity, step: Step) -> tuple[str, Phrase] | None:
    """(input of the form, what is wrong) of a step, if anything is."""
    if step.get("do") not in STEPS:
        return "do", say("Choose what is done.")
    match step["do"]:
        case "set":
            return _set_fault(entity, step)
        case "follow_up":
            return _follow_up_fault(session, step)
        case "mail":
            return _mail_fault(session, entity, step)
    if entity.kind not in assignable:
        return "do", say("%(what)s are given to nobody by rules.", what=entity.label_plural)
    return None


def _set_fault(entity: Entity, step: Step) -> tuple[str, Phrase] | None:
    field = settable(entity).get(str(step.get("field")))
    if field is None:
        return "set", say("Choose a field that can be set.")
    if "copy" in step:
        source = entity.fields.get(str(step["copy"]))
        if source is None or not may_copy(field, source):
            return "copy", say("%(field)s takes values of fields of its own kind.", field=field.label)
        return None
    try:
        read_step_value(field, str(step.get("value", "")))
    except (ValueError, ArithmeticError):
        return "to_value", say("%(field)s cannot be set to this.", field=field.label)
    return None


def read_step_value(field: Field, text: str) -> Any:
    """The stored value that a step sets; None for none. Days may be counted from today: `+7`. Raises ValueError."""
    if not text:
        return None
    if field.kind is Kind.DATE and text[0] in "+-":
        return int(text)
    value = value_of(field, text)
    if field.kind is Kind.CHOICE and text not in {one.key for one in field.offered_choices}:
        raise ValueError(text)
    return value


def _follow_up_fault(session: Session, step: Step) -> tuple[str, Phrase] | None:
    text, days = clean_line(str(step.get("text", ""))), step.get("days")
    if not text or len(text) > LONGEST_TEXT:
        return "text", say("Say what is to be done, in up to %(longest)s characters.", longest=LONGEST_TEXT)
    if not isinstance(days, int) or not 0 <= days <= MOST_DAYS:
        return "in_days", say("Give the days until it is due, from 0 to %(most)s.", most=MOST_DAYS)
    person = session.get(User, step["person"]) if isinstance(step.get("person"), int) else None
    if step.get("person") and (person is None or person.is_disabled):
        return "person", say("Choose a person who can sign in.")
    return None


def _mail_fault(session: Session, entity: Entity, step: Step) -> tuple[str, Phrase] | None:
    template = session.scalars(queries.template_by_uid(str(step.get("template", "")))).one_or_none()
    if template is None or template.is_archived or template.kind != entity.kind:
        return "template", say("Choose a template about %(what)s.", what=entity.label_plural)
    if step.get("to") not in RECEIVERS:
        return "to", say("Choose who gets it.")
    return None
