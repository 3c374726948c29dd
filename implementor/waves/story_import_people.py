"""Finds the people and areas that a file names: people by address, then by exact name, else as the text they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth.models import Area, User
from implementor.exchange.readers.source import Cell, Column, Row
from implementor.exchange.values import is_missing, line_of, person_of
from implementor.foundation.text import folded
from implementor.projects.models import Membership

LONGEST_NAME = 120
MOST_ACCOUNTS = 20_000
_ACCOUNT = re.compile(r"(?:\d{1,8}:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\Z|[0-9a-f]{24}\Z|[0-9a-f]{32}\Z")


class People:
    """The people of a project by address and name, the areas by name, and the accounts that a file itself explains."""

    def __init__(
        self, people: Iterable[Any], areas: Iterable[Any], meanings: Mapping[str, str], accounts: dict[str, str]
    ) -> None:
        rows = list(people)
        self.ids = {str(row.id): row.id for row in rows}
        self.by_email = {row.email.lower(): row.id for row in rows if row.email}
        names: dict[str, list[int]] = {}
        for row in rows:
            names.setdefault(folded(row.name), []).append(row.id)
        # two people of one name are nobody in particular
        self.by_name = {name: ids[0] for name, ids in names.items() if len(ids) == 1}
        self.areas = {folded(row.name): row.id for row in areas}
        self.meanings, self.accounts = meanings, accounts

    def found(self, cell: Cell) -> tuple[int | None, str | None]:
        """The id of the person a cell names, or the text where nobody of the project is meant for certain."""
        if is_missing(cell):
            return None, None
        text = line_of(cell)
        chosen = self.ids.get(self.meanings.get(folded(text), ""))
        if chosen is not None:
            return chosen, None
        name, email = person_of(self.accounts.get(text, cell))
        user_id = self.by_email.get(email or "") or self.by_name.get(folded(name))
        return (user_id, None) if user_id is not None else (None, (name or email or text)[:LONGEST_NAME])

    def area(self, cell: Cell) -> int | None:
        """The id of the area a cell names."""
        return self.areas.get(folded(line_of(cell)))

    def learn_accounts(self, row: Row, columns: Iterable[int]) -> None:
        """Keep whose accounts stand in these columns, each beside the column of names."""
        cells, width = row.cells, len(row.cells)
        for place in columns:
            cell = cells[place] if place < width else None
            if not cell or not isinstance(cell, str) or cell in self.accounts:
                continue
            before = cells[place - 1]
            if (
                isinstance(before, str) and before.strip() and _ACCOUNT.match(cell)
                and len(self.accounts) < MOST_ACCOUNTS
            ):  # fmt: skip
                self.accounts[cell] = before


def account_columns(columns: Sequence[Column]) -> list[int]:
    """The columns that may hold accounts: of those that stand once, with an account or nothing in the first rows."""
    names = [column.name for column in columns]
    return [
        column.index
        for column in columns[1:]
        if names.count(column.name) == 1
        and (not column.samples or any(_ACCOUNT.match(str(cell)) for cell in column.samples))
    ]


def people_of(session: Session, *, project_id: int, meanings: Mapping[str, str], accounts: dict[str, str]) -> People:
    """The people who have a role in the project now, and the areas in use."""
    inside = select(Membership.user_id).where(Membership.project_id == project_id, Membership.removed_at.is_(None))
    people = session.execute(
        select(User.id, User.name, User.email).where(User.id.in_(inside), User.disabled_at.is_(None))
    )
    areas = session.execute(select(Area.id, Area.name).where(Area.archived_at.is_(None)))
    return People(people, areas, meanings, accounts)
