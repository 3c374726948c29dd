"""The waves of a project in their order, and the page of one wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound
from implementor.foundation.words import say
from implementor.governance.catalogue import KINDS, SEVERITIES
from implementor.governance.permissions import OBSTACLE_RAISE
from implementor.history.timeline import timeline_of
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.stages.permissions import WAIVE
from implementor.stories.links import story_name
from implementor.stories.statuses import FINISHED, status_choice
from implementor.stories.value_services import day_of
from implementor.waves import fact_queries, permissions, queries, services
from implementor.waves.board import points_of
from implementor.waves.catalogue import STAGES
from implementor.waves.models import ADOPTION, Wave
from implementor.waves.scope_log import DEEDS, ScopeChange, scope_log
from implementor.waves.value_table import reached_count, value_table
from implementor.waves.views.pictures import burnup_picture
from implementor.waves.views.routing import (
    as_id,
    blueprint,
    frame_of,
    load_text,
    may,
    wants_script_answer,
    wave_or_404,
)
from implementor.web.guard import actor, allow
from implementor.web.language import show_date
from implementor.web.messages import done_quietly, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

STAGE_KEYS = tuple(choice.key for choice in STAGES)


@dataclass(frozen=True)
class UnsaidReason:
    """A reason as it was typed for the change `fact_id`, and why it is not kept."""

    fact_id: int
    typed: str
    fault: str


@blueprint.get("")
@allow(permissions.VIEW)
def index(project_key: str) -> ResponseReturnValue:
    """Every wave with its dates and its load, and the milestones that the project waits for."""
    loads = {row.wave_id: row for row in session().execute(queries.loads_of_project(project_id=g.project.id))}
    waves = list(session().scalars(queries.waves_of_project(project_id=g.project.id)))
    milestones = session().scalars(queries.open_milestones(project_id=g.project.id)).all()
    return draw(
        "waves/index.html",
        waves=waves,
        loads=loads,
        milestones=milestones,
        stages={one.key: one for one in STAGES},
        may_plan=may(permissions.PLAN),
        load_text=load_text,
        today=now().date(),
    )


@blueprint.get("/new")
@allow(permissions.PLAN)
def new(project_key: str) -> ResponseReturnValue:
    """Write down a wave."""
    return redirect(url_for("lists.new", kind="wave"), 303)


@blueprint.post("/order")
@allow(permissions.PLAN)
def order(project_key: str) -> ResponseReturnValue:
    """Put a wave (`card`, an id) behind or before another of the project, or one step up or down."""
    waves = {wave.id: wave for wave in session().scalars(queries.waves_of_project(project_id=g.project.id))}
    wave = waves.get(as_id(request.form.get("card")) or 0)
    if wave is None:
        raise NotFound("wave")
    after, before = _neighbours(list(waves.values()), wave)
    services.order_wave(session(), wave, after=after, before=before, by=actor(), at=now())
    sentence = say("%(wave)s has another place among the waves.", wave=wave.name)
    if wants_script_answer():
        return done_quietly(sentence)
    tell_done(sentence)
    return redirect(url_for("waves.index"), 303)


def _neighbours(waves: Sequence[Wave], wave: Wave) -> tuple[Wave | None, Wave | None]:
    place = waves.index(wave)
    match request.form.get("step"):
        case "up":
            return None, waves[place - 1] if place else None
        case "down":
            return waves[place + 1] if place + 1 < len(waves) else None, None
    by_id = {one.id: one for one in waves}
    after, before = (as_id(request.form.get(name)) for name in ("after", "before"))
    if not {after, before} <= {None, *by_id}:
        raise NotFound("wave")
    return by_id.get(after or 0), by_id.get(before or 0)


@blueprint.get("/<int:number>")
@allow(permissions.VIEW)
def show(project_key: str, number: int) -> ResponseReturnValue:
    """Everything about one wave."""
    return draw_wave(wave_or_404(number))


def draw_wave(wave: Wave, status: int = 200, unsaid: UnsaidReason | None = None) -> Response:
    """The page of a wave; `unsaid` is a reason for a change of its scope that was refused."""
    page = record_page(session(), sheet_of("wave"), present_scope(), wave.id)
    return draw("waves/show.html", status, page=page, unsaid=unsaid, **frame_of(wave), **page_context(wave))


def page_context(wave: Wave) -> dict[str, Any]:
    """What the page of a wave shows, read in a fixed number of statements."""
    rows = session().execute(queries.rows_of_wave(wave_id=wave.id)).all()
    burnup = burnup_picture(session(), wave, project_id=g.project.id, at=now(), on=_asked_day())
    commitments = session().execute(fact_queries.commitments_of(wave_id=wave.id)).all() if wave.is_started else []
    milestones = session().execute(queries.milestones_of_wave(project_id=g.project.id, wave_id=wave.id)).all()
    carried = [row for row in rows if row.status != "dropped"]
    return {
        "groups": grouped(rows),
        "story_name": story_name,
        # one address is built and the numbers are put in: a wave may hold hundreds of stories
        "story_root": url_for("stories.show", number=0).removesuffix("0"),
        "status_choice": status_choice,
        "carried": carried,
        "load": points_of(carried),
        **promised_context(wave, carried),
        "validated": points_of(row for row in rows if row.status in FINISHED),
        "burnup": burnup,
        "scope": scope_change(commitments, rows, wave) if wave.is_started else None,
        "scope_log": _scope_log(wave),
        "scope_deeds": DEEDS,
        "obstacles": session().execute(queries.obstacles_of_wave(wave_id=wave.id)).all(),
        "milestones": milestones,
        "offered": _offered(wave, milestones),
        "kinds": {choice.key: choice for choice in KINDS},
        "severities": {choice.key: choice for choice in SEVERITIES},
        "steps": steps_of(wave),
        "timeline": timeline_of(session(), "wave", wave.id, present_scope(), at=now()),
        "may_report": may(OBSTACLE_RAISE),
        "may_start": may(permissions.START) and not wave.is_archived,
        "may_close": may(permissions.CLOSE) and not wave.is_archived,
    }


def _scope_log(wave: Wave) -> list[ScopeChange]:
    """What changed since the start; nothing is read of a wave that promised nothing yet."""
    if not wave.is_started:
        return []
    return scope_log(session().execute(fact_queries.changes_since_start(wave)), wave)


def promised_context(wave: Wave, carried: Sequence[Any]) -> dict[str, Any]:
    """The value that the stories promised, beside what was reached."""
    promised = value_table(session(), carried, project_id=wave.project_id, on=day_of(now()))
    return {
        "promised": promised,
        "reached": reached_count(promised),
        "may_judge": may(permissions.JUDGE) and wave.stage == ADOPTION,
        "may_waive": may(WAIVE) and wave.is_closed,
    }


def _offered(wave: Wave, milestones: Sequence[Any]) -> list[Any]:
    """Milestones that the wave does not wait for yet."""
    linked = {row.Milestone.id for row in milestones if row.link_id}
    rows = session().execute(queries.milestones_offered(project_id=wave.project_id)).all()
    return [row for row in rows if row.id not in linked]


def grouped(rows: Sequence[Any]) -> list[tuple[Any, list[Any], Decimal]]:
    """Stories by status, in the order of a story's life: the status, its stories, their points."""
    by_status: dict[str, list[Any]] = {}
    for row in rows:
        by_status.setdefault(row.status, []).append(row)
    return [(status_choice(status), found, points_of(found)) for status, found in by_status.items()]


