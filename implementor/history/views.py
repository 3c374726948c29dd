"""Pages of history: taking an action back, and everything that was done in a project."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.auth.browser import back
from implementor.foundation.local_days import day_named
from implementor.foundation.records import kinds
from implementor.foundation.words import say, say_n
from implementor.history import queries
from implementor.history.permissions import SEE_HISTORY, UNDO
from implementor.history.project_history import VERBS, Narrowing, lines_of_project
from implementor.history.services import UndoReport, undo_action, visible_action
from implementor.history.wording import entity_of, sentence_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.next_page import opened_next
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("history", __name__)


@blueprint.post("/undo/<int:action_id>")
@allow(UNDO)
def undo(action_id: int) -> ResponseReturnValue:
    """Take an action back and return to where the button was pressed."""
    action, person = visible_action(session(), action_id, by=actor())
    report = undo_action(session(), action, by=person, at=now())
    again = action.verb == "undone"
    what = sentence_of(action).values["what"] if action.verb in ("undone", "redone") else sentence_of(action)
    tell_done(say("Done again: %(what)s", what=what) if again else say("Taken back: %(what)s", what=what))
    _tell_kept(report)
    return redirect(_where_from(), 303)


@blueprint.get("/projects/<project_key>/history")
@allow(SEE_HISTORY)
def of_project() -> Response:
    """What was done in a project, newest first."""
    narrowing = _narrowing()
    lines = lines_of_project(
        session(),
        g.project.id,
        narrowing,
        by=actor(),
        at=now(),
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    people = session().execute(queries.people_in_history(project_id=g.project.id)).all()
    return draw(
        "history/index.html",
        lines=lines,
        narrowing=narrowing,
        people=people,
        verbs=VERBS,
        kinds=kinds,
        page_url=_page_url,
    )


def _narrowing() -> Narrowing:
    """Filters from the address; what cannot be read is left out."""
    kind, verb, person, day = (request.args.get(name, "") for name in ("kind", "verb", "person", "day"))
    return Narrowing(
        kind=kind if kind in kinds else None,
        verb=verb if verb in VERBS else None,
        person=int(person) if person.isascii() and person.isdigit() and len(person) < 19 else None,
        day=day_named(day),
    )


def _page_url(**cursor: str | None) -> str | None:
    """This page at another cursor, with the same filters; None where there is no such page."""
    if not any(cursor.values()):
        return None
    filters = {name: request.args.get(name) or None for name in ("kind", "person", "verb", "day")}
    values: dict[str, Any] = {**filters, **cursor}
    return url_for("history.of_project", project_key=g.project.key, **values)


def _where_from() -> str:
    """The sealed place the form names, else the page the button was on."""
    sealed = request.form.get("next")
    return opened_next(sealed) if sealed else back()


def _tell_kept(report: UndoReport) -> None:
    """Say what was not put back, the first three by name."""
    if not report.kept:
        return
    named = []
    for kept in report.kept[:3]:
        entity = entity_of(kept.kind)
        field = entity.fields.get(kept.field) if entity is not None and kept.field else None
        label = field.label if field is not None else kinds[kept.kind].label if kept.kind in kinds else kept.kind
        named.append(f"{label}: {kept.reason}")
    count = len(report.kept)
    tell(
        say_n("%(count)s change stays. %(which)s", "%(count)s changes stay. %(which)s", count, which=" ".join(named)),
        "warning",
    )
