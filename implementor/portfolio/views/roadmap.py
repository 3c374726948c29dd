"""The roadmap of a project, of a programme or of everything that the reader may see, on one axis of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, g, request, url_for

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.governance.heat_map import moment_of
from implementor.planning.scenario_models import Scenario
from implementor.planning.scenario_queries import scenarios_of
from implementor.portfolio.permissions import ROADMAP
from implementor.portfolio.queries import programmes_seen
from implementor.portfolio.roadmap import ALL, WAVE, ZOOMS, Window, collapsed, window_of
from implementor.portfolio.roadmap_past import WORDS, Since, since
from implementor.portfolio.roadmap_picture import Words, roadmap_picture
from implementor.portfolio.roadmap_queries import projects_of
from implementor.portfolio.roadmap_reading import Roadmap, roadmap_of
from implementor.portfolio.roadmap_supposed import SURE, Supposed, supposed
from implementor.portfolio.roadmap_words import (
    KIND_WORDS,
    ZOOM_WORDS,
    about_line,
    counts_of,
    mark_words,
    name_of,
    state_of,
    waits_in_words,
)
from implementor.portfolio.views.replay import day_asked
from implementor.portfolio.views.routing import blueprint, tabs
from implementor.projects.models import Project
from implementor.projects.permissions import LINK
from implementor.waves.permissions import VIEW as SEE_SCENARIOS
from implementor.web.guard import actor, allow
from implementor.web.language import settings, show_date, show_short_month
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

KIND_OF = {"wave": KIND_WORDS[WAVE], "milestone": say("Milestone")}
FEW = 3
"""Projects that are drawn with all their lines unless somebody asks otherwise."""


@blueprint.get("/projects/<project_key>/roadmap")
@allow(ROADMAP)
def project_roadmap() -> Response:
    """Waves, stages, gates and milestones of one project."""
    found = roadmap_of(session(), projects_of(actor(), project_id=g.project.id), today=today(), sees_links=False)
    zone, asked = actor().time_zone, request.args.get("since", "")
    first = session().get_one(Project, g.project.id).created_at.astimezone(ZoneInfo(zone)).date()
    day, fault = day_asked(asked, first=first, last=today()) if asked else (None, None)
    past = since(session(), project_id=g.project.id, at=moment_of(day, zone), now=now()) if day else None
    scenarios = _scenarios()
    chosen = _scenario(scenarios)
    what_if = supposed(session(), chosen, at=now(), zone=settings().time_zone) if chosen else None
    return _draw(
        found, "portfolio/project_roadmap.html", {"project_key": g.project.key}, 422 if fault else 200, past=past,
        what_if=what_if, scenarios=scenarios, since_asked=asked, since_day=day, since_fault=fault, deeds=WORDS,
        kinds_of=KIND_OF, sure=SURE,
    )  # fmt: skip


def _scenarios() -> Sequence[Scenario]:
    """What-ifs of the project that the reader may look at."""
    if not actor().may(SEE_SCENARIOS):
        return ()
    return session().scalars(scenarios_of(project_id=g.project.id)).all()


def _scenario(known: Sequence[Scenario]) -> Scenario | None:
    asked = request.args.get("scenario", "")
    found = next((one for one in known if one.id == whole_number(asked)), None)
    if asked and found is None:
        raise NotFound("scenario")
    return found


@blueprint.get("/portfolio/roadmap")
@allow(SIGNED_IN)
def roadmap() -> Response:
    """The same of a programme, or of every project that the reader may see."""
    programmes = session().scalars(programmes_seen(actor())).all()
    chosen = whole_number(request.args.get("programme", ""))
    if chosen is not None and chosen not in {one.id for one in programmes}:
        raise NotFound("programme")
    projects = projects_of(actor(), programme_id=chosen)
    found = roadmap_of(session(), projects, today=today(), sees_links=actor().may(LINK))
    return _draw(found, "portfolio/roadmap.html", {"programme": chosen}, programmes=programmes, tabs=tabs())


def _draw(
    found: Roadmap, template: str, address: Mapping[str, Any], status: int = 200, *, past: Since | None = None,
    what_if: Supposed | None = None, **context: Any,
) -> Response:  # fmt: skip
    zoom = request.args.get("zoom", "")
    zoom = zoom if zoom in ZOOMS else ALL
    whole = len({line.project for line in found.lines})
    folded = request.args.get("fold", "1" if whole > FEW else "0") == "1"
    window = window_of(
        [*found.lines, *(what_if.lines if what_if else ())], zoom, today(), _day(request.args.get("from", ""))
    )
    lines = collapsed(found.lines) if folded else list(found.lines)
    words = Words(
        str(KIND_WORDS["title"]), show_date, show_short_month, name_of, about_line, mark_words, str(KIND_WORDS["today"])
    )  # fmt: skip
    asked = {**address, "zoom": zoom, "fold": int(folded), "from": request.args.get("from") or None}
    asked |= {"since": context.get("since_asked") or None, "scenario": what_if.scenario.id if what_if else None}
    return draw(
        template, status, lines=lines, past=past, what_if=what_if, every=found.lines, waits=waits_in_words(found),
        window=window, folded=folded,
        picture=roadmap_picture(lines, found.waits, window, today(), words, were=past.bars if past else {},
                                supposed=what_if.bars if what_if else {})
        if found.lines else None,
        ways=_ways(asked, zoom, window), state_of=state_of, counts_of=counts_of, name_of=name_of,
        mark_words=mark_words, kinds=KIND_WORDS, zoom=zoom,
        undated=[line for line in found.lines if line.kind == WAVE and not line.days], **address, **context,
    )  # fmt: skip


def _ways(asked: Mapping[str, Any], zoom: str, window: Window) -> list[dict[str, Any]]:
    """Where one goes from here: nearer, further, earlier, later, folded; each with its key."""
    order = list(ZOOMS)
    place = order.index(zoom)
    nearer, further = order[max(0, place - 1)], order[min(len(order) - 1, place + 1)]
    moves: list[tuple[str, str, dict[str, Any]]] = [
        ("nearer", "+", {"zoom": nearer}),
        ("further", "-", {"zoom": further}),
    ]
    if zoom != ALL:
        moves += [
            ("earlier", ",", {"from": window.moved(-1).first.isoformat()}),
            ("later", ".", {"from": window.moved(1).first.isoformat()}),
            ("now", "0", {"from": None}),
        ]
    moves.append(("unfold" if asked["fold"] else "fold", "x", {"fold": 1 - asked["fold"]}))
    return [
        {"label": ZOOM_WORDS[name], "key": key, "url": url_for(str(request.endpoint), **{**asked, **change})}
        for name, key, change in moves
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
