"""The company's areas: a tree whose names are told apart, never deleted, never in a circle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth import queries
from implementor.auth.models import Area, Team, User
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import say

LONGEST_NAME = 120


def add_area(
    session: Session, *, name: str, parent_id: int | None = None, head_id: int | None = None, by: Actor, at: datetime
) -> Area:
    """Add an area at the top or below another one."""
    area = Area(name=_checked_name(session, name, None))
    _place(session, area, parent_id, head_id)
    session.add(area)
    session.flush()
    return area


def edit_area(
    session: Session, area: Area, *, name: str, parent_id: int | None, head_id: int | None, by: Actor, at: datetime
) -> None:
    """Rename an area, move it in the tree, or change its head."""
    name = _checked_name(session, name, area.id)
    _place(session, area, parent_id, head_id)
    area.name = name


def archive_area(session: Session, area: Area, *, by: Actor, at: datetime) -> None:
    """Put an area away; what stands below it must have gone elsewhere first."""
    below = [child.name for child in session.scalars(queries.children_of_area(area.id))]
    below += session.scalars(select(Team.name).where(Team.area_id == area.id, Team.archived_at.is_(None)))
    if below:
        raise Refusal(
            say("%(area)s still has %(below)s. Move or archive them first.", area=area.name, below=", ".join(below))
        )
    area.archived_at, area.archived_by_id = at, by.user_id


def restore_area(session: Session, area: Area, *, by: Actor, at: datetime) -> None:
    """Take an area back into use; at the top, where the area above it is put away itself."""
    _checked_name(session, area.name, area.id)
    if area.parent is not None and area.parent.is_archived:
        area.parent_id = None
    area.archived_at = area.archived_by_id = None


def put_back(session: Session, area: Area, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Set earlier values again, for an undo; the rules of name and place hold as for any edit."""
    in_use = values.get("archived_at", area.archived_at) is None
    if in_use and not values.keys().isdisjoint(("name", "archived_at")):
        _checked_name(session, values.get("name", area.name), area.id)
    if in_use and not values.keys().isdisjoint(("parent_id", "archived_at")):
        _place(session, area, values.get("parent_id", area.parent_id), values.get("head_id", area.head_id))
    for name, value in values.items():
        setattr(area, name, value)


def _checked_name(session: Session, name: str, area_id: int | None) -> str:
    name = clean_line(name)
    if not name:
        raise InvalidInput({"name": say("Write a name for the area.")})
    if len(name) > LONGEST_NAME:
        raise InvalidInput({"name": say("A name may have %(longest)s characters.", longest=LONGEST_NAME)})
    same = select(Area.id).where(Area.name_key == folded(name), Area.archived_at.is_(None))
    if session.scalars(same).first() not in (None, area_id):
        raise InvalidInput({"name": say("There is an area of this name already.")})
    return name


def _place(session: Session, area: Area, parent_id: int | None, head_id: int | None) -> None:
    """Set parent and head, both of which must be in use, without closing a circle."""
    parents = {
        row.id: row.parent_id
        for row in session.execute(select(Area.id, Area.parent_id).where(Area.archived_at.is_(None)))
    }
    if parent_id is not None and parent_id not in parents and parent_id != area.parent_id:
        raise InvalidInput({"parent_id": say("Choose an area from the list.")})
    above, steps = parent_id, 0
    while above is not None and steps <= len(parents):
        if area.id is not None and above == area.id:
            raise InvalidInput({"parent_id": say("An area cannot stand below itself.")})
        above, steps = parents.get(above), steps + 1
    if head_id is not None and head_id != area.head_id:
        head = session.get(User, head_id)
        if head is None or head.is_disabled:
            raise InvalidInput({"head_id": say("Choose a person from the list.")})
    area.parent_id, area.head_id = parent_id, head_id
