"""Who bears already what only one record can bear, asked before another one is added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.match_keys import exact_matches, exact_matches_of_rows
from implementor.duplicates.sameness import Sameness
from implementor.foundation.permissions import Actor
from implementor.lists.sheets import Existing, Exists

Among = Callable[[Session, Actor, Collection[str]], Mapping[str, Sequence[tuple[int, str]]]]


def bearers_of(declared: Sameness, roles: Mapping[str, str]) -> Exists:
    """Finds the records that bear exactly what a new one would; `roles` are fields by role, such as the tax number.

    Records that the actor does not see are not told of: whoever sees both finds them among the candidates.
    """

    def find(session: Session, values: Mapping[str, Any], actor: Actor) -> Sequence[Existing]:
        given = [(role, values.get(field)) for role, field in roles.items()]
        ids = [one.record_id for one in exact_matches(session, declared.kind, given)]
        rows = session.execute(queries.titles_seen(declared, ids, actor=actor)).all() if ids else ()
        return [Existing(row.id, row.title) for row in rows]

    return find


def bearers_among(declared: Sameness, role: str) -> Among:
    """The same for many values of one role at once: the (id, title) of those who bear each, in two statements."""

    def find(session: Session, actor: Actor, values: Collection[str]) -> Mapping[str, Sequence[tuple[int, str]]]:
        borne = ids_bearing(session, declared.kind, role, values)
        ids = {each for found in borne.values() for each in found}
        rows = session.execute(queries.titles_seen(declared, ids, actor=actor)).all() if ids else ()
        titles = {row.id: row.title for row in rows}
        return {value: [(each, titles[each]) for each in found if each in titles] for value, found in borne.items()}

    return find


def ids_bearing(session: Session, kind: str, role: str, values: Collection[str]) -> dict[str, list[int]]:
    """The ids of the records of a kind that bear each of these values exactly, however they are written there."""
    asked = list(values)
    matches = exact_matches_of_rows(session, kind, [[(role, value)] for value in asked])
    return {value: [one.record_id for one in found] for value, found in zip(asked, matches, strict=True)}
