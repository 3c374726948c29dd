"""Steps and rehearsals as records: their lists, their pages, and the minutes that a rehearsal measured."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences.pages import pages_of, record_to_change
from implementor.cutover import permissions, queries, services
from implementor.cutover.kinds import REHEARSALS, STEPS
from implementor.cutover.models import CutoverRehearsal, CutoverStep
from implementor.cutover.running import run_of
from implementor.cutover.timing import read_times
from implementor.cutover.views.routing import blueprint, tabs_at
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.waves.models import Wave
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session


def parts_of_step(step: CutoverStep) -> dict[str, Any]:
    """Where it stands in the run, and what its rehearsals measured."""
    place = {"project_id": step.project_id, "wave_id": step.wave_id}
    steps = session().scalars(queries.steps_of_wave(**place)).all()
    rehearsals = session().scalars(queries.rehearsals_of_wave(**place)).all()
    measured = [(one, read_times(one.times).get(step.number)) for one in rehearsals]
    return {
        "line": next((one for one in run_of(steps, now()).lines if one.step is step), None),
        "wave": session().get_one(Wave, step.wave_id),
        "measured": [(one, minutes) for one, minutes in measured if minutes is not None],
        "may_run": actor().may(permissions.EDIT) or (actor().may(permissions.RUN) and step.owner_id == actor().user_id),
    }


def parts_of_rehearsal(rehearsal: CutoverRehearsal) -> dict[str, Any]:
    """The steps of the plan with the minutes planned and measured."""
    place = {"project_id": rehearsal.project_id, "wave_id": rehearsal.wave_id}
    steps, times = session().scalars(queries.steps_of_wave(**place)).all(), read_times(rehearsal.times)
    both = [step for step in steps if step.number in times]
    return {
        "steps": steps, "times": times, "may_measure": actor().may(permissions.EDIT) and not rehearsal.is_archived,
        "planned": sum(step.minutes for step in both), "measured": sum(times[step.number] for step in both),
    }  # fmt: skip


@blueprint.post("/rehearsals/<int:record_id>/times")
@allow(permissions.EDIT)
def measure(project_key: str, record_id: int) -> ResponseReturnValue:
    """The minutes of each step; those of steps that are not in the plan any more stay."""
    rehearsal: CutoverRehearsal = record_to_change(CutoverRehearsal, record_id)
    place = {"project_id": rehearsal.project_id, "wave_id": rehearsal.wave_id}
    times: dict[int, int | None] = {**read_times(rehearsal.times)}
    for step in session().scalars(queries.steps_of_wave(**place)):
        typed = request.form.get(f"minutes_{step.number}", "").strip()
        times[step.number] = whole_number(typed) if typed else None
        if typed and times[step.number] is None:
            raise Refusal(say("Give whole minutes for step %(number)s.", number=step.number))
    try:
        services.measure(session(), rehearsal, times, by=actor(), at=now())
    except InvalidInput as fault:
        raise Refusal(fault.reason) from fault
    tell_done(say("The minutes are kept."))
    return redirect(url_for("cutover.rehearsal", project_key=g.project.key, record_id=record_id), 303)


pages_of(
    blueprint, STEPS, "steps", tabs_at, say("Cutover"), part=("cutover/_step.html", parts_of_step),
    listed="cutover/list.html",
)  # fmt: skip
pages_of(
    blueprint, REHEARSALS, "rehearsals", tabs_at, say("Cutover"),
    part=("cutover/_rehearsal.html", parts_of_rehearsal), listed="cutover/list.html",
)  # fmt: skip
