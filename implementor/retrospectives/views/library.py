"""Pages of what was learned in every project that somebody may see, and in none but shared with everybody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from implementor.foundation.errors import NotFound
from implementor.foundation.pages import SortKey, page_of
from implementor.retrospectives import permissions
from implementor.retrospectives.models import Lesson
from implementor.retrospectives.queries import lessons as queries
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session

blueprint = Blueprint("lesson_library", __name__, url_prefix="/lessons")
ROWS, LONGEST = 25, 200


@blueprint.get("")
@allow(permissions.LIBRARY)
def index() -> Response:
    """Every lesson that is kept and may be read, the newest first; `q` are words it says."""
    asked = request.args.get("q", "").strip()[:LONGEST]
    statement = queries.readable(actor())
    for word in asked.split()[:8]:
        statement = statement.where(queries.says(word))
    order = [SortKey(Lesson.__table__.c.kept_at, descending=True), SortKey(Lesson.__table__.c.id, descending=True)]
    after, before = request.args.get("after"), request.args.get("before")
    page = page_of(session(), statement, order_by=order, limit=ROWS, after=after, before=before)
    kept: dict[str, Any] = {"q": asked} if asked else {}
    return draw(
        "retrospectives/library.html", rows=page.rows, asked=asked,
        next_url=url_for("lesson_library.index", after=page.next, **kept) if page.next else None,
        previous_url=url_for("lesson_library.index", before=page.previous, **kept) if page.previous else None,
    )  # fmt: skip


@blueprint.get("/<int:lesson_id>")
@allow(permissions.LIBRARY)
def show(lesson_id: int) -> Response:
    """One lesson as others read it."""
    row = session().execute(queries.one_readable(actor(), lesson_id=lesson_id)).one_or_none()
    if row is None:
        raise NotFound("lesson")
    inside = url_for("retrospectives.lesson", project_key=row.project_key, lesson_id=lesson_id)
    return draw(
        "retrospectives/library_lesson.html", lesson=row.Lesson, project_name=row.project_name,
        page_url=inside if row.is_inside else None,
    )  # fmt: skip
