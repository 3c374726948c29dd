"""What a record has to do with others, as its page shows it: each by its title, within what the reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef, kinds
from implementor.foundation.words import Phrase, say
from implementor.governance.queries.links import links_around

FORWARD: Mapping[str, Phrase] = {
    "affects": say("Affects"),
    "came_from": say("Came from"),
    "became": say("Became"),
}
BACKWARD: Mapping[str, Phrase] = {
    "affects": say("Decided by"),
    "came_from": say("Brought"),
    "became": say("Came from"),
}


@dataclass(frozen=True)
class Linked:
    """One record at the other end of a link; `endpoint` and `values` are its page."""

    relation: Phrase
    kind: Phrase
    title: str
    endpoint: str
    values: Mapping[str, Any]


def linked_of(session: Session, record: RecordRef, *, project_id: int, by: Actor) -> list[Linked]:
    """The other ends of a record's links, in the order they came about; one statement, and one for each kind there."""
    ends = [
        (FORWARD[link.relation], link.other) if link.record == record else (BACKWARD[link.relation], link.record)
        for link in session.scalars(links_around(record, project_id=project_id))
    ]
    wanted: dict[str, set[int]] = defaultdict(set)
    for _relation, end in ends:
        wanted[end.kind].add(end.id)
    rows = {
        (kind, row.id): row
        for kind, ids in sorted(wanted.items())
        if kind in kinds
        for row in session.execute(kinds[kind].visible(by, ids))
    }
    return [_linked(relation, end.kind, rows[end.kind, end.id]) for relation, end in ends if (end.kind, end.id) in rows]


def _linked(relation: Phrase, kind: str, row: Any) -> Linked:
    endpoint, values = kinds[kind].endpoint_values(row)
    return Linked(relation, kinds[kind].label, row.title, endpoint, values)
