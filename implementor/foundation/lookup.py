"""Finding one record among very many by how its name begins: declared by its package, used by forms and filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.sql.elements import SQLCoreOperations

from implementor.foundation.model import Column, Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line, folded, whole_number

MOST_FOUND = 20
MARK = "-id"
"""What a form sends under a field's name and this: which record the text beside it was when it was chosen."""
_LAST = chr(0x10FFFF)


@dataclass(frozen=True)
class Lookup:
    """How records of a kind are found by what people type, and what they are called.

    `search(text, actor)` selects (id, title, hint) of the records in use that the actor may see and whose name begins
    with the text, those that match it best first and without a limit; the hint tells namesakes apart (None for none).
    `titles(ids, actor)` selects (id, title) of those that the actor may see, archived ones too. `url(id)` is a record's
    page.
    """

    kind: str
    search: Callable[[str, Actor], Rows]
    titles: Callable[[Sequence[int], Actor], Rows]
    url: Callable[[int], str] | None = None


lookups: dict[str, Lookup] = {}


def lookup(declared: Lookup) -> Lookup:
    """Make a kind findable; called from a package's contributions."""
    lookups[declared.kind] = declared
    return declared


def begins_with(key: Column, text: str) -> ColumnElement[bool]:
    """Rows whose folded key begins with the text, in a form that an index over the key serves on both databases.

    The key must be a `RankKey` column: only bytes in their order make a beginning a range.
    """
    start = folded(clean_line(text))
    if not start:
        return true()
    return and_(key >= start, key < start + _LAST)


def found_ids(kind: str, text: str, actor: Actor) -> Rows:
    """The ids of the records of a kind that the text finds, as a subquery."""
    statement = lookups[kind].search(text, actor).order_by(None)
    first: SQLCoreOperations[Any] = next(iter(statement.selected_columns))
    return statement.with_only_columns(first, maintain_column_froms=True)


def mark_of(record_id: Any, title: str) -> str:
    """What a form keeps beside the text of a chosen record, so that it knows when the text was changed by hand."""
    return f"{record_id}|{clean_line(title)}"


def marked(text: str, mark: str) -> str | None:
    """The key of the record that was chosen, if the text is still its title; a text like #42 names a record itself."""
    key, bar, title = mark.partition("|")
    if bar and clean_line(title) == clean_line(text) and key:
        return key
    return str(named) if text.startswith("#") and (named := whole_number(text[1:])) is not None else None
