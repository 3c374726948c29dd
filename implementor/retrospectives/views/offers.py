"""Lessons of other projects that are offered to one, at its beginning and while a wave is planned."""

from __future__ import annotations

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound
from implementor.foundation.words import say
from implementor.retrospectives import permissions
from implementor.retrospectives.offering import offers_for
from implementor.retrospectives.queries import lessons as queries
from implementor.retrospectives.services import lessons as services
from implementor.retrospectives.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/lessons/offered")
@allow(permissions.LESSON_VIEW)
def offered(project_key: str) -> Response:
    """What other projects learned, those that fit this one best first, and what was taken over."""
    taken = session().execute(queries.taken_over(actor(), project_id=g.project.id)).all()
    found = offers_for(session(), g.project, by=actor())
    may_answer = actor().may(permissions.LESSON_EDIT) and not g.project.is_archived
    return draw("retrospectives/offered.html", offers=found, taken=taken, may_answer=may_answer)


@blueprint.post("/lessons/offered/<int:lesson_id>")
@allow(permissions.LESSON_EDIT)
def answer_offer(project_key: str, lesson_id: int) -> ResponseReturnValue:
    """Say that it is of use here, or not."""
    row = session().execute(queries.one_readable(actor(), lesson_id=lesson_id)).one_or_none()
    if row is None or row.Lesson.project_id == g.project.id or row.Lesson.kept_at is None:
        raise NotFound("lesson")
    answer = request.form.get("answer", "")
    services.answer_offer(session(), row.Lesson, project_id=g.project.id, answer=answer, by=actor(), at=now())
    if answer == "kept":
        tell_done(say("%(title)s is kept for this project.", title=row.Lesson.title))
    else:
        tell_done(say("%(title)s is offered no more.", title=row.Lesson.title))
    return redirect(url_for("retrospectives.offered"), 303)
