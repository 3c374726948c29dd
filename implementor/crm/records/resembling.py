"""Rows of a file that look like records that are here already, without being known for certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.orm import Session

from implementor.duplicates.match_keys import exact_matches_of_rows
from implementor.exchange.records.declaring import Draft

Roles = Callable[[Draft], Iterable[tuple[str, str | None]]]


def resembling(kind: str, roles: Roles) -> Callable[[Session, Sequence[Draft]], Sequence[bool]]:
    """For each draft whether a record of the kind bears some of the same values exactly, a whole batch at once."""

    def find(session: Session, drafts: Sequence[Draft]) -> Sequence[bool]:
        return [bool(found) for found in exact_matches_of_rows(session, kind, [roles(draft) for draft in drafts])]

    return find
