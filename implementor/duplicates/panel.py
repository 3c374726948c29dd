"""The records that may be the same as the one whose page is open."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.permissions import VIEW
from implementor.duplicates.sameness import Sameness
from implementor.foundation.asking import Asking
from implementor.foundation.panels import Data, Place

MOST_SHOWN = 5


def candidates_beside(declared: Sameness) -> Callable[[Session, Place], Asking[Data] | None]:
    """The loader of the panel for records of a kind; nothing is drawn where nobody resembles the record."""

    def load(session: Session, place: Place) -> Asking[Data] | None:
        if not place.actor.may(VIEW):
            return None
        statement = queries.candidates_of(declared, actor=place.actor, limit=MOST_SHOWN)
        asked = statement, {"record_id": place.record.id}
        return Asking((asked,), lambda rows: {"rows": rows[0]} if rows[0] else None)

    return load
