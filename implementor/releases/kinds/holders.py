"""Records that hold a word of a list: counted, moved to another word, and moved back where nobody touched them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, func, inspect, select
from sqlalchemy.orm import Session

from implementor.foundation.extension import is_key
from implementor.foundation.fields import LISTS, Entity, Field, Kind, entities
from implementor.foundation.several import holds_word
from implementor.releases.item_kinds import RowChange

AT_ONCE = 500


def holders(list_key: str) -> Iterator[tuple[Entity, Field]]:
    """The fields of records that are filled from a list of words, in the order of their kinds."""
    for kind in sorted(entities):
        entity = entities[kind]
        for field in entity.fields.values():
            if field.picklist == list_key and is_held(entity, field):
                yield entity, field


def is_held(entity: Entity, field: Field) -> bool:
    """Whether the records themselves hold the value, rather than something that stands beside them."""
    table = getattr(field.column, "table", None)
    if table is not entity.model.__table__ or field.kind not in (Kind.CHOICE, Kind.CHOICES):
        return False
    return is_key(field.name) or field.attribute in inspect(entity.model).column_attrs


def held(session: Session, entity: Entity, field: Field, key: str) -> int:
    """How many records of a kind hold a word, put away or not."""
    found = select(func.count()).select_from(entity.model).where(_holds(field, key))
    return session.scalar(found) or 0


def _holds(field: Field, key: str) -> ColumnElement[bool]:
    column: Any = field.column
    return holds_word(column, key) if field.kind in LISTS else column == key


def instead(field: Field, value: Any, key: str, to: str) -> Any:
    """A value with another word in the place of one."""
    if field.kind not in LISTS:
        return to
    chosen = {to if one == key else one for one in value}
    return [choice.key for choice in field.known_choices if choice.key in chosen]


def move_words(session: Session, list_key: str, key: str, to: str) -> list[RowChange]:
    """Let every record that holds a word hold another one; as history, in the action at hand."""
    moved: list[RowChange] = []
    for entity, field in holders(list_key):
        last = 0
        while records := _holding(session, entity, field, key, last):
            last = records[-1].id
            for record in records:
                before = getattr(record, field.attribute)
                after = instead(field, before, key, to)
                setattr(record, field.attribute, after)
                was = before if field.kind in LISTS else key
                moved.append(RowChange(entity.kind, record.id, field.name, was, after))
            session.flush()
    return moved


def move_back(session: Session, rows: Sequence[RowChange]) -> list[RowChange]:
    """Give records that hold what they were moved to what they held before; those that went back."""
    back: list[RowChange] = []
    for (kind, name), group in groupby(sorted(rows, key=_place), key=_place):
        entity = entities.get(kind)
        if entity is None or name not in entity.fields:
            continue
        moved = {row.record_id: row for row in group}
        ids = sorted(moved)
        for start in range(0, len(ids), AT_ONCE):
            model = entity.model
            records = session.scalars(select(model).where(model.id.in_(ids[start : start + AT_ONCE]))).all()
            back += [row for record in records if (row := _given_back(record, entity.fields[name], moved[record.id]))]
            session.flush()
    return back


def _place(row: RowChange) -> tuple[str, str]:
    return row.kind, row.field


def _given_back(record: Any, field: Field, row: RowChange) -> RowChange | None:
    if getattr(record, field.attribute) != row.after:
        return None
    setattr(record, field.attribute, row.before)
    return row


def _holding(session: Session, entity: Entity, field: Field, key: str, after: int) -> Sequence[Any]:
    model = entity.model
    found = select(model).where(_holds(field, key), model.id > after).order_by(model.id).limit(AT_ONCE)
    return session.scalars(found).all()
