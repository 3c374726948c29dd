"""Reading, writing, changing and removing comments, and what the editor asks for while one writes."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments import queries, services
from implementor.comments.forms import CommentForm
from implementor.comments.models import Comment
from implementor.comments.panel import panel_of
from implementor.comments.people import members
from implementor.comments.permissions import ADD, READ
from implementor.comments.views.routing import Subject, beside_records, blueprint, subject_here, subject_of
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.words import say
from implementor.web.guard import actor, allow, reads_first
from implementor.web.markdown import render_markdown
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@beside_records("/comments/about/<kind>/<int:record_id>", READ, "GET")
def index(kind: str, record_id: int, **_place: str) -> Response:
    """All comments and files of one record, by pages."""
    return draw_index(subject_here(kind, record_id))


def draw_index(subject: Subject, status: int = 200, **forms: Any) -> Response:
    """The page of a record's comments, also for a form that was refused."""
    after, before = request.args.get("after"), request.args.get("before")
    panel = panel_of(session(), subject.ref, actor=actor(), after=after, before=before)
    return draw("comments/index.html", status, subject=subject, panel=panel, **forms)


@beside_records("/comments/about/<kind>/<int:record_id>", ADD, "POST")
def create(kind: str, record_id: int, **_place: str) -> ResponseReturnValue:
    """Say something about a record."""
    subject = subject_here(kind, record_id)
    form = CommentForm()
    try:
        comment = services.add_comment(
            session(), about=subject.ref, project_id=subject.project_id, body=form.body.data or "", by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_index(subject, 422, comment_form=form)
    tell_done(say("Your comment is on %(title)s.", title=subject.title))
    return redirect(f"{subject.url}#comment_{comment.id}", 303)


@beside_records("/comments/<int:comment_id>/edit", ADD, "GET")
def edit(comment_id: int, **_place: str) -> Response:
    """The form over one's own comment."""
    comment, subject = own_comment(comment_id)
    form = CommentForm(formdata=None, data={"body": comment.body})
    return draw("comments/edit.html", subject=subject, comment_id=comment_id, form=form)


@beside_records("/comments/<int:comment_id>", ADD, "POST")
def update(comment_id: int, **_place: str) -> ResponseReturnValue:
    """Say it in other words."""
    comment, subject = own_comment(comment_id)
    form = CommentForm()
    try:
        services.edit_comment(session(), comment, body=form.body.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw("comments/edit.html", 422, subject=subject, comment_id=comment_id, form=form)
    tell_done(say("The comment is changed."))
    return redirect(f"{subject.url}#comment_{comment_id}", 303)


@beside_records("/comments/<int:comment_id>/archive", ADD, "POST")
def archive(comment_id: int, **_place: str) -> ResponseReturnValue:
    """Take a comment away."""
    comment = session().scalars(queries.comment_in_use(comment_id=comment_id)).one_or_none()
    subject = subject_of(comment)
    assert comment is not None
    services.archive_comment(session(), comment, by=actor(), at=now())
    tell_done(say("The comment is removed."))
    return redirect(subject.url, 303)


def own_comment(comment_id: int) -> tuple[Comment, Subject]:
    """A comment for its author; 403 for everybody else who may read it."""
    comment = session().scalars(queries.comment_in_use(comment_id=comment_id)).one_or_none()
    subject = subject_of(comment)
    assert comment is not None
    if comment.created_by_id is None or comment.created_by_id != actor().user_id:
        abort(403)
    return comment, subject


@blueprint.get("/projects/<project_key>/people/options")
@allow(READ)
def people_options(project_key: str) -> Response:
    """People of the project who can be named, for the list that opens while one types a name after @."""
    people = members.of_project(g.project.id)
    found = session().execute(queries.people_offered(people, request.args.get("q", "")[:100]))
    return jsonify(people=[{"id": row.id, "name": row.name} for row in found])


@blueprint.post("/markdown/preview")
@allow(SIGNED_IN)
@reads_first
def preview() -> str:
    """What a text will look like once it is stored."""
    return str(render_markdown(request.form.get("text", "")[: services.LARGEST_IMPORTED]))


def comments_url(subject: Subject) -> str:
    """The page with every comment of a record."""
    return url_for("comments.index", kind=subject.ref.kind, record_id=subject.ref.id)