def scope_change(commitments: Sequence[Any], rows: Sequence[Any], wave: Wave) -> dict[str, Any]:
    """What the wave promised at its start, and what came in and left since."""
    promised = {row.story_id for row in commitments}
    added = [row for row in rows if row.id not in promised and row.status != "dropped"]
    removed = [row for row in commitments if row.wave_id != wave.id or row.status == "dropped"]
    return {
        "stories": len(commitments),
        "points": points_of(commitments),
        "added": added,
        "added_points": points_of(added),
        "removed": removed,
        "removed_points": points_of(removed),
    }


def steps_of(wave: Wave) -> list[dict[str, Any]]:
    """The stages a wave passes, as `ui.steps` draws them."""
    moments = {"planning": wave.started_at, "implementation": wave.closed_at, "adoption": wave.finished_at}
    present = STAGE_KEYS.index(wave.stage)
    return [_step(place, choice, present, moments[choice.key]) for place, choice in enumerate(STAGES[:-1])]


def _step(place: int, choice: Any, present: int, left_at: datetime | None) -> dict[str, Any]:
    word, tone = say("Not started"), "neutral"
    if place < present:
        word, tone = say("Done"), "ok"
    elif place == present:
        word, tone = say("Now"), "review"
    note = say("until %(day)s", day=show_date(left_at.date())) if left_at and place < present else None
    return {"name": choice.label, "word": word, "tone": tone, "note": note, "is_current": place == present}


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None
