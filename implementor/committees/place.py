"""Where somebody stands at the committees of a programme: which they see, in which roles, and which projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from implementor.foundation.permissions import Actor, Role

SEES_ALL = frozenset({Role.PMO, Role.SYSTEM})


@dataclass(frozen=True)
class ProgrammePlace:
    """A programme as its committees know it.

    `committees` are the ids of those that the person sees, None for all: the PMO and the programme's sponsor see every
    one, others those they sit on. `person` is who asks, without the roles that count here alone: nobody gets into a
    project by them. `projects` are those in use, `seen` the ids of those the person may open.
    """

    id: int
    name: str
    is_archived: bool
    person: Actor
    roles: frozenset[Role]
    committees: frozenset[int] | None
    projects: Mapping[int, Any] = field(default_factory=dict)
    seen: frozenset[int] = frozenset()

    def shows(self, committee_id: int) -> bool:
        """Whether the person sees this committee."""
        return self.committees is None or committee_id in self.committees


def roles_at(person: Actor, *, is_sponsor: bool, parts: Iterable[str]) -> frozenset[Role]:
    """The roles that count at the committees of a programme: its sponsor's, and those of who sits on one.

    A chair or voting member is what somebody of the committee is in a project; a guest reads.
    """
    found = {Role.SPONSOR} if is_sponsor else set[Role]()
    for part in parts:
        found.add(Role.VIEWER if part == "guest" else Role.COMMITTEE)
    return frozenset(found) | (person.roles & SEES_ALL)
