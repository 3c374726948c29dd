"""What a new project can begin with: packages above offer stories, the wizard shows them, creation takes them in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class Offer:
    """Something to tick: what it is called, what it is for, and how many stories it brings."""

    key: str
    label: Phrase | str
    purpose: Phrase | str
    stories: int


@dataclass(frozen=True)
class Beginning:
    """A source of first stories; `take` writes those of the ticked keys into the project with this id."""

    offers: Callable[[], Sequence[Offer]]
    take: Callable[[Session, int, Collection[str], Actor, datetime], None]


beginnings: list[Beginning] = []
"""Packages above put theirs in when the program starts."""


def offered() -> list[Offer]:
    """Everything that can be ticked."""
    return [offer for one in beginnings for offer in one.offers()]


def begin_with(session: Session, project_id: int, keys: Collection[str], *, by: Actor, at: datetime) -> None:
    """Write the stories of what was ticked; keys that nobody offers are left out."""
    for one in beginnings:
        known = [offer.key for offer in one.offers() if offer.key in keys]
        if known:
            one.take(session, project_id, known, by, at)
