"""Naming moments of a plan, and holding the present one against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import say
from implementor.planning import past_queries as queries
from implementor.planning.past import ADDED, KINDS, REMOVED, StoryDifference, differences
from implementor.planning.snapshot_models import PlanSnapshot

LONGEST = 80
NOTHING = Decimal(0)


@dataclass(frozen=True)
class PlanChanges:
    """How a plan differs from what it was; `is_cut` where more was touched than is told."""

    stories: Sequence[StoryDifference]
    is_cut: bool

    def of(self, kind: str) -> list[StoryDifference]:
        """Those that differ in this way."""
        return [one for one in self.stories if one.kind == kind]

    def points(self, kind: str) -> Decimal:
        """The points of stories that came (as they are) or left (as they were)."""
        values = [one.story.points if kind == ADDED else one.was("points") for one in self.of(kind)]
        return sum((Decimal(str(value)) for value in values if value is not None), NOTHING)

    @property
    def counts(self) -> dict[str, int]:
        """How many differ in which way."""
        return {kind: len(self.of(kind)) for kind in KINDS}

    @property
    def net(self) -> Decimal:
        """Points that came less those that left."""
        return self.points(ADDED) - self.points(REMOVED)


def changes_of_plan(session: Session, *, project_id: int, at: datetime, wave_id: int | None = None) -> PlanChanges:
    """How the backlog (or one wave) differs from what it was at `at`, in three statements."""
    present = session.execute(queries.touched_since(project_id=project_id, at=at)).all()
    found = differences(
        present,
        session.execute(queries.facts_since(project_id=project_id, at=at)),
        session.execute(queries.changes_since(project_id=project_id, at=at)),
        at=at,
        wave_id=wave_id,
    )
    return PlanChanges(found, len(present) >= queries.MOST_TOLD)


def name_snapshot(session: Session, *, project_id: int, name: str, by: Actor, at: datetime) -> PlanSnapshot:
    """Name the present moment. Raises InvalidInput beside the name where there is none, or it is taken or too long."""
    cleaned = clean_line(name)
    if not cleaned or len(cleaned) > LONGEST:
        raise InvalidInput({"name": say("Write a name of up to %(most)s characters.", most=LONGEST)})
    key = folded(cleaned)
    if session.scalars(queries.snapshot_named(project_id=project_id, name_key=key)).one_or_none() is not None:
        raise InvalidInput({"name": say("Another snapshot has this name. Choose another one.")})
    made = PlanSnapshot(project_id=project_id, name=cleaned, name_key=key, at=at, by_id=by.user_id)
    session.add(made)
    session.flush()
    return made


def forget_snapshot(session: Session, snapshot: PlanSnapshot) -> None:
    """Take the name away; what happened stays recorded."""
    session.delete(snapshot)
