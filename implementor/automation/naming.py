"""The places that a text about a kind of record may have, with what people call them."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.foundation.access import governed
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, entities
from implementor.foundation.placeholders import is_name, is_unclosed, nearest, places_in
from implementor.foundation.words import Phrase, say


def places_of(entity: Entity) -> dict[str, Phrase]:
    """Every place of a text about records of a kind: its fields, and the fields of those it points at."""
    found: dict[str, Phrase] = {}
    for field in _shown(entity):
        found[field.name] = field.label
        beyond = pointed(field)
        if beyond is not None:
            for one in _shown(beyond):
                if one.target is None:
                    found[f"{field.name}.{one.name}"] = say("%(list)s: %(word)s", list=field.label, word=one.label)
    return found


def pointed(field: Field) -> Entity | None:
    """The kind of record that a field points at, where texts may speak of its fields."""
    return entities.get(field.target) if field.target is not None and field.target in governed else None


def fault_of(entity: Entity, text: str) -> Phrase | None:
    """What is wrong with the places of a text, if anything."""
    known = places_of(entity)
    for name in places_in(text):
        if is_name(name) and name in known:
            continue
        near = nearest(name, known)
        if near is None:
            return say("There is no place called “%(name)s” here. Choose one of the list below.", name=name)
        return say("There is no place called “%(name)s” here. Did you mean “%(near)s”?", name=name, near=near)
    if is_unclosed(text):
        return say("A place begins with two braces and ends with two: {{ name }}.")
    return None


def refuse_unknown(entity: Entity, texts: Mapping[str, str]) -> None:
    """Stop texts (by input) with places that are not there. Raises InvalidInput."""
    errors = {name: fault for name, text in texts.items() if (fault := fault_of(entity, text)) is not None}
    if errors:
        raise InvalidInput(errors)


def _shown(entity: Entity) -> list[Field]:
    return [one for one in entity.fields.values() if one.is_shown]
