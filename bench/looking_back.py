"""A retrospective at which ten people sit, for the bench: what their browsers ask for every few seconds."""

from collections.abc import Mapping
from datetime import datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.hands import seat_of
from implementor.foundation.permissions import Actor
from implementor.projects.models import Project
from implementor.retrospectives.models import RetroTable
from implementor.retrospectives.services.notes import be_here, write_note
from implementor.retrospectives.services.retrospectives import create_retrospective

NOTES = 40


def add_table(session: Session, app: Flask, key: str, actors: Mapping[str, Actor], at: datetime) -> str:
    """Everybody of the project sits at it and wrote several notes; answers the address of a poll that finds no news."""
    project_id = session.scalars(select(Project.id).where(Project.key == key)).one()
    people = list(actors.values())
    found = create_retrospective(session, project_id=project_id, values={"title": "Wave 1"}, by=people[0], at=at)
    table = session.scalars(select(RetroTable).where(RetroTable.retrospective_id == found.id)).one()
    for number in range(NOTES):
        by = people[number % len(people)]
        write_note(session, found, place=0, text=f"Thought {number}", hand=f"hand {by.user_id}", by=by)
    for by in people:
        seat = seat_of(app.config["SECRET_KEY"], table.salt or "", by.user_id or 0)
        be_here(session, found, seat=seat, by=by, at=at)
    session.refresh(table)
    return f"/projects/{key}/retrospectives/{found.id}/table?poll={table.revision}"
