"""Replaying half a year: deeds are planned in any order, then carried out by their people in the order of time."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.history.services import noting

Deed = Callable[[Session, Actor, datetime], object]
SATURDAY = 5


@dataclass
class Place:
    """A project while its history is being played: what later deeds need of what earlier ones made."""

    key: str
    project_id: int = 0
    owners: Sequence[str] = ()
    """Keys of the people who own stories here."""
    stories: dict[str, Any] = field(default_factory=dict)
    """Stories by title."""
    waves: dict[str, Any] = field(default_factory=dict)

    def scope(self, by: Actor) -> Scope:
        """The project as lists see it for this person."""
        return Scope(self.project_id, by)


@dataclass
class Play:
    """The deeds still to be done, and the people who do them."""

    today: date
    rng: random.Random
    actors: dict[str, Actor] = field(default_factory=lambda: {"system": SYSTEM})
    areas: dict[str, int] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    deeds: list[tuple[datetime, str, str | None, Deed]] = field(default_factory=list)

    def plan(self, days_ago: float, by: str, deed: Deed, place: str | None = None) -> None:
        """Let somebody do something so many days before today; what is planned for the same moment stays in order."""
        self.deeds.append((moment(self.today, days_ago), by, place, deed))

    def day(self, days_ago: float) -> date:
        """The day so many days before today; negative for days to come."""
        return self.today - timedelta(days=days_ago)

    def perform(self, session: Session) -> int:
        """Do everything planned, each deed as one action of its person; returns how many. Never commits."""
        done = sorted(self.deeds, key=lambda deed: deed[0])
        self.deeds.clear()
        for at, by, key, deed in done:
            actor = self.actors[by]
            project_id = self.places[key].project_id or None if key else None
            with noting(session, by=actor, at=at, source="web", project_id=project_id):
                deed(session, actor, at)
        return len(done)


def moment(today: date, days_ago: float) -> datetime:
    """The working moment for a moment of the clock: hours of work, weekends pressed into Friday's evening.

    The order of moments stays, so what follows something else still does.
    """
    raw = datetime.combine(today, time(), UTC) - timedelta(days=days_ago)
    share = (raw - datetime.combine(raw.date(), time(), UTC)) / timedelta(days=1)
    weekend = raw.weekday() - SATURDAY
    if weekend >= 0:
        friday = datetime.combine(raw.date() - timedelta(days=weekend + 1), time(22), UTC)
        return friday + timedelta(minutes=20) * (weekend + share)
    return datetime.combine(raw.date(), time(13), UTC) + timedelta(hours=9) * share
