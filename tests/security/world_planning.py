"""A moment of a project's plan that has a name, and a story that came into a wave after its start."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.planning.snapshots import LONGEST, name_snapshot
from implementor.stories.models import StoryFact

if TYPE_CHECKING:
    from tests.security.world import Place


def add_snapshots(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One snapshot in each project."""
    name = f"{place.key} {text}"[:LONGEST]
    made = name_snapshot(session, project_id=place.project_id, name=name, by=by, at=datetime.now(UTC))
    place.ids["snapshot"] = made.id


def add_scope_change(session: Session, _app: Flask, place: Place, _text: str, by: Actor) -> None:
    """A fact that the wave which is built took in a further story."""
    fact = StoryFact(
        project_id=place.project_id, story_id=place.ids["story3"], kind="wave", after=str(place.ids["building"]),
        at=datetime.now(UTC), by_id=by.user_id,
    )  # fmt: skip
    session.add(fact)
    session.flush()
    place.ids["scope_fact"] = fact.id
