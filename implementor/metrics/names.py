"""What the ids in filters and groups stand for: names of people, areas and records, as far as the reader sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.lookup import lookups
from implementor.foundation.measures import measurables
from implementor.foundation.parting import Split
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.metrics.definitions import Definition, queries_of

UNSEEN = say("something you cannot see")


def names_in(session: Session, definition: Definition, scope: Scope) -> dict[tuple[str, str, str], str]:
    """(kind, field, text) -> name of each record that the filters of a definition mean."""
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for query in queries_of(definition):
        for asked in (query.filters, query.part):
            for name, texts in asked.items():
                wanted[query.entity, name].update(texts)
    found: dict[tuple[str, str, str], str] = {}
    for (kind, name), said in wanted.items():
        known = measurables.get(kind)
        field = known.entity.fields.get(name) if known is not None else None
        if field is not None and field.kind is Kind.REFERENCE:
            names = _names(session, field, {number for number in map(whole_number, said) if number}, scope)
            found |= {(kind, name, str(key)): label for key, label in names.items()}
    return found


def names_of_parts(session: Session, split: Split, keys: Collection[Any], scope: Scope) -> dict[Any, str]:
    """What the parts of these values are called."""
    field, known = split.of, {key for key in keys if key is not None}
    if split.names is not None:
        return {row[0]: str(row[1]) for row in session.execute(split.names(keys))}
    if split.target:
        return _titles(session, split.target, known, scope)
    if field is None:
        return {}
    if field.kind is Kind.REFERENCE:
        return _names(session, field, known, scope)
    if field.kind is Kind.YES_NO:
        return {True: str(say("Yes")), False: str(say("No"))}
    choices = {key: field.choice(key) for key in known} if field.kind is Kind.CHOICE else {}
    return {key: str(choice.label) if choice is not None else str(key) for key, choice in choices.items()}


def _names(session: Session, field: Field, ids: Collection[int], scope: Scope) -> dict[Any, str]:
    """Names of what a reference points at; of records beyond the reader's reach only that they are."""
    if not ids:
        return {}
    if field.target is not None:
        return _titles(session, field.target, ids, scope)
    if field.options is not None:
        return {row[0]: str(row[1]) for row in session.execute(field.options(scope)) if row[0] in ids}
    return {}


def _titles(session: Session, kind: str, ids: Collection[int], scope: Scope) -> dict[Any, str]:
    """Titles of the records that the reader sees; of others that they are."""
    if not ids:
        return {}
    rows = session.execute(lookups[kind].titles(list(ids), scope.actor))
    return dict.fromkeys(ids, str(UNSEEN)) | {row[0]: str(row[1]) for row in rows}
