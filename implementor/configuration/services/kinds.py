"""Kinds of record as a company wants them: what they are called, how form and list begin, whether they are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.models import KindShape
from implementor.configuration.services.checking import LONGEST_LABEL, checked_labels
from implementor.configuration.switching import switchable, users_of
from implementor.foundation import live
from implementor.foundation.access import governed
from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.fields import Entity, Field, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

NAMES = ("singular_en", "singular_es", "plural_en", "plural_es")
NOTED = ("created_at", "updated_at")
MOST_SECTIONS = 20
MOST_COLUMNS = 20


class CannotBeOff(Refusal):
    """The program does not do without the kind, or another kind that is on needs it."""


@dataclass(frozen=True)
class SectionWish:
    """A heading in both languages and the fields that stand under it, in their order."""

    label_en: str
    label_es: str
    fields: tuple[str, ...]


def shapeable(kind: str) -> Entity:
    """The catalogue of a kind that administrators may shape. Raises NotFound."""
    if kind not in governed or kind not in entities:
        raise NotFound(kind)
    return entities[kind]


def kind_shape(session: Session, kind: str) -> KindShape | None:
    """What was made of a kind, if anything."""
    return session.scalars(queries.kind_shapes().where(KindShape.kind == kind)).one_or_none()


def rename_kind(session: Session, kind: str, names: Mapping[str, str], *, by: Actor, at: datetime) -> KindShape:
    """Give a kind the company's own names (`NAMES`); all empty: those of the program. Raises InvalidInput."""
    entity, cleaned = shapeable(kind), {name: clean_line(names.get(name, "")) for name in NAMES}
    errors: dict[str, Phrase] = {}
    for name, text in cleaned.items():
        if not text and any(cleaned.values()):
            errors[name] = say("Write the name in this language too.")
        elif len(text) > LONGEST_LABEL:
            errors[name] = say("A name may have %(longest)s characters.", longest=LONGEST_LABEL)
        elif text and folded(text) in _taken(session, kind, name):
            errors[name] = say("There is one of this name already.")
    if errors:
        raise InvalidInput(errors)
    before = str(entity.label_plural)
    row = _row(session, kind)
    name_action(session, say("Renamed %(what)s", what=before))
    for name, text in cleaned.items():
        setattr(row, name, text)
    session.flush()
    return row


def _taken(session: Session, kind: str, name: str) -> set[str]:
    """The folded names that other kinds have in the place of `name`: given ones, and the program's as they are read."""
    others = [row for row in session.scalars(queries.kind_shapes()) if row.kind != kind]
    given = {folded(getattr(row, name)) for row in others}
    declared = (one for one in governed if one != kind and one in entities)
    shown = (entities[one].label_plural if name.startswith("plural") else entities[one].label for one in declared)
    return given | {folded(str(label)) for label in shown}


def set_layout(
    session: Session, kind: str, sections: Sequence[SectionWish], left_out: Iterable[str], *, by: Actor, at: datetime
) -> KindShape:
    """Put the fields of a kind under headings, in this order; `left_out` are not asked for of new records.

    Raises InvalidInput: by `sections` for unknown or doubled fields, by `left_out` for one that new records need.
    """
    entity = shapeable(kind)
    placed = [name for section in sections for name in section.fields]
    unknown = [name for name in placed if name not in laid_out(entity)]
    if unknown or len(set(placed)) < len(placed) or len(sections) > MOST_SECTIONS:
        raise InvalidInput({"sections": say("Each field stands under one heading, and at most 20 headings are shown.")})
    kept, labels = sorted(set(left_out)), []
    for at_place, wish in enumerate(sections):
        pair = {"label_en": wish.label_en, "label_es": wish.label_es}
        labels.append(checked_labels(pair, [one for place, one in enumerate(sections) if place != at_place]))
    for name in kept:
        _refuse_left_out(entity, name)
    row = _row(session, kind)
    name_action(session, say("Changed the form of %(what)s", what=entity.label_plural))
    row.sections = [
        {**names, "fields": list(wish.fields)} for names, wish in zip(labels, sections, strict=True) if wish.fields
    ]
    row.left_out = kept
    session.flush()
    return row


