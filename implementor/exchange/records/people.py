"""Finds the people that a file names as owners: by address, then by exact name, then as somebody explained them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import User
from implementor.exchange.readers.source import Cell
from implementor.exchange.values import line_of, person_of
from implementor.foundation.model import Rows
from implementor.foundation.text import folded


def everybody() -> Rows:
    """The people who can own a record, as rows (id, name, email)."""
    return select(User.id, User.name, User.email).where(User.disabled_at.is_(None))


class Owners:
    """Those of these people whom a cell names."""

    def __init__(self, people: Iterable[Any], meanings: Mapping[str, str]) -> None:
        rows = list(people)
        self.ids = {str(row.id): row.id for row in rows}
        self.by_email = {row.email.lower(): row.id for row in rows if row.email}
        names: dict[str, list[int]] = {}
        for row in rows:
            names.setdefault(folded(row.name), []).append(row.id)
        # two people of one name are nobody in particular
        self.by_name = {name: ids[0] for name, ids in names.items() if len(ids) == 1}
        self.meanings = meanings
        self.known: dict[str, int | None] = {}

    def found(self, cell: Cell) -> int | None:
        """The person a cell names, if that is certain."""
        text = line_of(cell)
        if text not in self.known:
            chosen = self.ids.get(self.meanings.get(folded(text), ""))
            name, email = person_of(cell)
            self.known[text] = chosen or self.by_email.get(email or "") or self.by_name.get(folded(name))
        return self.known[text]


def owners_offered(session: Session) -> list[tuple[str, Any]]:
    """The people that an unknown name may mean, by name."""
    rows = session.execute(select(User.id, User.name).where(User.disabled_at.is_(None)).order_by(User.name_key))
    return [(str(row.id), row.name) for row in rows]
