"""One's own requests: written on a page of the CRM, with what became of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.support import permissions, queries, services
from implementor.support.catalogue import KINDS, STATES
from implementor.support.models import SupportRequest
from implementor.support.roster import reachable
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("own_requests", __name__, url_prefix="/requests")


@blueprint.get("/")
@allow(permissions.ASK)
def mine() -> Response:
    """What one sent, the newest first, with answers and stories."""
    rows = session().execute(queries.own_requests(user_id=actor().user_id or 0).limit(200)).all()
    return draw(
        "support/mine.html", rows=rows, states={choice.key: choice for choice in STATES},
        kinds={choice.key: choice.label for choice in KINDS},
    )  # fmt: skip


@blueprint.get("/new")
@allow(permissions.ASK)
def new() -> Response:
    """An empty form; `from` is the page on which somebody pressed the button."""
    return _draw({"page": _path(request.args.get("from", ""))}, {})


@blueprint.post("/new")
@allow(permissions.ASK)
def send() -> ResponseReturnValue:
    """Send it; what was typed stays where it cannot be."""
    typed = {name: request.form.get(name, "") for name in ("name", "body", "kind")}
    page = _path(request.form.get("page", ""))
    kind = typed["kind"] if typed["kind"] in {choice.key for choice in KINDS} else "how_to"
    try:
        services.ask(
            session(), name=typed["name"], body=typed["body"], kind=kind, page=page or None, about=_record_at(page),
            by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as fault:
        return _draw({**typed, "page": page}, fault.errors), 422
    tell_done(say("Your request is on its way. What becomes of it stands here."))
    return redirect(url_for("own_requests.mine"), 303)


@blueprint.post("/<int:request_id>/open")
@allow(permissions.ASK)
def open_again(request_id: int) -> ResponseReturnValue:
    """It is not settled for its sender."""
    found = session().get(SupportRequest, request_id)
    if found is None or found.created_by_id != actor().user_id or found.is_archived:
        raise NotFound("support_request")
    services.open_again(session(), found, by=actor(), at=now())
    tell_done(say("The request is open again."))
    return redirect(url_for("own_requests.mine"), 303)


def _draw(typed: dict[str, Any], faults: Any) -> Response:
    given = {"name": "", "body": "", "kind": "how_to"} | typed
    project_id = session().scalars(queries.project_that_hears(user_id=actor().user_id or 0).limit(1)).one_or_none()
    there, coming = reachable(session(), project_id, now()) if project_id else ((), None)
    return draw("support/new.html", typed=given, faults=faults, kinds=KINDS, there=there, coming=coming)


def _path(given: str) -> str:
    """A path of this program, or nothing."""
    is_ours = given.startswith("/") and not given.startswith("//") and len(given) <= services.LONGEST_PAGE
    return given if is_ours and given.isprintable() else ""


def _record_at(page: str) -> RecordRef | None:
    """The record that a page of the CRM shows."""
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(page.partition("?")[0] or "/")
    except HTTPException:
        return None
    kind = endpoint.partition(".")[0].removesuffix("s")
    kind = {"opportunitie": "opportunity"}.get(kind, kind)
    return RecordRef(kind, int(values["record_id"])) if page.startswith("/crm/") and "record_id" in values else None
