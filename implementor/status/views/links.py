"""Links by which people without an account read an issued report: making one, revoking it."""

from __future__ import annotations

from flask import g, redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.status import permissions, sharing
from implementor.status import report_queries as queries
from implementor.status.forms import ShareForm
from implementor.status.views.reports import FRESH, draw_report
from implementor.status.views.routing import ROOT, blueprint, report_or_404
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.unit_of_work import now, session


@blueprint.post(f"{ROOT}/<int:number>/links")
@allow(permissions.SHARE)
def share(project_key: str, number: int) -> ResponseReturnValue:
    """Make a link; its address is shown on the next page, this once."""
    found, form = report_or_404(number, to_change=True), ShareForm()
    try:
        link, token = sharing.share_report(
            session(), found, label=form.label.data or "", days=form.chosen_days, by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_report(found, form, 422)
    browser_session[FRESH] = {"report": found.id, "url": url_for("status.open_shared", token=token, _external=True)}
    tell(say("The link for %(label)s is made. Copy it now: it is shown this once.", label=link.label))
    return redirect(url_for("status.report", number=number, _anchor="share"), 303)


@blueprint.post(f"{ROOT}/<int:number>/links/<int:link_id>/revoke")
@allow(permissions.SHARE)
def revoke(project_key: str, number: int, link_id: int) -> ResponseReturnValue:
    """Shut a link."""
    found = report_or_404(number)
    statement = queries.link_of_report(project_id=g.project.id, report_id=found.id, link_id=link_id)
    link = session().scalars(statement).one_or_none()
    if link is None:
        raise NotFound("share_link")
    sharing.revoke_link(session(), link, by=actor(), at=now())
    tell(say("The link for %(label)s is shut.", label=link.label))
    return redirect(url_for("status.report", number=number, _anchor="share"), 303)
