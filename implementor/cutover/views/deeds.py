"""What is said of a step in the night: it has begun, is over, failed, is left out, or is taken up anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences.pages import record_to_change
from implementor.cutover import permissions, services
from implementor.cutover.models import CutoverStep
from implementor.cutover.views.routing import blueprint
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.waves.models import Wave
from implementor.web.guard import actor, allow
from implementor.web.unit_of_work import now, session


@blueprint.post("/steps/<int:record_id>/begin")
@allow(permissions.RUN)
def begin(project_key: str, record_id: int) -> ResponseReturnValue:
    """It has begun."""
    return _done(services.begin, record_id)


@blueprint.post("/steps/<int:record_id>/finish")
@allow(permissions.RUN)
def finish(project_key: str, record_id: int) -> ResponseReturnValue:
    """It is carried out."""
    return _done(services.finish, record_id)


@blueprint.post("/steps/<int:record_id>/fail")
@allow(permissions.RUN)
def fail(project_key: str, record_id: int) -> ResponseReturnValue:
    """It failed, with a reason."""
    return _done(services.fail, record_id, request.form.get("reason", ""))


@blueprint.post("/steps/<int:record_id>/skip")
@allow(permissions.RUN)
def skip(project_key: str, record_id: int) -> ResponseReturnValue:
    """It is left out, with a reason."""
    return _done(services.skip, record_id, request.form.get("reason", ""))


@blueprint.post("/steps/<int:record_id>/reopen")
@allow(permissions.RUN)
def reopen(project_key: str, record_id: int) -> ResponseReturnValue:
    """It is taken up anew."""
    return _done(services.open_again, record_id)


def _done(deed: Callable[..., None], record_id: int, *said: Any) -> ResponseReturnValue:
    step: CutoverStep = record_to_change(CutoverStep, record_id)
    try:
        deed(session(), step, *said, by=actor(), at=now())
    except InvalidInput as fault:
        raise Refusal(fault.reason) from fault
    if request.form.get("back") == "step":
        return redirect(url_for("cutover.step", project_key=g.project.key, record_id=record_id), 303)
    wave = session().get_one(Wave, step.wave_id)
    there = url_for("cutover.run", project_key=g.project.key, wave=wave.number, _anchor=f"step_{step.number}")
    return redirect(there, 303)
