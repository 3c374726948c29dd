"""What a record lacks by the rules of its kind, and whether that stops it from being saved."""

from __future__ import annotations

from typing import Any

from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity
from implementor.foundation.matching import holds, lacks
from implementor.foundation.permissions import Actor
from implementor.foundation.shapes import Need
from implementor.foundation.words import Phrase, say


def unmet(entity: Entity, record: Any, by: Actor) -> list[Need]:
    """The rules that the record does not meet as it stands, of fields that this person may fill in: nobody is stopped
    by what is shut to them."""
    return [
        need
        for need in live.present().shape(entity.kind).needs
        if (field := entity.fields.get(need.field)) is not None
        and lacks(field, record)
        and field.is_editable_by(by)
        and holds(entity, need.conditions, record)
    ]


def refuse_lacking(entity: Entity, record: Any, by: Actor, *, is_new: bool) -> None:
    """Stop a record that lacks what it needs to be made or changed. Raises InvalidInput, by field, naming the rule."""
    errors = {need.field: sentence_of(entity, need) for need in unmet(entity, record, by) if need.stops(is_new=is_new)}
    if errors:
        raise InvalidInput(errors)


def sentence_of(entity: Entity, need: Need) -> Phrase:
    """What is said of a record that lacks what a rule needs."""
    return say("%(field)s is needed: %(rule)s.", field=entity.fields[need.field].label, rule=need.label)


def always_needed(entity: Entity, *, is_new: bool) -> frozenset[str]:
    """The fields without which no record is saved, whatever else it holds, so that forms can mark them."""
    needs = live.present().shape(entity.kind).needs
    return frozenset(one.field for one in needs if not one.conditions and one.stops(is_new=is_new))
