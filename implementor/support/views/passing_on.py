"""Passing on the requests of the weeks after going live, from the page of these weeks."""

from __future__ import annotations

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.local_days import day_named
from implementor.foundation.text import whole_number
from implementor.foundation.words import say_n
from implementor.support import permissions, queries
from implementor.support.passing_on import pass_on
from implementor.support.views.hypercare import between, draw_weeks, form_of, span_of
from implementor.support.views.inbox import blueprint
from implementor.waves.models import Wave
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session, today


@blueprint.post("/requests/hypercare/pass-on")
@allow(permissions.EDIT)
def pass_on_requests(project_key: str) -> ResponseReturnValue:
    """All requests of the weeks of a wave that are to be taken up become somebody else's."""
    waves = session().execute(queries.waves_live(project_id=g.project.id)).all()
    span = span_of(waves)
    if span is None:
        raise NotFound("wave")
    form = form_of(span)
    try:
        made = pass_on(
            session(), session().get_one(Wave, span.wave.id), whole_number(form.owner_id.data or ""),
            form.note.data or "", handed_on=day_named(form.handed_on.data), days=(span.first, today()),
            **between(span), by=actor(), at=now(),
        )  # fmt: skip
    except InvalidInput as fault:
        form.refuse(fault)
        return draw_weeks(waves, span, 422, form)
    tell_done(say_n("%(count)s request is passed on.", "%(count)s requests are passed on.", made.requests))
    there = url_for("support.hypercare", project_key=g.project.key, wave=span.wave.number, _anchor="passed_on")
    return redirect(there, 303)
