"""Where a request stands when it is in a project: the few facts about it that every page needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import Actor, Role

SEES_EVERY_PROJECT = frozenset({Role.PMO, Role.SYSTEM})


def sees_every_project(actor: Actor) -> bool:
    """Whether no membership is needed: the PMO plans over all projects, and jobs run in each."""
    return not actor.roles.isdisjoint(SEES_EVERY_PROJECT)


KEYS_READ = "project_keys"


def keys_read(session: Session) -> dict[int, str]:
    """Keys of projects by id that this session read before; they never change."""
    known: dict[int, str] = session.info.setdefault(KEYS_READ, {})
    return known


carried: dict[str, Any] = {}
"""By name: scalar columns over Project that upper packages want of every place, brought by the statement that is asked
anyway; packages add theirs in contributions."""


@dataclass(frozen=True)
class ProjectPlace:
    """A project as the frame knows it, with the roles that the person holds in it."""

    id: int
    key: str
    name: str
    country: str
    region: str | None
    method_key: str
    archived_at: datetime | None
    roles: frozenset[Role]
    carried: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_archived(self) -> bool:
        """Whether the project is put away; it can be read then, not changed."""
        return self.archived_at is not None


def place_of(rows: Sequence[Any]) -> ProjectPlace:
    """The place from the rows of `queries.place_of_project`; NotFound when there are none."""
    if not rows:
        raise NotFound("project")
    first = rows[0]
    return ProjectPlace(
        id=first.id,
        key=first.key,
        name=first.name,
        country=first.country,
        region=first.region,
        method_key=first.method_key,
        archived_at=first.archived_at,
        roles=frozenset(Role(row.role) for row in rows if row.role is not None),
        carried={name: getattr(first, name) for name in carried},
    )
