"""A report as somebody reads it who was given a link: the frozen pack, and nothing else of the project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from implementor.auth import browser
from implementor.foundation.permissions import ANYONE
from implementor.status import report_queries as queries
from implementor.status import sharing
from implementor.status.guests import Door
from implementor.status.models import ShareLink, StatusReport
from implementor.status.views.files import answer_file
from implementor.status.views.routing import blueprint, sheet_context
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/shared/<token>")
@allow(ANYONE)
def open_shared(token: str) -> ResponseReturnValue:
    """Take the token out of the address."""
    return DOOR.take_token(token)


@blueprint.get("/shared")
@allow(ANYONE)
def shared() -> ResponseReturnValue:
    """The report, as it was frozen."""
    return DOOR.open()


@blueprint.get("/shared/files/<format>")
@allow(ANYONE)
def shared_file(format: str) -> ResponseReturnValue:
    """One file of the report."""
    return DOOR.take_file(format)


def _show(link: ShareLink, report: StatusReport) -> Response:
    files = session().scalars(queries.files_of_report(report_id=report.id)).all()
    context = sheet_context(report.content or {}, issued=True, linked=False)
    return draw("status/shared.html", found=report, link=link, files=files, **context)


def _opened(link: ShareLink, format: str | None) -> Callable[[Any], None]:
    block, at = browser.block(), now()
    return partial(
        sharing.note_opening, project_id=link.project_id, link_id=link.id, block=block, format=format, at=at
    )  # fmt: skip


DOOR = Door[ShareLink, StatusReport](
    held="shared", page="status.shared", find=lambda token: sharing.shared_report(session(), token, at=now()),
    opened=_opened, show=_show,
    file=lambda report, format: answer_file(report, format, (report.content or {})["head"]["key"]),
)  # fmt: skip
