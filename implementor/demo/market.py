"""The customers' side of the demo world while it is played: what was made so far, by kind and name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.lists.sheets import sheet_of

FIRST_DAY = 378.0
"""How many days ago the first customer was taken down."""


@dataclass
class Market:
    """What later deeds need of what earlier ones made."""

    play: Play
    records: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    people: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """The contacts of an account, by its name."""

    def user_id(self, key: str) -> int:
        """The id of somebody of the company."""
        return self.play.actors[key].user_id or 0

    def add(self, session: Session, kind: str, name: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Any:
        """A record as its form makes it, kept under a name of its own."""
        record = make(session, kind, values, by, at)
        session.flush()  # others point at it
        self.records[kind][name] = record
        return record

    def clock(self, days_ago: float, hour: int, minute: int = 0) -> datetime:
        """A moment (UTC) of the day so many days ago; negative for days to come."""
        day: date = self.play.day(days_ago)
        return datetime.combine(day, time(hour, minute), UTC)


def make(session: Session, kind: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Any:
    """A record of a kind as its form makes it; what is empty is left out."""
    create = sheet_of(kind).create
    assert create is not None  # every kind of the CRM has its form
    given = {name: value for name, value in values.items() if value not in ("", None) or name == "owner"}
    return create(session, Scope(None, by), given, by, at)
