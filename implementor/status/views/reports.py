"""Status reports: the list, one as draft or frozen, writing and issuing it, and beginning a newer edition."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.words import say, speech
from implementor.status import permissions, services
from implementor.status import report_queries as queries
from implementor.status.composing import compose
from implementor.status.forms import DraftForm, ShareForm
from implementor.status.health import DIMENSIONS, colour_choice
from implementor.status.models import FORMATS, StatusReport
from implementor.status.views.routing import ROOT, blueprint, content_of, report_or_404, sheet_context
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

FRESH = "fresh_share"
"""Where the browser keeps a new link until the next page, which shows it this once."""


@blueprint.get(ROOT)
@allow(permissions.VIEW)
def reports(project_key: str) -> Response:
    """The reports of the project, the latest first, with the colours they told."""
    columns = StatusReport.__table__.c
    page = page_of(
        session(),
        queries.rows_of_reports(project_id=g.project.id),
        order_by=[SortKey(columns.number, descending=True)],
        limit=queries.ON_A_PAGE,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    return draw(
        "status/index.html",
        page=page,
        dimensions=DIMENSIONS,
        colour_of=colour_choice,
        may_edit=actor().may(permissions.EDIT) and not g.project.is_archived,
        has_draft=any(row.issued_at is None for row in page.rows),
    )


@blueprint.post(ROOT)
@allow(permissions.EDIT)
def begin(project_key: str) -> ResponseReturnValue:
    """Begin the next report."""
    report = services.begin_report(
        session(), project_id=g.project.id, language=speech().language, by=actor(), at=now(), on=today()
    )
    tell_done(say("Status report %(number)s is a draft now.", number=report.number))
    return redirect(url_for("status.report", number=report.number), 303)


@blueprint.get(f"{ROOT}/<int:number>")
@allow(permissions.VIEW)
def report(project_key: str, number: int) -> Response:
    """One report: what was frozen, or what would be frozen if it were issued now."""
    return draw_report(report_or_404(number))


def draw_report(found: StatusReport, form: ShareForm | None = None, status: int = 200) -> Response:
    """The page of a report."""
    fresh = browser_session.pop(FRESH, None) or {}
    may_share = actor().may(permissions.SHARE) and found.is_issued
    return draw(
        "status/show.html",
        status,
        found=found,
        formats=FORMATS,
        pages=_pages(found),
        files={file.format: file for file in session().scalars(queries.files_of_report(report_id=found.id))},
        newer=session().scalars(queries.edition_after(report_id=found.id)).first(),
        links=session().execute(queries.links_of_report(report_id=found.id)).all() if may_share else [],
        fresh_url=fresh.get("url") if fresh.get("report") == found.id else None,
        form=form or ShareForm(formdata=None),
        now=now(),
        may_edit=actor().may(permissions.EDIT) and not g.project.is_archived,
        may_build=actor().may(permissions.BUILD) and found.is_issued,
        may_share=may_share,
        **sheet_context(content_of(found), issued=found.is_issued, linked=True),
    )


def _pages(found: StatusReport) -> dict[str, Any]:
    """The addresses of files and links, as their pieces of the page ask for them."""
    return {
        "of": {"number": found.number}, "take": "status.take_file", "build": "status.build_files",
        "share": "status.share", "revoke": "status.revoke", "is_withdrawn": found.replaced_at is not None,
    }  # fmt: skip


@blueprint.get(f"{ROOT}/<int:number>/edit")
@allow(permissions.EDIT)
def edit_report(project_key: str, number: int) -> Response:
    """The form of a draft."""
    found = report_or_404(number)
    services.refuse_issued(found)
    return draw("status/edit.html", found=found, form=DraftForm(formdata=None, obj=found).offer())


@blueprint.post(f"{ROOT}/<int:number>")
@allow(permissions.EDIT)
def change_report(project_key: str, number: int) -> ResponseReturnValue:
    """Keep period, language and comment of a draft."""
    found, form = report_or_404(number, to_change=True), DraftForm().offer()
    try:
        services.change_report(session(), found, form.wanted(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw("status/edit.html", 422, found=found, form=form)
    tell_done(say("Status report %(number)s is kept.", number=number))
    return redirect(url_for("status.report", number=number), 303)


@blueprint.post(f"{ROOT}/<int:number>/discard")
@allow(permissions.EDIT)
def discard_report(project_key: str, number: int) -> ResponseReturnValue:
    """Throw a draft away."""
    services.discard_report(session(), report_or_404(number, to_change=True), by=actor(), at=now())
    tell(say("The draft of status report %(number)s is gone.", number=number))
    return redirect(url_for("status.reports"), 303)


@blueprint.post(f"{ROOT}/<int:number>/issue")
@allow(permissions.EDIT)
def issue_report(project_key: str, number: int) -> ResponseReturnValue:
    """Freeze a draft; one that is issued stays as it is."""
    found = report_or_404(number, to_change=True)
    if not found.is_issued:
        made = compose(session(), found, by=actor(), at=now())
        services.issue_report(
            session(), found, made.content, made.colours, last_change_id=made.last_change_id, by=actor(), at=now()
        )
    tell(say("Status report %(number)s is issued and stays as it is.", number=number))
    return redirect(url_for("status.report", number=number), 303)


@blueprint.post(f"{ROOT}/<int:number>/edition")
@allow(permissions.EDIT)
def begin_edition(project_key: str, number: int) -> ResponseReturnValue:
    """Begin the edition that withdraws this report once it is issued."""
    made = services.begin_edition(session(), report_or_404(number, to_change=True), by=actor(), at=now())
    tell_done(say("Status report %(number)s is a draft now.", number=made.number))
    return redirect(url_for("status.report", number=made.number), 303)
