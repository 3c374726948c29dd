"""Where the records of an agenda are: the page of each that the reader may see, by its point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from implementor.committees.agenda import Line
from implementor.foundation.permissions import Actor
from implementor.foundation.records import kinds


def pages_of(session: Session, lines: Sequence[Line], *, by: Actor) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Endpoint and values of each point's record, by the point's key; one statement for each kind among them."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if line.proposal.record is not None:
            wanted[line.proposal.record.kind].add(line.proposal.record.id)
    rows = {
        (kind, row.id): kinds[kind].endpoint_values(row)
        for kind, ids in sorted(wanted.items())
        if kind in kinds
        for row in session.execute(kinds[kind].visible(by, ids))
    }
    found = {line.key: rows.get((line.proposal.record.kind, line.proposal.record.id))
             for line in lines if line.proposal.record is not None}  # fmt: skip
    return {key: page for key, page in found.items() if page is not None}
