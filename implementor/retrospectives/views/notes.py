"""What people do at the table: write, put together, vote. Nothing here is kept beside the notes themselves."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.retrospectives import permissions
from implementor.retrospectives.formats import columns_of
from implementor.retrospectives.models import RetroNote, Retrospective
from implementor.retrospectives.queries import retrospectives as queries
from implementor.retrospectives.services import lessons, notes
from implementor.retrospectives.views.routing import (
    back_to,
    blueprint,
    my_hand,
    note_or_404,
    retrospective_or_404,
    table_of,
)
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ALONE, COLUMN = "alone", "column-"
TITLE = 160


@blueprint.post("/retrospectives/<int:retrospective_id>/notes")
@allow(permissions.TAKE_PART)
def write(project_key: str, retrospective_id: int) -> ResponseReturnValue:
    """Put a note into a column."""
    found = retrospective_or_404(retrospective_id)
    place = whole_number(request.form.get("place", ""))
    text = request.form.get("text", "")
    hand = my_hand(table_of(found))
    notes.write_note(session(), found, place=-1 if place is None else place, text=text, hand=hand, by=actor())
    return back_to(found)


@blueprint.get("/retrospectives/<int:retrospective_id>/notes/<int:note_id>")
@allow(permissions.TAKE_PART)
def note(project_key: str, retrospective_id: int, note_id: int) -> Response:
    """What can be done with one note, without dragging."""
    found = retrospective_or_404(retrospective_id)
    return _draw(found, note_or_404(found, note_id))


@blueprint.post("/retrospectives/<int:retrospective_id>/notes/<int:note_id>")
@allow(permissions.TAKE_PART)
def change_note(project_key: str, retrospective_id: int, note_id: int) -> ResponseReturnValue:
    """Write one's own note anew; without a word it is taken away."""
    found = retrospective_or_404(retrospective_id)
    one, text = note_or_404(found, note_id), request.form.get("text", "")
    hand = my_hand(table_of(found))
    try:
        if text.strip():
            notes.change_note(session(), found, one, text=text, hand=hand)
        else:
            notes.remove_note(session(), found, one, hand=hand, by=actor())
    except InvalidInput as refusal:
        return _draw(found, one, refusal, 422)
    return back_to(found)


@blueprint.post("/retrospectives/<int:retrospective_id>/notes/<int:note_id>/move")
@allow(permissions.TAKE_PART)
def move_note(project_key: str, retrospective_id: int, note_id: int) -> ResponseReturnValue:
    """Lay a note under another one (`to` its id), on its own (`alone`), or into a column (`column-2`)."""
    found = retrospective_or_404(retrospective_id)
    one, to = note_or_404(found, note_id), request.form.get("to", "")
    if to.startswith(COLUMN):
        place = whole_number(to.removeprefix(COLUMN))
        notes.put_into(session(), found, one, -1 if place is None else place)
    else:
        head = None if to == ALONE else note_or_404(found, whole_number(to) or 0)
        notes.put_under(session(), found, one, head)
    return back_to(found)


@blueprint.post("/retrospectives/<int:retrospective_id>/notes/<int:note_id>/vote")
@allow(permissions.TAKE_PART)
def vote(project_key: str, retrospective_id: int, note_id: int) -> ResponseReturnValue:
    """Give a vote, or take one back (`way` back)."""
    found = retrospective_or_404(retrospective_id)
    one, hand = note_or_404(found, note_id), my_hand(table_of(found))
    act = notes.take_vote_back if request.form.get("way") == "back" else notes.vote
    act(session(), found, one, hand=hand)
    return back_to(found)


@blueprint.post("/retrospectives/<int:retrospective_id>/notes/<int:note_id>/lesson")
@allow(permissions.LESSON_EDIT)
def note_to_lesson(project_key: str, retrospective_id: int, note_id: int) -> ResponseReturnValue:
    """Write a lesson with the words of a revealed note, to be completed."""
    found = retrospective_or_404(retrospective_id)
    one = note_or_404(found, note_id)
    lesson = lessons.lesson_of_note(session(), found, one, by=actor(), at=now())
    tell(say("%(title)s is a draft. Complete it, then keep it.", title=lesson.title))
    return redirect(url_for("retrospectives.lesson", lesson_id=lesson.id), 303)


def _draw(found: Retrospective, one: RetroNote, refusal: InvalidInput | None = None, status: int = 200) -> Response:
    names = columns_of(found.format, found.own_columns)
    revealed = session().scalars(queries.notes_of(retrospective_id=found.id)).all() if found.is_revealed else []
    heads = [other for other in revealed if other.head_id is None and other.id != one.id]
    is_own = one.hand is not None and one.hand == my_hand(table_of(found))
    context: dict[str, Any] = {"found": found, "note": one, "names": names, "heads": heads, "is_own": is_own}
    text = request.form.get("text", one.text) if refusal else one.text
    problem = next(iter(refusal.errors.values()), None) if refusal else None
    return draw("retrospectives/note.html", status, text=text, problem=problem, **context)
