"""Reads what tells records apart from the bare driver, in this process or another one: a search reads millions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from implementor.duplicates.portraits import Portrait, Shape, portrait_of, texts_of_row


@dataclass(frozen=True)
class Reading:
    """How to reach a database, and statements with the parameters `first` and `last`, ids. It can be pickled.

    `ids` gives the records in use, in order; each of `sources` gives a record's id and the texts of its shape.
    """

    driver: str
    arguments: tuple[tuple[Any, ...], Mapping[str, Any]]
    ids: str
    sources: tuple[tuple[str, Shape], ...]
    is_positional: bool

    def connected(self) -> Any:
        """A connection of its own, for reading alone."""
        arguments, options = self.arguments
        return import_module(self.driver).connect(*arguments, **options)

    def portraits(self, cursor: Any, first: int, last: int) -> Iterator[tuple[int, Portrait]]:
        """The portraits of the records in use from one id to another, by id."""
        asked = (first, last) if self.is_positional else {"first": first, "last": last}
        cursor.execute(self.ids, asked)
        texts: dict[int, list[tuple[str, str]]] = {row[0]: [] for row in cursor.fetchall()}
        for statement, shape in self.sources:
            cursor.execute(statement, asked)
            for row in cursor.fetchall():
                held = texts.get(row[0])
                if held is not None:
                    held.extend(texts_of_row(shape, row))
        for record_id, found in texts.items():
            yield record_id, portrait_of(found)
