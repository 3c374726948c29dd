"""Finds the waves that sprints of a file are, by the key of an earlier import or by name, and makes the new ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.waves.models import Wave
from implementor.waves.moves import watch_limits
from implementor.waves.services import create_wave

SOURCE = "import"
MOST_WAVES = 300
"""More names than that are no sprints, whatever the column is called."""


class WaveBook:
    """The waves of a project under the names that files give them."""

    def __init__(self, session: Session, project_id: int) -> None:
        self.project_id = project_id
        self.by_name: dict[str, int] = {}
        self.closed: set[int] = set()
        self.limits: dict[int, dict[str, Any]] = {}
        self.planned: set[str] = set()
        rows = session.execute(
            select(Wave.id, Wave.name, Wave.external_key, Wave.external_source, Wave.closed_at, Wave.wip_limits)
            .where(Wave.project_id == project_id, Wave.archived_at.is_(None))
            .order_by(Wave.id.desc())
        ).all()
        for row in rows:
            self.by_name[folded(row.name)] = row.id
            if row.closed_at is not None:
                self.closed.add(row.id)
            if row.wip_limits:
                self.limits[row.id] = row.wip_limits
        # the name a wave was imported under is stronger than the names people gave since
        self.by_name |= {row.external_key: row.id for row in rows if row.external_source == SOURCE and row.external_key}

    def id_of(self, name: str) -> int | None:
        """The wave of that name, where it exists."""
        return self.by_name.get(folded(name))

    def has_room(self, names: Iterable[str]) -> bool:
        """Whether these names may still become waves; counts them."""
        new = {folded(name) for name in names} - self.by_name.keys()
        if len(self.planned | new) > MOST_WAVES:
            return False
        self.planned |= new
        return True

    def make(self, session: Session, names: Collection[str], *, by: Actor, at: datetime) -> list[Wave]:
        """Make the waves that do not exist, in the order of their numbers."""
        new = {folded(name): name for name in names if folded(name) not in self.by_name}
        made = []
        for key, name in sorted(new.items(), key=lambda item: natural(item[0])):
            wave = create_wave(
                session, project_id=self.project_id, values={"name": name}, external=_key(session, self, key), by=by,
                at=at,
            )  # fmt: skip
            self.by_name[key] = wave.id
            made.append(wave)
        return made

    def watch(self, session: Session, wave_ids: Collection[int], *, by: Actor, at: datetime) -> None:
        """Note limits that the import passed."""
        for wave_id in wave_ids & self.limits.keys():
            watch_limits(
                session.connection(), project_id=self.project_id, wave_id=wave_id, limits=self.limits[wave_id],
                by_id=by.user_id, at=at,
            )  # fmt: skip


def _key(session: Session, book: WaveBook, key: str) -> tuple[str, str] | None:
    """The import's key of a new wave; None where a wave that was put away holds it."""
    held = select(Wave.id).where(
        Wave.project_id == book.project_id, Wave.external_source == SOURCE, Wave.external_key == key
    )
    return None if session.scalar(held) is not None else (SOURCE, key)


def natural(name: str) -> list[tuple[int, str]]:
    """A key by which Sprint 2 comes before Sprint 10."""
    return [(int(part), "") if part.isdecimal() and len(part) < 16 else (0, part) for part in re.split(r"(\d+)", name)]
