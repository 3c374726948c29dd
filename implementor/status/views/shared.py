"""A report as somebody reads it who was given a link: the frozen pack, and nothing else of the project."""

from __future__ import annotations

from functools import partial

from flask import redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.auth import browser
from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import ANYONE
from implementor.status import report_queries as queries
from implementor.status import sharing
from implementor.status.guests import come_later, quietly
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
    later = come_later()
    if later is not None:
        return later
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
    found = _found() if come_later() is None else None
    if found is None:
        raise NotFound("pack_file")
    link, report = found
    answer = answer_file(report, format, (report.content or {})["head"]["key"])
    _note(link, format)
    return quietly(answer)


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
