"""Pages of the lessons of a project: the list, one of them, keeping, sharing and signing."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments.panel import panel_of
from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS
from implementor.foundation.records import RecordRef, kinds
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.retrospectives import permissions
from implementor.retrospectives.models import Lesson
from implementor.retrospectives.queries import lessons as queries
from implementor.retrospectives.services import lessons as services
from implementor.retrospectives.sources import text_of
from implementor.retrospectives.views.routing import blueprint, lesson_or_404
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/lessons")
@allow(permissions.LESSON_VIEW)
def lessons(project_key: str) -> Response:
    """The lessons of the project, and who signed them."""
    page = list_page(session(), sheet_of("lesson"), present_scope(), request.args.to_dict(flat=False))
    signed = session().execute(queries.signatures_of(project_id=g.project.id)).all()
    taken = {row.LessonSignature.role for row in signed}
    mine = [role for role in PROJECT_ROLES if role in actor().roles and str(role) not in taken]
    may_sign = actor().may(permissions.LESSON_EDIT) and not g.project.is_archived
    return draw(
        "retrospectives/lessons.html", page=page, signed=signed, role_names=ROLE_LABELS,
        mine=mine if may_sign else [], open_url=url_for("retrospectives.offered"),
    )  # fmt: skip


@blueprint.get("/lessons/new")
@allow(permissions.LESSON_EDIT)
def new_lesson(project_key: str) -> ResponseReturnValue:
    """Write one down."""
    return redirect(url_for("lists.new", kind="lesson"), 303)


@blueprint.get("/lessons/<int:lesson_id>")
@allow(permissions.LESSON_VIEW)
def lesson(project_key: str, lesson_id: int) -> Response:
    """Everything about one lesson."""
    found, scope = lesson_or_404(lesson_id), present_scope()
    page = record_page(session(), sheet_of("lesson"), scope, found.id)
    may_edit = actor().may(permissions.LESSON_EDIT) and not found.is_archived
    return draw(
        "retrospectives/lesson.html", lesson=found, page=page, source=_source(found), may_edit=may_edit,
        may_share=actor().may(permissions.LESSON_SHARE) and not found.is_archived,
        talk=panel_of(session(), RecordRef("lesson", found.id), actor=actor()),
        timeline=timeline_of(session(), "lesson", found.id, scope, at=now()), timeline_next_url=None,
    )  # fmt: skip


@blueprint.post("/lessons/<int:lesson_id>/keep")
@allow(permissions.LESSON_EDIT)
def keep_lesson(project_key: str, lesson_id: int) -> ResponseReturnValue:
    """Keep a draft."""
    found = lesson_or_404(lesson_id)
    services.keep_lesson(session(), found, by=actor(), at=now())
    tell_done(say("%(title)s is kept.", title=found.title))
    return redirect(url_for("retrospectives.lesson", lesson_id=lesson_id), 303)


@blueprint.post("/lessons/<int:lesson_id>/share")
@allow(permissions.LESSON_SHARE)
def share_lesson(project_key: str, lesson_id: int) -> ResponseReturnValue:
    """Let everybody read it (`shared` y), or only its project again."""
    found, shared = lesson_or_404(lesson_id), request.form.get("shared") == "y"
    services.share_lesson(session(), found, shared=shared, by=actor(), at=now())
    tell(say("Everybody can read it now.") if shared else say("Only its project reads it now."))
    return redirect(url_for("retrospectives.lesson", lesson_id=lesson_id), 303)


@blueprint.post("/lessons/sign")
@allow(permissions.LESSON_EDIT)
def sign_lessons(project_key: str) -> ResponseReturnValue:
    """Sign that they are complete."""
    services.sign_lessons(session(), project_id=g.project.id, role=request.form.get("role", ""), by=actor(), at=now())
    tell(say("The lessons are signed."))
    return redirect(url_for("retrospectives.lessons"), 303)


@blueprint.post("/lessons/from/<kind>/<int:record_id>")
@allow(permissions.LESSON_EDIT)
def lesson_from(project_key: str, kind: str, record_id: int) -> ResponseReturnValue:
    """Write a lesson with the words of a risk, a decision or an obstacle, to be completed."""
    said = text_of(session(), kind, record_id, project_id=g.project.id)
    if said is None:
        raise NotFound(kind)
    made = services.lesson_of_record(
        session(), RecordRef(kind, record_id), project_id=g.project.id, values=said, by=actor(), at=now()
    )
    tell(say("%(title)s is a draft. Complete it, then keep it.", title=made.title))
    return redirect(url_for("retrospectives.lesson", lesson_id=made.id), 303)


def _source(found: Lesson) -> dict[str, Any] | None:
    """The record that the lesson came from, as far as the reader may see it."""
    if found.source_kind not in kinds or found.source_id is None:
        return None
    kind = kinds[found.source_kind]
    row = session().execute(kind.visible(actor(), [found.source_id])).first()
    if row is None:
        return None
    endpoint, values = kind.endpoint_values(row)
    return {"kind": kind.label, "title": row.title, "url": url_for(endpoint, **values)}
