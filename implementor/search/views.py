"""The search page and the answers of the command palette."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from markupsafe import Markup

from implementor.foundation.permissions import SIGNED_IN, Actor
from implementor.foundation.records import kinds
from implementor.foundation.words import Phrase
from implementor.projects.place import ProjectPlace, place_of
from implementor.projects.queries import place_of_project
from implementor.search import finding, jumping, queries
from implementor.search.snippets import marked, pieces_of, snippet_of
from implementor.search.sources import closed_books, searched_kinds
from implementor.search.visits import book, write_visits
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import enter_in_ledger, now, session

blueprint = Blueprint("search", __name__)
ON_A_PAGE = 20
IN_PALETTE = 8
KEPT = ("q", "kind", "project", "order")
_IN_PROJECT = re.compile(r"/projects/([A-Za-z][A-Za-z0-9]{1,9})(?:/|$)")


@dataclass(frozen=True)
class Hit:
    """A found record, ready to be drawn."""

    kind: Phrase
    key: str
    title: Markup
    snippet: Markup
    url: str
    project_name: str | None
    updated_at: datetime


@blueprint.get("/search")
@allow(SIGNED_IN)
def index() -> Response:
    """Records that have the words, the best of the newest or all of them by age."""
    kind = request.args.get("kind", "")
    project = place_at(f"/projects/{request.args.get('project', '')}", actor())
    question = finding.question_of(
        request.args.get("q", ""), kind=kind if kind in kinds else None, project_id=project.id if project else None
    )
    by_age = request.args.get("order") == "newest"
    context = newest_first(question) if by_age else best_first(question)
    return draw(
        "search/index.html",
        question=question,
        chosen_project=project,
        by_age=by_age,
        kinds=[(name, kinds[name].label) for name in searched_kinds()],
        **context,
    )


def best_first(question: finding.Question) -> dict[str, Any]:
    """One page, by rank."""
    answer = finding.Answer() if question.is_empty else finding.best_of(session(), actor(), question)
    shown = list(answer.rows)[:ON_A_PAGE]
    return {
        "hits": hits_of(shown, question),
        "has_more": answer.is_cut or len(answer.rows) > ON_A_PAGE,
        "next_url": None,
        "previous_url": None,
    }


def newest_first(question: finding.Question) -> dict[str, Any]:
    """Any page, by age."""
    after, before = request.args.get("after"), request.args.get("before")
    page = finding.newest_of(session(), actor(), question, limit=ON_A_PAGE, after=after, before=before)
    return {
        "hits": hits_of(page.rows, question),
        "has_more": False,
        "next_url": beside(after=page.next) if page.next else None,
        "previous_url": beside(before=page.previous) if page.previous else None,
    }


def beside(**cursor: Any) -> str:
    """The address of a neighbouring page of this search."""
    kept: dict[str, Any] = {name: request.args[name] for name in KEPT if name in request.args}
    return url_for("search.index", **kept, **cursor)


def hits_of(rows: Sequence[Any], question: finding.Question) -> list[Hit]:
    """Found rows with the words marked in title and text; one statement for all texts."""
    shown = [row for row in rows if row.kind in kinds]
    closed = closed_books(actor())
    read = [row.document_id for row in shown if row.kind not in closed]
    bodies = {row.id: row.body for row in session().execute(queries.bodies_of(read))}
    return [
        Hit(
            kind=kinds[row.kind].label,
            key=row.key,
            title=marked(pieces_of(row.title, question.tokens)),
            snippet=marked(snippet_of(bodies.get(row.document_id, ""), question.tokens)),
            url=address_of(row),
            project_name=row.project_name,
            updated_at=row.updated_at,
        )
        for row in shown
    ]


def address_of(row: Any) -> str:
    """The page of a found record."""
    endpoint, values = kinds[row.kind].endpoint_values(row)
    return url_for(endpoint, **values)


@blueprint.get("/palette")
@allow(SIGNED_IN)
def palette() -> str:
    """Options for what was typed so far: records, pages and actions; what was opened last while nothing is typed."""
    place = place_at(request.args.get("from", ""), actor())
    person = actor().with_roles(place.roles) if place else actor()
    question = finding.question_of(request.args.get("q", ""))
    recent = recently_opened(person, just_now=question.is_empty)
    found = [] if question.is_empty else best_records(person, question, recent)
    app, tokens = current_app._get_current_object(), question.tokens  # type: ignore[attr-defined]
    return render_template(
        "search/_palette.html",
        question=question,
        recent=recent if question.is_empty else [],
        records=found,
        pages=jumping.pages(app, person, place, tokens)[:IN_PALETTE],
        actions=jumping.actions(app, person, place, tokens)[:IN_PALETTE],
        address_of=address_of,
        kinds=kinds,
    )


def best_records(person: Actor, question: finding.Question, recent: Sequence[Any]) -> list[Any]:
    """The first records for the palette."""
    opened = {(row.kind, row.id) for row in recent}
    answer = finding.best_of(session(), person, question, opened=opened)
    return [row for row in answer.rows if row.kind in kinds][:IN_PALETTE]


def recently_opened(person: Actor, *, just_now: bool) -> list[Any]:
    """What the person opened last; with `just_now` also what is not written yet, which is written after this answer."""
    stored = [row for row in session().execute(queries.recent_documents(person)) if row.kind in kinds]
    waiting = book(current_app).take(person.user_id or 0, now()) if just_now else {}
    if not waiting:
        return stored
    enter_in_ledger(partial(write_visits, user_id=person.user_id or 0, visits=waiting))
    found = session().execute(queries.documents_at(person, waiting)).all()
    newest = [row for address in reversed(list(waiting)) for row in found if address.is_of(row)]
    known = {row.document_id for row in newest}
    return [*newest, *(row for row in stored if row.document_id not in known)][: queries.MOST_RECENT]


def place_at(path: str, person: Actor) -> ProjectPlace | None:
    """The project that a path of ours is in, if the person may know of it."""
    named = _IN_PROJECT.match(path)
    rows = session().execute(*place_of_project(person, named[1])).all() if named else []
    return place_of(rows) if rows else None
