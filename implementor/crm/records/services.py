"""Making and changing CRM records by their catalogue; packages add their own rules around these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.configuration.services.assigning import owner_for
from implementor.crm.records import queries
from implementor.exchange.models import ExternalId
from implementor.foundation import live
from implementor.foundation.access import governed
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.needs import refuse_lacking
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line, whole_number
from implementor.foundation.values import checked
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

LONGEST_NAME_ELSEWHERE = 200


class BeyondReach(Refusal):
    """The record may be seen, but not changed, by whoever asks."""


class KnownElsewhere(Refusal):
    """Another record bears this name in that system already."""


def new_record(
    session: Session,
    entity: Entity,
    values: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    is_whole: bool = True,
    **given: Any,
) -> Any:
    """A record of the values (by field name, as text or typed), owned by whom they say, else by whom the rules of its
    kind give it to, else by who makes it.

    `given` are attributes that no field holds; one that is not `is_whole` yet gets more values from its package, which
    then calls `refuse_lacking`. Raises InvalidInput naming every field that is wrong or missing, and BeyondReach for
    who changes no record of this kind.
    """
    if entity.kind in governed and not live.present().access.may(by, entity.kind, "edit"):
        raise BeyondReach(say("%(kinds)s are for others to add. Ask a manager.", kinds=entity.label_plural))
    record = entity.model(**given)
    missing = [name for name in needed(entity) if getattr(record, entity.fields[name].attribute) is None]
    if "owner" in entity.fields and "owner" not in values:
        record.owner_id = by.user_id
    give(entity, record, {**dict.fromkeys(missing), **values})
    summary = say("Added %(title)s", title=getattr(record, entity.title_field, None) or entity.label)
    if "owner" in entity.fields and values.get("owner") in (None, ""):
        summary = give_owner(session, entity, record, at=at) or summary
    if is_whole:
        refuse_lacking(entity, record, by, is_new=True)
    session.add(record)
    name_action(session, summary, verb=f"{entity.kind}.add")
    return record


def give_owner(session: Session, entity: Entity, record: Any, *, at: datetime) -> Phrase | None:
    """Let the rules of its kind say who answers for a record; what to note of it, None where no rule says anything."""
    found = owner_for(session, entity, record, at=at)
    if found is None:
        return None
    record.owner_id = found.user_id
    title = getattr(record, entity.title_field, None) or entity.label
    return say("%(title)s goes to %(name)s by the rule %(rule)s", title=title, name=found.name, rule=found.rule.label)


@dataclass(frozen=True)
class Told:
    """What came of asking the rules who gets a record."""

    sentence: Phrase
    is_given: bool


def assign_by_rules(
    session: Session,
    change: Callable[[Session, Any, dict[str, Any], Actor, datetime], None],
    entity: Entity,
    record: Any,
    *,
    by: Actor,
    at: datetime,
) -> Told:
    """Give a record to whom the rules say, by the `change` of its kind, with all that follows from another owner."""
    refuse_beyond_reach(session, entity, record, by)
    found = owner_for(session, entity, record, at=at)
    title = getattr(record, entity.title_field, None) or entity.label
    if found is None:
        return Told(say("No rule says who gets %(title)s.", title=title), is_given=False)
    named = {"title": title, "name": found.name, "rule": found.rule.label}
    if record.owner_id == found.user_id:
        return Told(say("%(title)s is with %(name)s already, as the rule %(rule)s says.", **named), is_given=False)
    summary = say("%(title)s goes to %(name)s by the rule %(rule)s", **named)
    name_action(session, summary, verb=f"{entity.kind}.assign")
    change(session, record, {"owner": found.user_id}, by, at)
    return Told(say("%(title)s goes to %(name)s by the rule %(rule)s.", **named), is_given=True)


def needed(entity: Entity) -> list[str]:
    """The fields without which there is no record of this kind."""
    return [one.name for one in entity.fields.values() if one.required and one.editable]


def change_record(
    session: Session,
    entity: Entity,
    record: Any,
    values: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    is_whole: bool = True,
) -> None:
    """Give a record other values, by field name. Parts are within reach where the record they belong to is.

    Whoever gives it more besides says that it is not `is_whole` and calls `refuse_lacking` then.
    """
    if entity.kind in governed:
        refuse_beyond_reach(session, entity, record, by)
    give(entity, record, values)
    if is_whole:
        refuse_lacking(entity, record, by, is_new=False)
    title = getattr(record, entity.title_field, None)
    name_action(session, say("Changed %(title)s", title=title or entity.label), verb=f"{entity.kind}.change")


def give(entity: Entity, record: Any, values: Mapping[str, Any]) -> None:
    """Set checked values on a record."""
    for name, value in checked(entity, values).items():
        setattr(record, entity.fields[name].attribute, value)


def give_back(record: Any, values: Mapping[str, Any]) -> None:
    """Set stored values by attribute, as an undo has them."""
    for name, value in values.items():
        setattr(record, name, value)


def refuse_impossible_parent(session: Session, entity: Entity, record: Any, by: Actor) -> None:
    """Stop where a record would belong to itself, to what belongs to it, or to one that the actor does not see."""
    if record.parent_id is None:
        return
    with session.no_autoflush:  # an impossible parent is refused here, not by the database
        above = session.scalars(queries.ids_above(entity.model, record.parent_id)).all()
        found_to_see(session, entity, record.parent_id, by, field="parent")
    if record.id is not None and record.id in above:
        reason = say("%(title)s cannot belong to itself or to what belongs to it.", title=record.name)
        raise InvalidInput({"parent": reason})


def name_elsewhere(session: Session, kind: str, record_id: int, *, system: str, value: str) -> ExternalId:
    """Note what another system calls a record. Raises KnownElsewhere where another record bears that name."""
    system, value = clean_line(system), clean_line(value)
    if not system or not value:
        raise InvalidInput({"value": say("Give the other system and the name of the record there.")})
    if len(system) > LONGEST_NAME_ELSEWHERE or len(value) > LONGEST_NAME_ELSEWHERE:
        raise InvalidInput({"value": say("Up to %(longest)s characters, please.", longest=LONGEST_NAME_ELSEWHERE)})
    known = session.scalars(queries.bearing(kind, system=system, values=[value])).one_or_none()
    if known is not None and known.record_id != record_id:
        raise KnownElsewhere(say("Another record is called %(value)s in %(system)s.", value=value, system=system))
    if known is not None:
        return known
    made = ExternalId(record_kind=kind, record_id=record_id, system=system, value=value)
    session.add(made)
    name_action(session, say("Noted that %(system)s says %(value)s", system=system, value=value), verb=f"{kind}.name")
    return made


def forget_name(session: Session, known: ExternalId) -> None:
    """Remove what another system calls a record."""
    summary = say("Removed %(value)s of %(system)s", value=known.value, system=known.system)
    name_action(session, summary, verb=f"{known.record_kind}.unname")
    session.delete(known)


def found_to_change(session: Session, entity: Entity, record_id: Any, actor: Actor, *, field: str) -> Any:
    """The record in use of that id, if the actor may change it. Raises InvalidInput for `field` otherwise."""
    number = whole_number(str(record_id)) if record_id is not None else None
    within_reach = queries.records_in_use(entity.model, Scope(None, actor), "edit")
    record = session.scalars(within_reach.where(entity.model.id == number)).one_or_none() if number else None
    if record is None:
        raise InvalidInput({field: say("Choose a record of the list that you may change.")})
    return record


def found_to_see(session: Session, entity: Entity, record_id: Any, actor: Actor, *, field: str) -> Any:
    """The record in use of that id, if the actor sees it. Raises InvalidInput for `field` otherwise."""
    number = whole_number(str(record_id)) if record_id is not None else None
    seen = queries.records_in_use(entity.model, Scope(None, actor)).where(entity.model.id == number)
    record = session.scalars(seen).one_or_none() if number else None
    if record is None:
        raise InvalidInput({field: say("Choose a record of the list.")})
    return record


def refuse_beyond_reach(session: Session, entity: Entity, record: Any, actor: Actor) -> None:
    """Stop a change of a record that the actor may see but not change."""
    model = entity.model
    if queries.reaches_all(model, actor, "edit"):
        return
    within_reach = queries.record_of(model, Scope(None, actor), record.id, "edit").with_only_columns(model.id)
    if session.scalar(within_reach) is None:
        title = getattr(record, entity.title_field, None) or entity.label
        raise BeyondReach(say("%(title)s is somebody else's to change. Ask its owner, or a manager.", title=title))
