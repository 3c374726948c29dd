"""Starting, closing and finishing a wave, each on a page that says what will happen; and its milestones."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, say_n
from implementor.stages.gatekeeping import what_shuts
from implementor.stages.methods import CLOSE, START
from implementor.stories.links import story_name
from implementor.stories.models import Milestone
from implementor.stories.statuses import OVER, status_choice
from implementor.waves import permissions, queries, services
from implementor.waves.board import points_of
from implementor.waves.forms import close_form
from implementor.waves.gate_places import place_of_wave
from implementor.waves.judging import judge_wave
from implementor.waves.models import Wave
from implementor.waves.views.routing import as_id, blueprint, frame_of, wave_or_404
from implementor.web.forms import Form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:number>/start")
@allow(permissions.START)
def start_page(project_key: str, number: int) -> ResponseReturnValue:
    """What the wave will promise."""
    wave = wave_or_404(number)
    rows = session().execute(queries.rows_of_wave(wave_id=wave.id)).all()
    promised = [row for row in rows if row.status != "dropped"]
    return draw(
        "waves/start.html",
        form=Form(),
        rows=promised,
        points=points_of(promised),
        story_name=story_name,
        status_choice=status_choice,
        unestimated=[row for row in promised if row.points is None],
        shut=what_shuts(session(), place_of_wave(session(), wave), START, at=now()),
        **frame_of(wave),
    )


@blueprint.post("/<int:number>/start")
@allow(permissions.START)
def start(project_key: str, number: int) -> ResponseReturnValue:
    """Freeze the commitment and begin."""
    wave = wave_or_404(number)
    count = services.start_wave(session(), wave, by=actor(), at=now())
    tell_done(
        say_n(
            "%(wave)s has started and promises %(count)s story.",
            "%(wave)s has started and promises %(count)s stories.",
            count,
            wave=wave.name,
        )
    )
    return redirect(url_for("waves.show", number=number), 303)


@blueprint.get("/<int:number>/close")
@allow(permissions.CLOSE)
def close_page(project_key: str, number: int) -> ResponseReturnValue:
    """Every unfinished story with the decision it needs."""
    return _draw_close(wave_or_404(number))


@blueprint.post("/<int:number>/close")
@allow(permissions.CLOSE)
def close(project_key: str, number: int) -> ResponseReturnValue:
    """Carry out the decisions; validated stories go live."""
    wave = wave_or_404(number)
    form = _close_form(wave)
    if not form.validate():
        return _draw_close(wave, form, 422)
    try:
        outcome = services.close_wave(session(), wave, _decisions(form), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_close(wave, form, 422)
    tell_done(
        say_n(
            "%(wave)s is closed; %(count)s story is live.",
            "%(wave)s is closed; %(count)s stories are live.",
            outcome["live"],
            wave=wave.name,
        )
    )
    return redirect(url_for("waves.show", number=number), 303)


@blueprint.post("/<int:number>/finish")
@allow(permissions.CLOSE)
def finish(project_key: str, number: int) -> ResponseReturnValue:
    """Leave Adoption."""
    wave = wave_or_404(number)
    services.finish_wave(session(), wave, by=actor(), at=now())
    tell_done(say("%(wave)s is finished.", wave=wave.name))
    return redirect(url_for("waves.show", number=number), 303)


@blueprint.post("/<int:number>/judge")
@allow(permissions.JUDGE)
def judge(project_key: str, number: int) -> ResponseReturnValue:
    """Judge whether its stories reached their value."""
    wave = wave_or_404(number)
    changed = judge_wave(session(), wave, by=actor(), at=now())
    said = ", ".join(f"{status_choice(status).label}: {count}" for status, count in sorted(changed.items()))
    tell_done(
        say("%(wave)s is judged. %(changes)s.", wave=wave.name, changes=said)
        if changed
        else say("%(wave)s is judged: every story stays as it is.", wave=wave.name)
    )
    return redirect(url_for("waves.show", number=number, _anchor="value"), 303)


def _close_form(wave: Wave) -> Form:
    others = [one for one in session().execute(queries.open_waves(project_id=g.project.id)) if one.id != wave.id]
    return close_form(_unfinished(wave), others)


def _unfinished(wave: Wave) -> list[Any]:
    rows = session().execute(queries.rows_of_wave(wave_id=wave.id))
    return [row for row in rows if row.status not in OVER]


def _decisions(form: Form) -> dict[int, str | int]:
    decided: dict[int, str | int] = {}
    for field in form:
        if field.name.startswith("story_") and field.data:
            wave_id = whole_number(str(field.data))
            decided[int(field.name.removeprefix("story_"))] = str(field.data) if wave_id is None else wave_id
    return decided


def _draw_close(wave: Wave, form: Form | None = None, status: int = 200) -> ResponseReturnValue:
    rows = session().execute(queries.rows_of_wave(wave_id=wave.id)).all()
    return draw(
        "waves/close.html",
        status,
        form=form or _close_form(wave),
        story_name=story_name,
        status_choice=status_choice,
        unfinished=[row for row in rows if row.status not in OVER],
        going_live=[row for row in rows if row.status == "validated"],
        shut=what_shuts(session(), place_of_wave(session(), wave), CLOSE, at=now()),
        panels=panels_of(session(), "wave.close", Place(actor(), now(), g.project, wave)),
        **frame_of(wave),
    )


# --- milestones -------------------------------------------------------------------------------------------------------


@blueprint.post("/<int:number>/milestones")
@allow(permissions.PLAN)
def wait(project_key: str, number: int) -> ResponseReturnValue:
    """Let the wave wait for a milestone, or wait no longer (`deed` is stop)."""
    wave = wave_or_404(number)
    milestone = session().get(Milestone, as_id(request.form.get("milestone")) or 0)
    if milestone is None or milestone.project_id != g.project.id:
        abort(404)
    if request.form.get("deed") == "stop":
        services.stop_waiting(session(), wave, milestone, by=actor(), at=now())
        tell_done(say("%(wave)s no longer waits for %(milestone)s.", wave=wave.name, milestone=milestone.title))
    else:
        services.wait_for_milestone(session(), wave, milestone, by=actor(), at=now())
        tell_done(say("%(wave)s waits for %(milestone)s.", wave=wave.name, milestone=milestone.title))
    return redirect(url_for("waves.show", number=number, _anchor="milestones"), 303)
