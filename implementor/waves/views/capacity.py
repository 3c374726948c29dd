"""The capacity of a wave as a grid: filled in with the keyboard, saved at once, and given away as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange.table_files import table_file
from implementor.foundation.words import Phrase, say
from implementor.projects.queries import people_of_project, titles_of_projects
from implementor.waves import permissions
from implementor.waves.capacity import NONE, RATE, STATED, VELOCITY, WaveCapacity
from implementor.waves.capacity_grid import grid_of, read_grid
from implementor.waves.capacity_queries import profiles_of
from implementor.waves.capacity_reading import capacity_of
from implementor.waves.capacity_services import StaleCapacity, copy_capacity, kept_of, write_capacity
from implementor.waves.models import Wave
from implementor.waves.tabs import WaveTab, wave_tab
from implementor.waves.views.routing import blueprint, frame_of, may, wave_or_404
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

SOURCES = {
    STATED: say("stated for this wave"),
    VELOCITY: say("from the median of the last finished waves"),
    RATE: say("from the stated rate"),
    NONE: say("not known yet"),
}
wave_tab(WaveTab(say("Capacity"), "waves.capacity"))


@blueprint.get("/<int:number>/capacity")
@allow(permissions.VIEW)
def capacity(project_key: str, number: int) -> ResponseReturnValue:
    """Who has time in the wave, and what that comes to."""
    return _draw(wave_or_404(number))


@blueprint.post("/<int:number>/capacity")
@allow(permissions.PLAN)
def save_capacity(project_key: str, number: int) -> ResponseReturnValue:
    """Keep the whole grid; 422 with it when something cannot be read, 409 when another stands by now."""
    wave = wave_or_404(number)
    kept = kept_of(session(), wave)
    typed = read_grid(_sent(), grid_of(kept, _members()))
    if typed.faults:
        return _draw(wave, typed.faults, 422)
    try:
        write_capacity(
            session(), wave, typed.shares, typed.absences, typed.rate, seen=request.form.get("version", ""), by=actor(),
            at=now(),
        )  # fmt: skip
    except StaleCapacity as stale:
        return _draw(wave, {"grid": stale.reason}, 409)
    tell_done(say("The capacity of %(wave)s is saved.", wave=wave.name))
    return redirect(url_for("waves.capacity", number=number), 303)


@blueprint.post("/<int:number>/capacity/copy")
@allow(permissions.PLAN)
def copy_last_capacity(project_key: str, number: int) -> ResponseReturnValue:
    """Take over people and placeholders of the wave before, without their days off."""
    wave = wave_or_404(number)
    before = copy_capacity(session(), wave, by=actor(), at=now())
    tell_done(say("People and shares of %(before)s are taken over; days off are not.", before=before))
    return redirect(url_for("waves.capacity", number=number), 303)


@blueprint.get("/<int:number>/capacity/export.<format>")
@allow(permissions.VIEW)
def export_capacity(project_key: str, number: int, format: str) -> ResponseReturnValue:
    """A row for each person and placeholder; why somebody is away is in no file."""
    wave = wave_or_404(number)
    about = [str(say("Capacity")), f"{g.project.key} {wave.name}", show_moment(now()), actor().name]
    header = [str(one) for one in (say("Person"), say("Profile"), say("Days"), say("Hours"), say("Points"),
                                   say("Over"))]  # fmt: skip
    made = capacity_of(session(), wave, today=now().date())
    rows = [[one.name, one.profile, one.days, one.hours, one.points, one.over] for one in made.people]
    return table_file(f"capacity-{g.project.key}-{wave.number}", format, about=about, header=header, rows=rows)


def _members() -> list[Any]:
    return list(session().execute(people_of_project(project_id=g.project.id)).all())


def _sent() -> dict[str, str]:
    """What the form sends, without reasons where the person does not see them."""
    sent = dict(request.form.items())
    return sent if may(permissions.START) else {key: text for key, text in sent.items() if key[:7] != "reason_"}


def _names_seen(made: WaveCapacity) -> dict[int, str]:
    """Keys of the other projects that the reader may see, by id."""
    ids = {clash.other.project_id for one in made.over for clash in one.clashes}
    return {row.id: row.project_key for row in session().execute(titles_of_projects(actor(), ids))}


def _draw(wave: Wave, faults: Mapping[str, Phrase] | None = None, status: int = 200) -> Response:
    kept = kept_of(session(), wave)
    made = capacity_of(session(), wave, today=now().date())
    members = _members()
    may_write = may(permissions.PLAN) and not wave.is_archived
    return draw(
        "waves/capacity.html", status, made=made, grid=grid_of(kept, members), members=members, version=kept.version,
        faults=faults or {}, typed=request.form if status != 200 else {}, may_write=may_write,
        sees_reasons=may(permissions.START), sources=SOURCES, names_seen=_names_seen(made),
        profiles=session().scalars(profiles_of(project_id=wave.project_id)).all(), is_stale=status == 409,
        rooms={one.key: one for one in made.people},
        **frame_of(wave),
    )  # fmt: skip
