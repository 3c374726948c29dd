"""A retrospective to take along: its notes as a table or as a text, once they are revealed."""

from __future__ import annotations

from flask import Response, abort, g

from implementor.exchange.writers import csv_lines
from implementor.foundation.errors import Refusal
from implementor.foundation.words import say
from implementor.retrospectives import permissions
from implementor.retrospectives.minutes import rows_of, text_of
from implementor.retrospectives.views.routing import blueprint, retrospective_or_404
from implementor.retrospectives.views.table import table_context
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.unit_of_work import now

FORMS = {"csv": "text/csv", "md": "text/markdown"}


class NotRevealed(Refusal):
    """Nobody takes notes along that are hidden from others."""


@blueprint.get("/retrospectives/<int:retrospective_id>/export.<format>")
@allow(permissions.VIEW)
def export(project_key: str, retrospective_id: int, format: str) -> Response:
    """The notes as the reader sees them."""
    if format not in FORMS:
        abort(404)
    found = retrospective_or_404(retrospective_id)
    if not found.is_revealed:
        raise NotRevealed(say("The notes are not revealed yet."))
    context = table_context(found)
    if format == "md":
        body = text_of(found, context["columns"], context["outcomes"])
    else:
        about = [str(say("Retrospective")), f"{g.project.key} {found.title}", show_moment(now()), actor().name]
        words = (say("Column"), say("Under the note"), say("Note"), say("Who wrote it"), say("Votes"))
        body = "".join(csv_lines(about, [str(word) for word in words], rows_of(context["columns"])))
    name = f"retrospective-{g.project.key}-{found.id}.{format}"
    return Response(body, mimetype=FORMS[format], headers={"Content-Disposition": f"attachment; filename={name}"})
