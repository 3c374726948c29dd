"""Pages for what went wrong: refusals with their reason, missing things, and surprises with a number to quote."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, jsonify, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from implementor.foundation.errors import NotFound, Refusal, SwitchedOff
from implementor.foundation.permissions import Role
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor
from implementor.web.language import choose_speech
from implementor.web.next_page import page_before
from implementor.web.render import draw
from implementor.web.unit_of_work import abandon

log = logging.getLogger("implementor.web")

EXPLANATIONS: dict[int, tuple[Phrase, Phrase]] = {
    400: (say("This request could not be read"), say("Go back, reload the page and try again.")),
    401: (say("Please sign in again"), say("Your session has ended. Sign in and repeat the last step.")),
    403: (say("This is not open to you"), say("Ask the project lead or the PMO for the role that allows it.")),
    404: (say("Nothing is here"), say("The page does not exist, or it belongs to a project you are not part of.")),
    405: (say("This address does not do that"), say("Go back and use the buttons of the page.")),
    409: (say("That cannot be done now"), say("Reload the page to see the present state.")),
    413: (say("This file is too large"), say("Split the file or ask the administrator to raise the limit.")),
    422: (say("Something entered here cannot be used"), say("Correct the marked fields and send it again.")),
    429: (say("Too many attempts"), say("Wait a few minutes and try again.")),
    500: (
        say("Something broke on our side"),
        say("Nothing was changed. Try again; if it stays, quote the number below."),
    ),
    503: (
        say("The data cannot be reached just now"),
        say("Reading and writing wait for the database. Try again soon."),
    ),
}


def explain(status: int, reason: object = None) -> Response:
    """The page for a status, with the reason in place of the general way out where there is one."""
    abandon()
    choose_speech()  # whoever is refused early is told in their language too
    title, way_out = EXPLANATIONS.get(status, EXPLANATIONS[500 if status >= 500 else 400])
    if "application/json" in request.headers.get("Accept", ""):
        return _as_problem(status, title, reason or way_out)
    before = page_before() if status != 401 else None
    return draw("errors/show.html", status, code=status, title=title, reason=reason, way_out=way_out, before=before)


def _as_problem(status: int, title: Phrase, detail: object) -> Response:
    response = jsonify(title=str(title), detail=str(detail), status=status, request_id=g.get("request_id"))
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _on_strange_host(_fault: SecurityError) -> Response:
    """Under a host name that is not ours there are no addresses, so no page with links can be drawn."""
    abandon()
    title, way_out = EXPLANATIONS[400]
    return Response(f"{title}. {way_out}\n", 400, mimetype="text/plain")


def _on_http(fault: HTTPException) -> Response:
    response = explain(fault.code or 500)
    if fault.code == 405 and fault.get_response().headers.get("Allow"):
        response.headers["Allow"] = fault.get_response().headers["Allow"]
    return response


def _on_csrf(_fault: CSRFError) -> Response:
    return explain(400, say("This form was open in another session. Reload the page and send it again."))


def _on_refusal(fault: Refusal) -> Response:
    return explain(409, fault.reason)


def _on_stale(_fault: StaleDataError) -> Response:
    return explain(409, say("Somebody else changed this meanwhile. Reload the page to see the present state."))


def broken_constraint(fault: IntegrityError) -> str:
    """What a constraint is called, or its columns; PostgreSQL's own sentence would quote what people typed."""
    told = getattr(fault.orig, "diag", None)
    return str(told.constraint_name or told.message_primary) if told is not None else str(fault.orig)[:200]


def _on_integrity(fault: IntegrityError) -> Response:
    log.warning("constraint refused a change", extra={"constraint": broken_constraint(fault)})
    return explain(409, say("Somebody else changed this meanwhile. Reload the page to see the present state."))


def _on_missing(fault: NotFound) -> Response:
    can_switch = not actor().roles.isdisjoint((Role.ADMIN, Role.CRM_ADMIN))
    return explain(404, fault.reason if isinstance(fault, SwitchedOff) and can_switch else None)


def _on_database(fault: OperationalError) -> Response:
    log.error("database does not answer", exc_info=fault)
    g.pop("ledger", None)
    return explain(503)


def _on_surprise(fault: Exception) -> Response:
    log.error("surprise", exc_info=fault)
    return explain(500)


def install(app: Flask) -> None:
    """Answer every kind of error with a page."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(SecurityError, _on_strange_host)
    app.register_error_handler(CSRFError, _on_csrf)
    app.register_error_handler(Refusal, _on_refusal)
    app.register_error_handler(NotFound, _on_missing)
    app.register_error_handler(StaleDataError, _on_stale)
    app.register_error_handler(IntegrityError, _on_integrity)
    app.register_error_handler(OperationalError, _on_database)
    if not app.testing:
        app.register_error_handler(Exception, _on_surprise)
