"""A report as somebody reads it who was given a link: the frozen pack, and nothing else of the project."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from flask import Response, redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth import browser
from implementor.auth.events import SecurityEvent
from implementor.auth.throttling import Limit
from implementor.foundation.errors import NotFound
from implementor.foundation.events import publish
from implementor.foundation.permissions import ANYONE
from implementor.foundation.words import say_n
from implementor.status import report_queries as queries
from implementor.status import sharing
from implementor.status.models import ShareLink, StatusReport
from implementor.status.views.files import answer_file
from implementor.status.views.routing import blueprint, sheet_context
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import enter_in_ledger, now, session

HELD = "shared"
"""Where the browser keeps the token, so that it stays in no history, log or Referer header."""


@blueprint.get("/shared/<token>")
@allow(ANYONE)
def open_shared(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    browser_session[HELD] = token[:200]
    return quietly(redirect(url_for("status.shared"), 303))


@blueprint.get("/shared")
@allow(ANYONE)
def shared() -> ResponseReturnValue:
    """The report, as it was frozen."""
    wait = browser.take_attempt(_limits())
    if wait is not None:
        return quietly(_later(wait))
    found = _found()
    if found is None:
        return quietly(draw("status/dead_link.html", 404, reason=None))
    link, report = found
    _note(link, None)
    content = report.content or {}
    files = session().scalars(queries.files_of_report(report_id=report.id)).all()
    context = sheet_context(content, issued=True, linked=False)
    return quietly(draw("status/shared.html", found=report, link=link, files=files, **context))


@blueprint.get("/shared/files/<format>")
@allow(ANYONE)
def shared_file(format: str) -> ResponseReturnValue:
    """One file of the report."""
    wait = browser.take_attempt(_limits())
    found = _found() if wait is None else None
    if found is None:
        raise NotFound("pack_file")
    link, report = found
    answer = answer_file(report, format, (report.content or {})["head"]["key"])
    _note(link, format)
    return quietly(answer)


def quietly(answer: Response | ResponseReturnValue) -> ResponseReturnValue:
    """The answer, which no search engine keeps and which names itself to nobody."""
    if isinstance(answer, Response):
        answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _later(wait: int) -> Response:
    """For who must wait so many seconds; programs are told, too."""
    said = say_n(
        "Too many attempts. Try again in %(count)s minute.",
        "Too many attempts. Try again in %(count)s minutes.",
        (wait + 59) // 60,
    )
    answer = draw("status/dead_link.html", 429, reason=said)
    answer.headers["Retry-After"] = str(wait)
    publish(session(), SecurityEvent("throttle.reached", now()))
    return answer


def _limits() -> list[Limit]:
    """A room full of readers behind one address may open it, somebody who guesses tokens gets nowhere."""
    five_minutes = timedelta(minutes=5)
    return [Limit(f"shared:address:{browser.block()}", 60, five_minutes), Limit("shared:everybody", 2000, five_minutes)]


def _found() -> tuple[ShareLink, StatusReport] | None:
    return sharing.shared_report(session(), browser_session.get(HELD, ""), at=now())


def _note(link: ShareLink, format: str | None) -> None:
    """In the ledger, because reading writes nothing itself."""
    opened = partial(
        sharing.note_opening,
        project_id=link.project_id,
        link_id=link.id,
        block=browser.block(),
        format=format,
        at=now(),
    )
    enter_in_ledger(opened)
