"""Which roles somebody carries for others on a day, as the statement that finds a project brings them along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from implementor.foundation.permissions import PROJECT_ROLES, Role

LONGEST = 92
"""Days; who is away for longer is succeeded."""
KNOWN = {str(role) for role in PROJECT_ROLES}
BETWEEN, WITHIN = ",", "|"


@dataclass(frozen=True)
class Carried:
    """A role carried from one day to another, both included."""

    role: Role
    starts_on: date
    ends_on: date


def read_carried(text: str | None) -> list[Carried]:
    """The roles from their packed form `role|2026-03-02|2026-03-09,…`; what is not one of ours is no role."""
    return [
        Carried(Role(role), date.fromisoformat(starts), date.fromisoformat(ends))
        for role, starts, ends in (packed.split(WITHIN) for packed in (text or "").split(BETWEEN) if packed)
        if role in KNOWN
    ]


def roles_on(day: date, carried: Iterable[Carried]) -> frozenset[Role]:
    """The roles that are carried on a day."""
    return frozenset(one.role for one in carried if one.starts_on <= day <= one.ends_on)
