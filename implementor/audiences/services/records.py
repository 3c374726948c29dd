"""Writing down and changing any record of audiences by one way: given, checked, named in the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from implementor.audiences.models import (
    AffectedPerson,
    Audience,
    BlackoutPeriod,
    ChangeImpact,
    PlannedMessage,
    Stakeholder,
    TransitionStep,
)
from implementor.audiences.services.people import faults_of_person, refuse_erased
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.governance.services.owners import refuse_stranger
from implementor.history.services import name_action

Faults = dict[str, Phrase]


class SentAlready(Refusal):
    """The audience has heard it: what was said stays as it was said."""


@dataclass(frozen=True)
class Manner:
    """How records of one kind are written: what history calls it, and what is wrong with what was given."""

    written: Phrase
    changed: Phrase
    faults: Callable[[Session, Any], Faults]
    refuse: Callable[[Any], None] = lambda _record: None


def write_record(
    session: Session, model: type[Any], *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Any:
    """Write down a record of one of the kinds of `MANNERS`. `values` are catalogue values. Raises InvalidInput."""
    record = model(project_id=project_id)
    _give(session, record, values, {})
    session.add(record)
    _name(session, record, "create", MANNERS[model].written)
    session.flush()
    return record


def change_record(session: Session, record: Any, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Describe a record anew. Raises InvalidInput, and the refusal of its kind where it is over."""
    manner = MANNERS[type(record)]
    manner.refuse(record)
    _give(session, record, values, {name: getattr(record, name) for name in values})
    _name(session, record, "change", manner.changed)
    session.flush()


def restore_record(session: Session, record: Any, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a record earlier values, by the rules of its kind."""
    MANNERS[type(record)].refuse(record)
    try:
        _give(session, record, values, values)
    except InvalidInput as fault:
        raise Refusal(next(iter(fault.errors.values()))) from fault


def _give(session: Session, record: Any, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    for name in ("owner_id", "sender_id"):
        if values.get(name) is not None and values[name] != before.get(name):
            refuse_stranger(session, record.project_id, values[name])
    if "due_on" in values and values["due_on"] != before.get("due_on"):
        record.reminded_at = None
    columns = inspect(type(record)).columns
    for name, value in values.items():
        column = columns.get(name)
        is_missing = value is None and column is not None and not column.nullable and column.default is not None
        setattr(record, name, column.default.arg if is_missing else value)
    with session.no_autoflush:
        faults = MANNERS[type(record)].faults(session, record)
    if faults:
        raise InvalidInput(faults)


def _name(session: Session, record: Any, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=f"{record.__record_kind__}.{verb}", project_id=record.project_id)


def _faults_of_audience(session: Session, audience: Audience) -> Faults:
    needed = {"area": audience.area_id, "team": audience.team_id, "role": audience.job_role}
    faults: Faults = {}
    if audience.kind in needed and not needed[audience.kind]:
        field = {"area": "area_id", "team": "team_id", "role": "job_role"}[audience.kind]
        faults[field] = say("Say which one it is.")
    same = select(Audience.id).where(
        Audience.project_id == audience.project_id, Audience.name_key == audience.name_key,
        Audience.archived_at.is_(None),
    )  # fmt: skip
    if any(found != audience.id for found in session.scalars(same)) and audience.archived_at is None:
        faults["name"] = say("There is an audience of this name already.")
    return faults


def _faults_of_impact(_session: Session, impact: ChangeImpact) -> Faults:
    if (impact.wave_id is None) == (impact.story_id is None):
        return {"wave_id": say("Choose either a wave or a story.")}
    return {}


def _faults_of_days(_session: Session, period: BlackoutPeriod) -> Faults:
    if period.ends_on < period.starts_on:
        return {"ends_on": say("The last day comes after the first.")}
    return {}


def _faults_of_step(_session: Session, step: TransitionStep) -> Faults:
    if (step.planned_on is None) == (step.offset_days is None):
        return {"planned_on": say("Give either a day or days around the end of the wave.")}
    if step.offset_days is not None and step.wave_id is None:
        return {"wave_id": say("Choose the wave that it moves with.")}
    return {}


def _refuse_sent(message: PlannedMessage) -> None:
    if message.is_sent:
        raise SentAlready(say("%(name)s was sent. Plan another message instead.", name=message.name))


MANNERS: dict[type[Any], Manner] = {
    Audience: Manner(say("Wrote down an audience"), say("Changed an audience"), _faults_of_audience),
    AffectedPerson: Manner(
        say("Wrote down a person affected"), say("Changed a person affected"), faults_of_person, refuse_erased
    ),
    Stakeholder: Manner(say("Wrote down a stakeholder"), say("Changed a stakeholder"), lambda _session, _one: {}),
    ChangeImpact: Manner(say("Wrote down what changes"), say("Changed what changes"), _faults_of_impact),
    BlackoutPeriod: Manner(
        say("Wrote down a blackout period"), say("Changed a blackout period"), _faults_of_days
    ),
    TransitionStep: Manner(
        say("Wrote down a step of the transition"), say("Changed a step of the transition"), _faults_of_step
    ),
    PlannedMessage: Manner(
        say("Planned a message"), say("Changed a planned message"), lambda _session, _one: {}, _refuse_sent
    ),
}  # fmt: skip
"""How each kind is written; packages above add their own kinds."""
