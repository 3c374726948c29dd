"""Ways by which files lead to CRM records: by folded name, by their names elsewhere; those missing are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from implementor.crm.records import queries
from implementor.exchange.models import ExternalId
from implementor.exchange.records.declaring import Draft, FindLinked, Found, Key, Link, Writing
from implementor.exchange.records.writing import insert_rows, made
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded, whole_number

Complete = Callable[[dict[str, Any]], None]


def by_column(
    model: Any, attribute: str, column: Any, *, fold: Callable[[str], str] = folded, unique: bool = False
) -> Key:
    """A key of one attribute: records in use whose `column` holds its folded text."""

    def of(draft: Draft) -> str | None:
        value = draft.values.get(attribute)
        return fold(str(value)) if value else None

    def find(session: Session, texts: Collection[str]) -> Found:
        return ids_by(session, select(column, model.id).where(column.in_(list(texts)), *in_use(model)))

    return Key(of, find, unique)


def in_use(model: Any) -> list[Any]:
    """The conditions of records that are neither put away nor merged."""
    merged = getattr(model, "merged_into_id", None)
    return [model.archived_at.is_(None), *(() if merged is None else (merged.is_(None),))]


def ids_by(session: Session, statement: Any) -> dict[str, list[int]]:
    """What a statement of (text, id) rows finds, by text."""
    found: dict[str, list[int]] = defaultdict(list)
    for text, record_id in session.execute(statement):
        found[text].append(record_id)
    return found


def named_link(
    field: str, model: Any, column: Any, *, make: Callable[[str], dict[str, Any]] | None = None, headers: str = ""
) -> Link:
    """A link to records by name (`column` holds it folded) or by what any other system calls them.

    `make` gives the columns of a record for a name that is not here.
    """

    def find(session: Session, actor: Actor, texts: Collection[str]) -> Found:
        by_name = ids_by(
            session,
            queries.records_in_use(model, Scope(None, actor))
            .where(column.in_([folded(text) for text in texts]))
            .with_only_columns(column, model.id),
        )
        elsewhere = called_elsewhere(session, model, actor, texts)
        return {text: by_name.get(folded(text)) or elsewhere.get(text, []) for text in texts}

    return Link(field, find, maker(model, make) if make is not None else None, headers)


def finder_of(entity: Entity) -> FindLinked:
    """Finds records of a kind by their title, by what other systems call them, or by `#` and their number."""
    model, title = entity.model, entity.fields[entity.title_field]
    key: Any = title.column if title.sort_column is None else title.sort_column

    def find(session: Session, actor: Actor, texts: Collection[str]) -> Found:
        here = queries.records_in_use(model, Scope(None, actor))
        wanted = {text if title.sort_column is None else folded(text) for text in texts}
        by_title = ids_by(session, here.where(key.in_(wanted)).with_only_columns(key, model.id))
        numbers = {number: text for text in texts if text.startswith("#") and (number := whole_number(text[1:]))}
        here = here.where(model.id.in_(numbers)).with_only_columns(model.id)
        by_number = {numbers[one]: [one] for one in session.scalars(here)} if numbers else {}
        elsewhere = called_elsewhere(session, model, actor, texts)
        return {
            text: by_number.get(text)
            or by_title.get(text if title.sort_column is None else folded(text))
            or elsewhere.get(text, [])
            for text in texts
        }

    return find


def called_elsewhere(session: Session, model: Any, actor: Actor, texts: Collection[str]) -> dict[str, list[int]]:
    """The records in use within an actor's sight that any other system calls so, by text."""
    named = and_(ExternalId.record_kind == model.__record_kind__, ExternalId.record_id == model.id)
    found = queries.records_in_use(model, Scope(None, actor)).join(ExternalId, named)
    rows = found.where(ExternalId.value.in_(list(texts))).with_only_columns(ExternalId.value, model.id)
    return {text: list(dict.fromkeys(ids)) for text, ids in ids_by(session, rows).items()}


def maker(model: Any, make: Callable[[str], dict[str, Any]]) -> Callable[[Writing, Sequence[str]], Mapping[str, int]]:
    """Makes records for names that are not here; `make` gives the columns that follow from a name."""

    def create(writing: Writing, texts: Sequence[str]) -> Mapping[str, int]:
        first = {folded(text): text for text in reversed(texts)}
        rows = [{**writing.stamps(), "owner_id": writing.by.user_id, **make(text)} for text in first.values()]
        ids = dict(zip(first, insert_rows(writing, model, rows), strict=True))
        writing.facts += [made(model.__record_kind__, record_id) for record_id in ids.values()]
        return {text: ids[folded(text)] for text in texts}

    return create
