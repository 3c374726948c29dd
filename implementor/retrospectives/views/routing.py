"""The blueprint of looking back, finding what an address names, and telling whose hand writes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound
from implementor.foundation.hands import hand_of, seat_of
from implementor.retrospectives.models import Lesson, RetroNote, Retrospective, RetroTable
from implementor.retrospectives.queries import lessons as lesson_queries
from implementor.retrospectives.queries import retrospectives as queries
from implementor.web.guard import actor
from implementor.web.unit_of_work import session

blueprint = Blueprint("retrospectives", __name__, url_prefix="/projects/<project_key>")


def retrospective_or_404(retrospective_id: int) -> Retrospective:
    """The retrospective of this project."""
    statement = queries.retrospective_of(project_id=g.project.id, retrospective_id=retrospective_id)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("retrospective")
    return found


def table_of(found: Retrospective) -> RetroTable:
    """What everybody looks at."""
    statement: Any = queries.table_of(project_id=found.project_id, retrospective_id=found.id)
    table: RetroTable = session().scalars(statement).one()
    return table


def note_or_404(found: Retrospective, note_id: int) -> RetroNote:
    """A note that the reader may know of: any after the reveal, before it only one's own."""
    note = session().scalars(queries.note_of(retrospective_id=found.id, note_id=note_id)).one_or_none()
    if note is None or not (found.is_revealed or (note.hand is not None and note.hand == my_hand(table_of(found)))):
        raise NotFound("note")
    return note


def lesson_or_404(lesson_id: int) -> Lesson:
    """The lesson of this project."""
    statement = lesson_queries.lesson_of(project_id=g.project.id, lesson_id=lesson_id)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("lesson")
    return found


def my_hand(table: RetroTable) -> str:
    """The hand of who asks, made of the server's secret and the table's salt; none when the salt is destroyed."""
    return "" if table.salt is None else hand_of(_key(), table.salt, actor().user_id or 0)


def my_seat(salt: str) -> str:
    """The seat of who asks."""
    return seat_of(_key(), salt, actor().user_id or 0)


def back_to(found: Retrospective) -> ResponseReturnValue:
    """To the page of the retrospective, of which a script asks the table alone."""
    return redirect(url_for("retrospectives.show", retrospective_id=found.id), 303)


def _key() -> str:
    secret = current_app.config["SECRET_KEY"]
    return secret if isinstance(secret, str) else bytes(secret).hex()
