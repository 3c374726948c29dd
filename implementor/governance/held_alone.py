"""What a person alone holds: each package declares what of its own needs a successor before the person leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class Held:
    """One thing that nobody else holds: as what, by which row of its package, and where.

    `place_id` is the id that the source's `places` name: of a project, a programme or a committee.
    """

    label: Phrase
    row_id: int
    place_id: int


@dataclass(frozen=True)
class Holding:
    """A kind of thing that one person can hold alone.

    `held_by` yields what somebody holds; `places` returns rows (id, title) of those places the reader may know of;
    `hand_on` gives one thing to the successor, who can sign in and is somebody else; `elsewhere` stands for a place
    that the reader may not know of.
    """

    held_by: Callable[[Session, int], Iterable[Held]]
    places: Callable[[Actor, Collection[int]], Rows]
    hand_on: Callable[[Session, Held, int, Actor, datetime], None]
    elsewhere: Phrase


holdings: dict[str, Holding] = {}
"""By name, in the order they are handed on: roles first, for a successor has to belong to a project to chair in it."""


def held_alone(session: Session, user_id: int) -> list[tuple[Holding, Held]]:
    """Everything that only this person holds; as many statements as there are kinds of holdings."""
    return [(holding, held) for holding in holdings.values() for held in holding.held_by(session, user_id)]


def with_places(session: Session, found: list[tuple[Holding, Held]], by: Actor) -> list[tuple[Phrase, str | Phrase]]:
    """As what and where, a place that the reader may not know of by the words for such."""
    names = {
        (id(holding), row.id): row.title
        for holding in holdings.values()
        if (ids := {held.place_id for of, held in found if of is holding})
        for row in session.execute(holding.places(by, ids))
    }
    return [(held.label, names.get((id(of), held.place_id), of.elsewhere)) for of, held in found]
