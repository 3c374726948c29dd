"""The blueprint of status reports, finding the report that an address names, and drawing what stands on one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, g

from implementor.finance.permissions import VIEW as SEE_MONEY
from implementor.foundation.errors import NotFound
from implementor.status import report_queries as queries
from implementor.status.composing import compose
from implementor.status.models import StatusReport
from implementor.status.pictures import progress_picture
from implementor.status.veiling import without_money
from implementor.web.guard import actor
from implementor.web.markdown import render_markdown
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("status", __name__)
ROOT = "/projects/<project_key>/status-reports"


def report_or_404(number: int, *, to_change: bool = False) -> StatusReport:
    """The report of that number in this project; kept from others where it is to be changed."""
    statement = queries.report_numbered(project_id=g.project.id, number=number)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found: StatusReport | None = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("status_report")
    return found


def content_of(report: StatusReport) -> dict[str, Any]:
    """What stands on a report for this reader: the frozen content, or what would be frozen now."""
    content = report.content if report.content is not None else compose(session(), report, by=actor(), at=now()).content
    return content if actor().may(SEE_MONEY) else without_money(content)


def sheet_context(content: Mapping[str, Any], *, issued: bool, linked: bool) -> dict[str, Any]:
    """What the template of the sheet is drawn from."""
    return {
        "content": content,
        "issued": issued,
        "linked": linked,
        "picture": progress_picture(content),
        "prose": render_markdown(content["comment"]),
        "money_hidden": bool(content.get("money_hidden")),
    }
