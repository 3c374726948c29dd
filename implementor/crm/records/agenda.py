"""What waits for people on which day: sections of my day and sources of the calendar, contributed by kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import Session

from implementor.auth.queries import colleagues_of
from implementor.foundation.model import Column
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.words import Phrase

Whose = Literal["me", "team", "all"]
WHOSE: tuple[Whose, ...] = ("me", "team", "all")


@dataclass(frozen=True)
class Asked:
    """Who looks, at whose work, from one day to another (both included; no first day: whatever is still open).

    Days are those of `zone`. A source answers with the earliest `limit` entries that the actor may see.
    """

    actor: Actor
    whose: Whose
    first: date | None
    last: date
    zone: ZoneInfo
    at: datetime
    limit: int

    @property
    def today(self) -> date:
        """The day it is where the reader is."""
        return self.at.astimezone(self.zone).date()

    @property
    def starts_at(self) -> datetime:
        """The moment the first day begins; without one, the last."""
        return day_begins(self.first or self.last, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The moment the day after the last begins."""
        return day_begins(self.last + timedelta(days=1), self.zone)

    def of(self, column: Column) -> ColumnElement[bool]:
        """The rows whose person, in this column, is among those whose work is asked for."""
        match self.whose:
            case "me":
                return column == self.actor.user_id
            case "team":
                return or_(column == self.actor.user_id, column.in_(colleagues_of(self.actor.user_id)))
        return true()


@dataclass(frozen=True)
class AgendaEntry:
    """Something that waits: on a day, or at a moment of it until another.

    `key` is unique among all entries; `beside` says with whom or where; `done_url` takes a POST that settles it; `tag`
    tells apart what one source brings, such as visits among appointments.
    """

    key: str
    title: str
    url: str
    on: date
    at: datetime | None = None
    until: datetime | None = None
    who: str | None = None
    beside: str | None = None
    icon: str = "flag"
    is_late: bool = False
    tag: str = ""
    done_url: str | None = None
    done_label: Phrase | None = None


Load = Callable[[Session, Asked], Sequence[AgendaEntry]]


@dataclass(frozen=True)
class AgendaSource:
    """One kind of thing that waits. `all_url` is the list of all that is still open of the reader's own."""

    key: str
    label: Phrase
    may_view: Permission
    load: Load
    order: int = 50
    all_url: Callable[[], str] | None = None


_sections: dict[str, AgendaSource] = {}
_calendar: dict[str, AgendaSource] = {}


def my_day(section: AgendaSource) -> AgendaSource:
    """Contribute a section to everybody's day: its `load` is asked without a first day."""
    _sections[section.key] = section
    return section


def calendar(source: AgendaSource) -> AgendaSource:
    """Contribute entries to the calendar: its `load` is asked for the days between two."""
    _calendar[source.key] = source
    return source


def sections_for(actor: Actor) -> list[AgendaSource]:
    """The sections of somebody's day."""
    return _for(_sections, actor)


def calendar_for(actor: Actor) -> list[AgendaSource]:
    """The sources of somebody's calendar."""
    return _for(_calendar, actor)


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """The moment a day begins in a zone, also where its clocks are changed that night."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _for(known: dict[str, AgendaSource], actor: Actor) -> list[AgendaSource]:
    return sorted((one for one in known.values() if actor.may(one.may_view)), key=lambda one: (one.order, one.key))
