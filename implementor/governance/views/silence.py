"""The page of what rests, and of how long it may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.services.silence import set_limits
from implementor.governance.silence import silent_kinds
from implementor.governance.silent_list import silent_list
from implementor.governance.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/silent")
@allow(permissions.SILENCE_VIEW)
def silent() -> Response:
    """What has not moved for longer than it should."""
    return _draw({})


@blueprint.post("/silent/limits")
@allow(permissions.SILENCE_SET)
def set_silence() -> ResponseReturnValue:
    """Say after how many days records are told of."""
    asked = {kind: request.form[kind] for kind in silent_kinds if kind in request.form}
    days = {kind: whole_number(text.strip()) or 0 for kind, text in asked.items()}
    try:
        set_limits(session(), project_id=g.project.id, days=days, by=actor(), at=now())
    except InvalidInput as refusal:
        return _draw(refusal.errors, asked, 422)
    tell_done(say("The limits are saved."))
    return redirect(url_for("governance.silent"), 303)


def _draw(errors: Mapping[str, Any], asked: Mapping[str, str] | None = None, status: int = 200) -> Response:
    found = silent_list(session(), project_id=g.project.id, by=actor(), at=now())
    may_set = actor().may(permissions.SILENCE_SET)
    kinds = [(kind, silent_kinds[kind].entity, limit) for kind, limit in found.limits.items()]
    return draw(
        "governance/silent.html", status, found=found, kinds=kinds, errors=errors, asked=asked or {}, may_set=may_set
    )
