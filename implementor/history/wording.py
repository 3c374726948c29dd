"""Changes in words: labels for fields, choices for keys, names for references, and sentences for actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from implementor.auth.models import Area, Team, User
from implementor.foundation.amounts import shown_money, shown_share
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Entity, Field, Kind, Scope, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordKind, kinds
from implementor.foundation.words import Phrase, say
from implementor.history.models import Action, Change
from implementor.history.services import said

LONG = 80
PEOPLE_AND_PLACES: dict[str, type[User | Area | Team]] = {"user": User, "area": Area, "team": Team}
"""Tables whose names everybody who is signed in may read."""

Names = Mapping[tuple[str, int], str]
"""(table, id) -> title, of those that the reader may see."""


@dataclass(frozen=True)
class FieldWords:
    """One field of a change: what it was and what it became, None for no value."""

    field: Field
    before: Any
    after: Any

    @property
    def is_long(self) -> bool:
        """Whether the texts want room of their own."""
        return any(isinstance(text, str) and (len(text) > LONG or "\n" in text) for text in (self.before, self.after))


def merged_values(changes: Iterable[Change]) -> dict[str, tuple[Any, Any]]:
    """Field -> (before the first, after the last) of several changes of one record."""
    merged: dict[str, tuple[Any, Any]] = {}
    for change in changes:
        before, after = change.before or {}, change.after or {}
        for name in (*before, *(name for name in after if name not in before)):
            first = merged.get(name, (before.get(name), None))[0]
            merged[name] = (first, after.get(name))
    return merged


def names_of(session: Session, actor: Actor, wanted: Iterable[tuple[str, int]]) -> Names:
    """Titles of referenced rows, one statement per table; rows the reader may not see are left out."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, row_id in wanted:
        by_table[table].add(row_id)
    found: dict[tuple[str, int], str] = {}
    for table, ids in sorted(by_table.items()):
        statement = _titles(table, actor, sorted(ids))
        if statement is not None:
            found.update({(table, row[0]): row[1] for row in session.execute(statement)})
    return found


def _titles(table: str, actor: Actor, ids: list[int]) -> Select[*tuple[Any, ...]] | None:
    if table in PEOPLE_AND_PLACES:
        model = PEOPLE_AND_PLACES[table]
        return select(model.id, model.name).where(model.id.in_(ids))
    kind = kind_of_table(table)
    return kind.visible(actor, ids) if kind is not None else None


def kind_of_table(table: str) -> RecordKind | None:
    """The kind whose records are the rows of a table."""
    return next((kind for kind in kinds.values() if kind.model.__tablename__ == table), None)


def referenced(entity: Entity, values: Mapping[str, tuple[Any, Any]]) -> list[tuple[str, int]]:
    """(table, id) of every row that these values refer to."""
    return [
        (table, value)
        for name, pair in values.items()
        if (field := entity.by_attribute(name)) is not None and (table := referenced_table(entity, field)) is not None
        for value in pair
        if isinstance(value, int)
    ]


def referenced_table(entity: Entity, field: Field) -> str | None:
    """The table that a reference field points into."""
    if field.target is not None and is_key(field.name):
        pointed = kinds.get(field.target)
        return None if pointed is None else pointed.model.__tablename__
    columns = inspect(entity.model).column_attrs
    if field.kind is not Kind.REFERENCE or field.attribute not in columns:
        return None
    keys = columns[field.attribute].columns[0].foreign_keys
    return next((key.column.table.name for key in keys), None)


def worded(
    entity: Entity | None,
    values: Mapping[str, tuple[Any, Any]],
    scope: Scope,
    names: Names,
    currencies: Mapping[str, tuple[str | None, str | None]] = MappingProxyType({}),
) -> tuple[FieldWords, ...]:
    """Fields of the catalogue that the reader may see, in its order; `currencies` of amounts, before and after."""
    if entity is None:
        return ()
    return tuple(
        FieldWords(
            field,
            *(
                shown(entity, field, value, names, currency)
                for value, currency in zip(
                    values[field.attribute], currencies.get(field.name, (None, None)), strict=True
                )
            ),
        )
        for field in entity.visible_to(scope.actor)
        if field.attribute in values and not field.part_of
    )


def shown(entity: Entity, field: Field, value: Any, names: Names, currency: str | None = None) -> Any:
    """One stored value for reading: text, a phrase, a number or a moment; None for no value."""
    if value in (None, "", []):
        return None
    if field.kind in (Kind.MONEY, Kind.PERCENT):
        return _shown_number(field, value, currency)
    match field.kind:
        case Kind.CHOICE:
            choice = field.choice(str(value))
            return choice.label if choice else str(value)
        case Kind.REFERENCE:
            return names.get((referenced_table(entity, field) or "", value)) or say("something you cannot see")
        case Kind.YES_NO:
            return say("Yes") if value else say("No")
        case Kind.TAGS | Kind.CHOICES:
            return ", ".join(map(str, field.words(value)))
        case Kind.DATE | Kind.MOMENT:
            # stored as text; templates show dates and moments in the reader's way
            moment = datetime.fromisoformat(str(value))
            return moment.date() if field.kind is Kind.DATE else moment
    return str(value)


def _shown_number(field: Field, value: Any, currency: str | None) -> Any:
    return shown_money(value, currency) if field.kind is Kind.MONEY else f"{shown_share(Decimal(str(value)))}\u00a0%"


def sentence_of(action: Action) -> Phrase:
    """What an action did, as one sentence."""
    what = action.sentence or said(action)
    match action.verb:
        case "undone":
            return say("Took back: %(what)s", what=what)
        case "redone":
            return say("Did again: %(what)s", what=what)
    return what


def sentence_on_record(action: Action, changes: list[Change], labels: Iterable[Phrase]) -> Phrase:
    """What an action did to one record; `labels` are of the fields it changed."""
    if action.summary or action.undoes_id is not None:
        return sentence_of(action)
    verbs = {change.verb for change in changes}
    if "created" in verbs:
        return say("Created this")
    if "removed" in verbs:
        return say("Removed this")
    archived = merged_values(changes).get("archived_at")
    if archived is not None:
        return say("Archived this") if archived[1] else say("Restored this")
    names = ", ".join(map(str, labels))
    return say("Changed %(fields)s", fields=names) if names else say("Changed this")


def entity_of(kind: str) -> Entity | None:
    """The catalogue of a kind, where there is one."""
    return entities.get(kind)
