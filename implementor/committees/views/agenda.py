"""Preparing the agenda of a meeting: points of one's own, the order, how long each lasts, what is left out."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.committees import permissions
from implementor.committees.agenda import add_point as put_point
from implementor.committees.agenda import arrange_point
from implementor.committees.views.meetings import draw_meeting, point_form
from implementor.committees.views.routing import blueprint, meeting_or_404, project_about, project_here
from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session


@blueprint.post("/meetings/<int:meeting_id>/points")
@allow(permissions.PREPARE)
def add_point(meeting_id: int) -> ResponseReturnValue:
    """Put a point of one's own on the agenda."""
    found, form = meeting_or_404(meeting_id), point_form()
    try:
        about = project_about(form.project_id)
        made = put_point(
            session(), found, title=form.title.data or "", detail=form.detail.data or "",
            length_minutes=5 if form.length_minutes.data is None else form.length_minutes.data, by=actor(),
            at=now(), project_id=about.id if about is not None else None,
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_meeting(found, 422, point=form)
    tell_done(say("“%(title)s” is on the agenda.", title=made.title))
    if found.is_begun:
        return redirect(url_for(".review", meeting_id=found.id, point=made.id), 303)
    return redirect(url_for(".meeting", meeting_id=found.id, _anchor="agenda"), 303)


@blueprint.post("/meetings/<int:meeting_id>/agenda")
@allow(permissions.PREPARE)
def arrange(meeting_id: int) -> ResponseReturnValue:
    """Move a point, change how long it lasts, leave it out or take it in."""
    found = meeting_or_404(meeting_id)
    arrange_point(
        session(), project_here(), found, request.form.get("key", ""), request.form.get("deed", ""), by=actor(),
        at=now(), length_minutes=whole_number(request.form.get("length_minutes", "").strip()),
    )  # fmt: skip
    tell_done(say("The agenda is changed."))
    return redirect(url_for(".meeting", meeting_id=found.id, _anchor="agenda"), 303)
