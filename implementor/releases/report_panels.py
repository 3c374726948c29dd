"""Kept reports on their way: what stories bring for a wanted report, and what brought the report that is read."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from implementor.discovery.permissions import EDIT
from implementor.discovery.queries import stories_of_requirement
from implementor.foundation.panels import Data, Place
from implementor.releases.item_panel import state_of
from implementor.releases.item_queries import items_of_stories
from implementor.releases.kinds.reports import ReportKind
from implementor.releases.origins import steps_of
from implementor.releases.permissions import READ_RELEASES, VIEW_ITEMS


def load_of_requirement(session: Session, place: Place) -> Data:
    """The reports that stories derived from a wanted report carry, and how far each is."""
    if not place.actor.may(VIEW_ITEMS):
        return None
    wanted: Any = place.record
    stories = [row.id for row in session.execute(stories_of_requirement(requirement_id=wanted.id))]
    if not stories:
        return None
    found = session.scalars(items_of_stories(project_id=wanted.project_id, story_ids=stories))
    items = [(one, *state_of(one.state, one.release_number, None)) for one in found if one.kind == ReportKind.key]
    may_edit = place.actor.may(EDIT) and not wanted.is_archived
    return {"items": items, "wanted": wanted, "may_edit": may_edit} if items else None


def load_of_report(session: Session, place: Place) -> Data:
    """Which story, wave and release brought a report; by hand where none did."""
    if not place.actor.may(READ_RELEASES):
        return None
    steps = steps_of(session, place.record.uid, str(place.record.label), actor=place.actor)
    return {"steps": steps} if steps else None
