"""What can happen to the capacity of a wave: written down as a whole, and taken over from the wave before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.waves import capacity_queries as queries
from implementor.waves.models import CapacityRate, CapacityShare, DayOff, Wave

USUAL_HOURS = Decimal(8)
Version = str


class StaleCapacity(Refusal):
    """Somebody else wrote the capacity of the wave down meanwhile."""


class NothingToCopy(Refusal):
    """No wave before has people."""


@dataclass(frozen=True)
class ShareWanted:
    """A row of the grid: a person (`user_id`) or a placeholder (`label`, and its id where it is known already)."""

    share: int
    profile: str = ""
    hours_per_day: Decimal = USUAL_HOURS
    user_id: int | None = None
    label: str | None = None
    people: int = 1
    id: int | None = None

    def values(self) -> dict[str, Any]:
        """What is stored, by column."""
        return {
            "share": self.share, "profile": self.profile, "hours_per_day": self.hours_per_day, "label": self.label,
            "people": self.people, "user_id": self.user_id,
        }  # fmt: skip


@dataclass(frozen=True)
class AbsenceWanted:
    """Days off from first to last; `id` where they are known already."""

    user_id: int
    starts_on: date
    ends_on: date
    reason: str = ""
    id: int | None = None

    def values(self) -> dict[str, Any]:
        """What is stored, by column."""
        return {
            "user_id": self.user_id, "starts_on": self.starts_on, "ends_on": self.ends_on, "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """What stands: shares with the names of their people, days off that touch the wave, the rate of the project."""

    shares: Sequence[tuple[CapacityShare, str | None]]
    absences: Sequence[DayOff]
    rate: CapacityRate | None

    @property
    def version(self) -> Version:
        """What changes whenever one of them does."""
        rows: list[Any] = [one for one, _ in self.shares] + list(self.absences) + [self.rate] * (self.rate is not None)
        return ".".join(f"{one.__record_kind__[0]}{one.id}-{one.version}" for one in rows)


def kept_of(session: Session, wave: Wave) -> Kept:
    """What is written down for a wave, in three statements."""
    shares = [(row[0], row[1]) for row in session.execute(queries.shares_of(wave_ids=[wave.id]))]
    first, last = wave.starts_on or date.min, wave.ends_on or date.max
    absences = session.scalars(queries.days_off_in(project_id=wave.project_id, first=first, last=last)).all()
    return Kept(shares, absences, session.scalar(queries.rate_of(project_id=wave.project_id)))


def write_capacity(
    session: Session,
    wave: Wave,
    shares: Sequence[ShareWanted],
    absences: Sequence[AbsenceWanted],
    rate: Decimal | None,
    *,
    seen: Version,
    by: Actor,
    at: datetime,
) -> None:
    """Have exactly these shares and days off stand, and this rate; `seen` is the version that the person saw.

    Raises StaleCapacity when another stands by now.
    """
    kept = kept_of(session, wave)
    if kept.version != seen:
        raise StaleCapacity(
            say("Somebody else wrote this capacity down while you were at it. Look at both, then save.")
        )
    name_action(
        session, say("Wrote down the capacity of %(wave)s", wave=wave.name), verb="capacity.write",
        project_id=wave.project_id,
    )  # fmt: skip
    _keep_shares(session, wave, kept, shares)
    off = {one.id: one for one in kept.absences}
    for absence in absences:
        _put(session, off.pop(absence.id or 0, None), DayOff, absence.values(), {"project_id": wave.project_id})
    for gone in off.values():
        session.delete(gone)
    if kept.rate is not None or rate is not None:
        _put(session, kept.rate, CapacityRate, {"points_per_day": rate}, {"project_id": wave.project_id})
    session.flush()


def _keep_shares(session: Session, wave: Wave, kept: Kept, shares: Sequence[ShareWanted]) -> None:
    known: dict[Any, CapacityShare] = {one.user_id or f"p{one.id}": one for one, _ in kept.shares}
    for share in shares:
        key: Any = share.user_id or f"p{share.id}"
        base = {"project_id": wave.project_id, "wave_id": wave.id}
        _put(session, known.pop(key, None), CapacityShare, share.values(), base)
    for gone in known.values():
        session.delete(gone)


def copy_capacity(session: Session, wave: Wave, *, by: Actor, at: datetime) -> str:
    """Take over people, shares and placeholders of the wave before, but no days off; returns its name.

    Who is in this wave already stays as they are. Raises NothingToCopy.
    """
    before = session.scalar(queries.wave_before(wave_id=wave.id))
    if before is None:
        raise NothingToCopy(say("No wave before this one has people yet. Write them down here."))
    present = {(one.user_id, one.label) for one, _ in session.execute(queries.shares_of(wave_ids=[wave.id]))}
    for one, _ in session.execute(queries.shares_of(wave_ids=[before.id])):
        if (one.user_id, one.label) not in present:
            columns = ("share", "profile", "hours_per_day", "label", "people", "user_id")
            values = {column: getattr(one, column) for column in columns}
            _put(session, None, CapacityShare, values, {"project_id": wave.project_id, "wave_id": wave.id})
    name_action(
        session, say("Took over the capacity of %(before)s for %(wave)s", before=before.name, wave=wave.name),
        verb="capacity.copy", project_id=wave.project_id,
    )  # fmt: skip
    session.flush()
    return before.name


def _put(session: Session, record: Any, model: type[Any], values: Mapping[str, Any], base: Mapping[str, Any]) -> None:
    if record is None:
        session.add(model(**base, **values))
        return
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