def placeable(entity: Entity) -> dict[str, Field]:
    """The fields that stand on forms and pages, by name."""
    return {one.name: one for one in entity.fields.values() if one.is_shown}


def laid_out(entity: Entity) -> dict[str, Field]:
    """The fields that can be put under headings; what is noted about a record has a place of its own."""
    return {name: one for name, one in placeable(entity).items() if name not in NOTED}


def _refuse_left_out(entity: Entity, name: str) -> None:
    field = entity.fields.get(name)
    if field is None or not field.editable:
        raise InvalidInput({"left_out": say("Choose fields from the list.")})
    needs = live.present().shape(entity.kind).needs
    if field.required or any(one.field == name and not one.conditions and one.stops(is_new=True) for one in needs):
        reason = say("%(field)s is needed of new records, so their form asks for it.", field=field.label)
        raise InvalidInput({"left_out": reason})


def set_columns(
    session: Session, kind: str, columns: Sequence[str], sort: str, *, by: Actor, at: datetime
) -> KindShape:
    """Say which columns the list of a kind begins with for everybody, and in which order its rows stand (`name`, or
    `-name` for the other way round). Both empty: as the program ships it. Raises InvalidInput."""
    entity = shapeable(kind)
    errors: dict[str, Phrase] = {}
    if any(name not in columns_on_offer(entity) for name in columns) or len(set(columns)) < len(columns):
        errors["columns"] = say("Choose fields from the list.")
    elif columns and entity.title_field not in columns:
        label = entity.fields[entity.title_field].label
        errors["columns"] = say("%(field)s leads to the record, so it stays.", field=label)
    elif len(columns) > MOST_COLUMNS:
        errors["columns"] = say("At most %(most)s columns.", most=MOST_COLUMNS)
    order = entity.fields.get(sort.lstrip("-"))
    if sort and (order is None or not order.sortable):
        errors["sort"] = say("Choose an order from the list.")
    if errors:
        raise InvalidInput(errors)
    row = _row(session, kind)
    name_action(session, say("Changed how the list of %(what)s begins", what=entity.label_plural))
    row.columns, row.sort = list(columns), sort
    session.flush()
    return row


def columns_on_offer(entity: Entity) -> dict[str, Field]:
    """The fields that a list may have as columns, by name."""
    return {name: one for name, one in placeable(entity).items() if one.kind not in ("markdown", "text")}


def switch_off(session: Session, kind: str, *, by: Actor, at: datetime) -> KindShape:
    """Let a kind be met nowhere; its records stay as they are. Raises CannotBeOff."""
    entity = shapeable(kind)
    if kind not in switchable:
        raise CannotBeOff(say("%(what)s are always there: other records hang on them.", what=entity.label_plural))
    users = [one for one in users_of(kind) if not live.present().is_off(one)]
    if users:
        names = {"what": entity.label_plural, "user": entities[users[0]].label_plural}
        raise CannotBeOff(say("%(user)s need %(what)s. Switch off %(user)s first.", **names))
    row = _row(session, kind)
    if row.switched_off_at is None:
        name_action(session, say("Switched off %(what)s", what=entity.label_plural))
        row.switched_off_at, row.switched_off_by_id = at, by.user_id
        session.flush()
    return row


def switch_on(session: Session, kind: str, *, by: Actor, at: datetime) -> None:
    """Let a kind be met again, with all its records. Raises CannotBeOff where it needs another one that is off."""
    entity, row = shapeable(kind), kind_shape(session, kind)
    missing = [one for one in switchable.get(kind, ()) if live.present().is_off(one)]
    if missing:
        names = {"what": entities[missing[0]].label_plural, "user": entity.label_plural}
        raise CannotBeOff(say("%(user)s need %(what)s. Switch on %(what)s first.", **names))
    if row is not None and row.switched_off_at is not None:
        name_action(session, say("Switched on %(what)s", what=entity.label_plural))
        row.switched_off_at = row.switched_off_by_id = None
        session.flush()


def _row(session: Session, kind: str) -> KindShape:
    """The row of a kind, made where there is none."""
    row = kind_shape(session, kind)
    if row is None:
        row = KindShape(kind=kind)
        session.add(row)
    return row
