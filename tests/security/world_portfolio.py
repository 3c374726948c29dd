"""A project that waits for another one of its programme, of which only the PMO knows; see `world`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import SYSTEM
from implementor.projects.dependencies import add_dependency
from implementor.projects.models import Project
from tests.auth.builders import working
from tests.projects.builders import NOW, add_project


def add_waiting(app: Flask, ids: dict[str, Any], supplier_id: int, places: Iterable[Any]) -> None:
    """Nobody has a role in the project that waits; every place knows the dependency, which is of none."""
    with working(app) as session:
        programme = select(Project.programme_id).where(Project.id == supplier_id)
        programme_id = session.scalars(programme).one()
    receiver_id = add_project(app, "DEP", programme_id=programme_id, programme_name="")
    with working(app) as session:
        values = {"what": "Waited for", "supplier_id": supplier_id, "receiver_id": receiver_id}
        made = add_dependency(session, {**values, "needed_on": date(2030, 1, 15)}, by=SYSTEM, at=NOW)
        ids |= {"dependency": made.id, "supplier": supplier_id, "receiver": receiver_id}
        for place in places:
            place.ids["project_dependency"] = made.id
