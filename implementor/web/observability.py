"""Seeing how the program does: request ids, JSON logs, the address of the figures and the two health pages."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask, Response, abort, g, jsonify, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from implementor.foundation.permissions import ANYONE
from implementor.settings import Settings
from implementor.web.database import db
from implementor.web.figures import count_request, write_figures
from implementor.web.guard import allow
from implementor.web.language import settings
from implementor.web.migrate import is_up_to_date

USABLE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
FIELDS = (
    "request_id",
    "actor_id",
    "user_id",
    "project_id",
    "route",
    "status",
    "ms",
    "statements",
    "constraint",
    "job_id",
)
log = logging.getLogger("implementor.requests")
blueprint = Blueprint("observability", __name__)


class JsonLines(logging.Formatter):
    """One JSON object a line, with ids but without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "event": record.getMessage(),
            "logger": record.name,
        }
        line.update({name: getattr(record, name) for name in FIELDS if hasattr(record, name)})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


def set_up_logging(settings: Settings) -> None:
    """Log to standard error in the chosen shape."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log == "json" else logging.Formatter("%(levelname)s %(message)s"))
    root = logging.getLogger("implementor")
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False


def begin() -> None:
    """Name the request and start its clock; a proxy's own id is kept when one is trusted."""
    given = request.headers.get("X-Request-ID", "")
    trusted = settings().trusted_proxies > 0 and USABLE_ID.fullmatch(given)
    g.request_id = given if trusted else secrets.token_hex(8)
    g.started = time.perf_counter()


def finish(response: Response) -> Response:
    """Count the answer and log one line about it."""
    taken = time.perf_counter() - g.get("started", time.perf_counter())
    route = request.endpoint or "unknown"
    count_request(route, response.status_code, taken)
    if route != "static":
        person, project = g.get("actor"), g.get("project")
        log.info(
            request.method,
            extra={
                "request_id": g.get("request_id"),
                "route": route,
                "status": response.status_code,
                "ms": round(taken * 1000, 1),
                "actor_id": None if g.get("is_unnamed") else person and person.user_id,
                "project_id": project and project.id,
            },
        )
    return response


@blueprint.get("/health/live")
@allow(ANYONE)
def live() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/health/ready")
@allow(ANYONE)
def ready() -> tuple[Response, int]:
    """Whether requests can be served: database, its migrations, and the queue in it."""
    try:
        db.session.execute(text("select 1"))
        state = {"database": "ok", "migrations": "ok" if is_up_to_date(db.engine) else "behind"}
        db.session.execute(text("select count(*) from job where state = 'waiting'"))
        state["queue"] = "ok"
    except SQLAlchemyError:
        log.exception("not ready")
        state = {"database": "away"}
    healthy = all(value == "ok" for value in state.values())
    return jsonify(status="ok" if healthy else "not ready", **state), 200 if healthy else 503


@blueprint.get("/metrics")
@allow(ANYONE)
def metrics() -> Response:
    """Figures for a monitoring system that has the token."""
    token = settings().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not secrets.compare_digest(token.encode(), given.encode()):
        abort(404)
    return Response(write_figures(), mimetype="text/plain; version=0.0.4")


def install(app: Flask) -> None:
    """Watch every request."""
    app.before_request(begin)
    app.after_request(finish)
    app.register_blueprint(blueprint)
