"""The plan of a wave: the backlog beside it, its scope, load against capacity, and when it will be done."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.charts import Guide
from implementor.foundation.panels import LoadedPanel, Place, panels_of
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.planning import wording
from implementor.planning.filtering import plan_filter
from implementor.planning.load import MUST_AT_MOST
from implementor.planning.plan_warnings import told_of
from implementor.planning.reading import Moment, Shown, WavePlan, plan_of
from implementor.planning.services import Pick
from implementor.planning.views.routing import blueprint, may, version_now, wave_or_404
from implementor.stories.catalogue import MOSCOW
from implementor.stories.links import story_name
from implementor.stories.statuses import status_choice
from implementor.waves.awaited_words import told_awaited
from implementor.waves.catalogue import STAGES
from implementor.waves.fan import fan_chart, finding_of
from implementor.waves.forecast import SHARES
from implementor.waves.models import Wave
from implementor.waves.permissions import PLAN, VIEW
from implementor.waves.queries import open_waves
from implementor.waves.tabs import WaveTab, tabs_of, wave_tab
from implementor.web.guard import actor, allow
from implementor.web.language import settings
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

wave_tab(WaveTab(say("Plan"), "planning.plan"))
PRIORITIES = {choice.key: choice for choice in MOSCOW}


@blueprint.get("/waves/<int:number>/plan")
@allow(VIEW)
def plan(project_key: str, number: int) -> ResponseReturnValue:
    """The plan; 204 to a poll when nothing has changed."""
    version = version_now()
    if request.args.get("poll") == version:
        return Response(status=204)
    wave = wave_or_404(number)
    found = plan_filter(session(), present_scope(), request.args.to_dict(flat=False))
    shown = Shown(found, request.args.get("after") or None, request.args.get("before") or None)
    moment = Moment(now(), today(), settings().time_zone)
    made = plan_of(session(), wave, present_scope(), shown, moment)
    return draw("planning/plan.html", shown=shown, plan=made, **_addresses(wave, shown, made, version), **_around(wave),
                **_words(wave, made))  # fmt: skip


def frame_of(wave: Wave) -> dict[str, Any]:
    """What the frame of a wave's pages shows around a plan."""
    return {
        "wave": wave,
        "stage": next(one for one in STAGES if one.key == wave.stage),
        "tabs": tabs_of(wave.number),
        "may_fill": may(PLAN) and not wave.is_archived and not wave.is_closed,
    }


def _around(wave: Wave) -> dict[str, Any]:
    others = [row for row in session().execute(open_waves(project_id=g.project.id)) if row.id != wave.id]
    return {**frame_of(wave), "others": others, "warnings": told_of(session(), wave), "panels": _panels(wave)}


def _panels(wave: Wave) -> list[LoadedPanel]:
    return panels_of(session(), "wave.plan", Place(actor(), now(), g.project, wave))


def _addresses(wave: Wave, shown: Shown, made: WavePlan, version: str) -> dict[str, Any]:
    """Where the parts of the page lead; one address is built for all stories and their numbers are put in."""
    kept: dict[str, Any] = dict(shown.filter.address)
    place: dict[str, Any] = {name: text for name, text in (("after", shown.after), ("before", shown.before)) if text}

    def page(**cursor: Any) -> str:
        return url_for("planning.plan", number=wave.number, **kept, **cursor)

    return {
        "poll_url": url_for("planning.plan", number=wave.number, poll=version, **kept, **place),
        "next_url": page(after=made.waiting.next) if made.waiting.next else None,
        "previous_url": page(before=made.waiting.previous) if made.waiting.previous else None,
        "story_root": url_for("stories.show", number=0).removesuffix("0"),
        "move_root": url_for("planning.move_page", number=wave.number, story_number=0).removesuffix("0"),
        "ask_url": url_for("planning.breaks", number=wave.number),
    }


def _words(wave: Wave, made: WavePlan) -> dict[str, Any]:
    """How the plan says things; what many stories say alike is put into words once."""
    gates = [Guide(row.review_on, row.title) for row in made.gates]
    found = made.found
    return {
        "wording": wording,
        "awaited": told_awaited(session(), made.made, actor()),
        "lights": {story: (not broken, wording.light_text(broken)) for story, broken in made.lights.items()},
        "mark_of": lambda row, wave_id: Pick(row.id, row.version, wave_id).mark,
        "story_name": story_name,
        "status_choice": status_choice,
        "priorities": PRIORITIES,
        "must_at_most": MUST_AT_MOST,
        "shares": SHARES,
        "chart": fan_chart(made.made, found, gates) if found is not None and found.left else None,
        "finding": finding_of(found) if found is not None and found.left and made.made.runs is not None else None,
        "source": wording.SOURCES.get(made.capacity.source),
    }
