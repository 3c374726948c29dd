"""The plan of a wave and the backlog held against a day or a named moment, and naming the present one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.local_days import day_named
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, speech
from implementor.lists.record_page import present_scope
from implementor.planning import past, permissions
from implementor.planning import past_queries as queries
from implementor.planning.snapshots import changes_of_plan, forget_snapshot, name_snapshot
from implementor.planning.views.plan import frame_of
from implementor.planning.views.routing import blueprint, may, wave_or_404
from implementor.stories.catalogue import STORY
from implementor.stories.links import story_name
from implementor.stories.statuses import status_choice
from implementor.waves.models import Wave
from implementor.waves.permissions import VIEW
from implementor.web.guard import actor, allow
from implementor.web.language import show_number
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

A_DAY = timedelta(days=1)
HEADINGS = {
    past.ADDED: say("Added"), past.REMOVED: say("Removed"), past.MOVED: say("Moved"),
    past.ESTIMATED: say("Estimated anew"), past.CHANGED: say("Changed otherwise"),
}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """What the plan is held against: the moment (None: none was chosen), what was typed, and what is wrong with it."""

    at: datetime | None
    day: str
    snapshot: str
    fault: Phrase | None = None


@blueprint.get("/waves/<int:number>/plan/changes")
@allow(VIEW)
def wave_changes(project_key: str, number: int) -> ResponseReturnValue:
    """What came into a wave, left it or changed in it since a day (`day`) or a named moment (`snapshot`)."""
    wave = wave_or_404(number)
    return _draw_changes(wave)


@blueprint.get("/backlog/changes")
@allow(VIEW)
def backlog_changes(project_key: str) -> ResponseReturnValue:
    """The same of all stories of the project."""
    return _draw_changes(None)


@blueprint.post("/snapshots")
@allow(permissions.SNAPSHOT)
def take_snapshot(project_key: str) -> ResponseReturnValue:
    """Name the present moment; back to where it was named."""
    number = whole_number(request.form.get("wave", ""))
    wave = wave_or_404(number) if number is not None and number < 2**63 else None
    try:
        made = name_snapshot(
            session(), project_id=g.project.id, name=request.form.get("name", ""), by=actor(), at=now()
        )
    except InvalidInput as refusal:
        return _draw_changes(wave, 422, name_fault=refusal.errors["name"], typed=request.form.get("name", ""))
    tell_done(say("The plan of this moment is kept as %(name)s.", name=made.name))
    return redirect(_page(wave, snapshot=made.id), 303)


@blueprint.post("/snapshots/<int:snapshot_id>/forget")
@allow(permissions.SNAPSHOT)
def forget(project_key: str, snapshot_id: int) -> ResponseReturnValue:
    """Take the name of a moment away."""
    found = session().scalars(queries.snapshot_of(project_id=g.project.id, snapshot_id=snapshot_id)).one_or_none()
    if found is None:
        raise NotFound("snapshot")
    forget_snapshot(session(), found)
    tell(say("%(name)s is no longer kept as a name; what happened stays recorded.", name=found.name))
    return redirect(_page(None), 303)


def _draw_changes(wave: Wave | None, status: int = 200, **more: Any) -> ResponseReturnValue:
    snapshots = session().execute(queries.snapshots_of(project_id=g.project.id)).all()
    asked = _compared(snapshots)
    found = None
    if asked.at is not None:
        found = changes_of_plan(session(), project_id=g.project.id, at=asked.at, wave_id=wave.id if wave else None)
    context = {
        "asked": asked, "found": found, "snapshots": snapshots, "headings": HEADINGS, "name_fault": None, "typed": "",
        "words_of": _words_of(), "story_name": story_name, "may_name": may(permissions.SNAPSHOT), "wave": wave,
        "page_url": _page(wave), **more,
    }  # fmt: skip
    if wave is None:
        return draw("planning/backlog_changes.html", status, **context)
    return draw("planning/wave_changes.html", status, **{**frame_of(wave), **context})


def _page(wave: Wave | None, **query: Any) -> str:
    if wave is None:
        return url_for("planning.backlog_changes", **query)
    return url_for("planning.wave_changes", number=wave.number, **query)


def _compared(snapshots: Sequence[Any]) -> Compared:
    day, snapshot = request.args.get("day", "").strip()[:20], request.args.get("snapshot", "").strip()[:20]
    if snapshot:
        known = next((one for one in snapshots if str(one.id) == snapshot), None)
        if known is None:
            return Compared(None, day, "", say("This snapshot is not there any more. Choose another one."))
        return Compared(known.at, "", snapshot)
    if not day:
        return Compared(None, "", "")
    last = day_named(day)
    if last is None:
        return Compared(None, day, "", say("This is not a day."))
    if last > today():
        return Compared(None, day, "", say("This day is still to come."))
    return Compared(datetime.combine(last + A_DAY, time(), speech().zone).astimezone(UTC), day, "")


def _words_of() -> Any:
    """How values of fields are written: (field, value) -> words; only fields that the reader sees have a label."""
    waves = {str(row.id): row.name for row in session().execute(queries.names_of_waves(project_id=g.project.id))}
    fields = {one.name: one for one in STORY.visible_to(present_scope().actor)}

    def words(name: str, value: Any) -> tuple[Phrase | str, Phrase | str] | None:
        field = fields.get(name)
        if field is None:
            return None
        if name == "wave":
            return field.label, waves.get(str(value), say("Backlog")) if value is not None else say("Backlog")
        if name == "rank":
            return field.label, ""
        if value is None:
            return field.label, "–"
        if name == "status":
            return field.label, status_choice(str(value)).label
        chosen = next((choice.label for choice in field.choices if choice.key == value), None)
        return field.label, chosen if chosen is not None else _plain(value)

    return words


def _plain(value: Any) -> str:
    try:
        return show_number(round(float(value), 2))
    except (TypeError, ValueError):
        return str(value)
