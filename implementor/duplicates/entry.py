"""Who bears already what only one record can bear, asked before another one is added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.match_keys import exact_matches
from implementor.duplicates.sameness import Sameness
from implementor.foundation.permissions import Actor
from implementor.lists.sheets import Existing, Exists


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
