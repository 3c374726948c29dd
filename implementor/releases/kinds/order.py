"""Places in an order as settings ask for them: behind which neighbour, kept as the rank that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from implementor.foundation.fields import Field
from implementor.foundation.rank import rank_between
from implementor.foundation.words import Phrase, say
from implementor.releases.kinds.setting import picked

KEPT, FIRST = "", "first"


def place_field(rows: Sequence[Any], uid: str | None) -> Field:
    """Behind which of the rows in use it stands; empty for where it is, or for where a new one would come."""
    others = [(row.uid, say("behind %(name)s", name=row.label)) for row in rows if row.uid != uid]
    return picked("place", say("Place in the order"), [(FIRST, say("first")), *others])


def rank_at(rows: Sequence[Any], uid: str | None, place: str, usual: str) -> str:
    """The rank of that place among rows in their order; `usual` where nobody asked for another."""
    others = [row for row in rows if row.uid != uid]
    if place == FIRST:
        return rank_between(None, others[0].rank) if others else usual
    at = next((number for number, row in enumerate(others) if row.uid == place), None)
    if at is None:
        return usual
    after = others[at + 1].rank if at + 1 < len(others) else None
    if others[at].rank < usual and (after is None or usual < after):
        return usual
    return rank_between(others[at].rank, after)


def said_place(_rank: str) -> Phrase:
    """A rank is not for reading."""
    return say("its place")


def usual_rank(every: Sequence[Any], kind: str) -> str:
    """Where a new stage comes: an open one before those that end a sale, another at the end."""
    at = next((number for number, one in enumerate(every) if one.kind != "open"), len(every))
    at = at if kind == "open" else len(every)
    return rank_between(every[at - 1].rank if at else None, every[at].rank if at < len(every) else None)
