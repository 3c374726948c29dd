"""How long a case waits between areas: from the moment it is handed over until somebody there takes it up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Protocol

from implementor.crm.cases.models import AREA


class Fact(Protocol):
    """One fact of a case; `from_label` and `to_label` are the names of areas where the aspect is the area."""

    @property
    def case_id(self) -> int: ...
    @property
    def aspect(self) -> str: ...
    @property
    def from_label(self) -> str | None: ...
    @property
    def to_label(self) -> str | None: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True)
class HandOver:
    """A case that went from one area to another; `waited` is None while nobody there has touched it."""

    case_id: int
    from_area: str
    to_area: str
    at: datetime
    waited: timedelta | None


def hand_overs(facts: Iterable[Fact]) -> list[HandOver]:
    """The hand-overs among facts (case by case, oldest first).

    What happens at the same moment belongs to the hand-over; the next fact later is the first touch, another hand-over
    too, for then somebody there has looked at it.
    """
    found: list[HandOver] = []
    waiting: Fact | None = None
    for fact in facts:
        if waiting is not None and (fact.case_id != waiting.case_id or fact.at > waiting.at):
            found.append(_taken(waiting, fact.at if fact.case_id == waiting.case_id else None))
            waiting = None
        if fact.aspect == AREA and fact.from_label and fact.to_label:
            waiting = fact
    if waiting is not None:
        found.append(_taken(waiting, None))
    return found


def _taken(fact: Fact, at: datetime | None) -> HandOver:
    waited = at - fact.at if at is not None else None
    return HandOver(fact.case_id, fact.from_label or "", fact.to_label or "", fact.at, waited)


def median_wait(found: Iterable[HandOver], *, from_area: str, to_area: str) -> timedelta | None:
    """The time that half of the hand-overs between two areas took at most; None where none was taken up."""
    waits = [
        one.waited for one in found if one.waited is not None and (one.from_area, one.to_area) == (from_area, to_area)
    ]
    return timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None
