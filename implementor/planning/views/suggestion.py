"""The suggestion for a wave: the best that is known at once, proved by a job where asked, and adopted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import Refusal
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.planning import suggesting
from implementor.planning.posing import MOST_WAVES, Posed, Wish
from implementor.planning.problem import POINTS, cycles
from implementor.planning.suggesting import OtherPlanMeanwhile, Seen, Suggested, seen_now, suggest
from implementor.planning.views import suggestion_words as words
from implementor.planning.views.plan import frame_of
from implementor.planning.views.routing import blueprint, search_under_way, wave_or_404
from implementor.stories.catalogue import MOSCOW
from implementor.stories.links import story_name
from implementor.waves.models import Wave
from implementor.waves.permissions import PLAN, VIEW
from implementor.waves.tabs import WaveTab, wave_tab
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

wave_tab(WaveTab(say("Suggestion"), "planning.suggestion"))
PRIORITIES = {choice.key: choice for choice in MOSCOW}
MOST_PINS = 2000


@blueprint.get("/waves/<int:number>/suggestion")
@allow(VIEW)
def suggestion(project_key: str, number: int) -> ResponseReturnValue:
    """What would be best for the wave, why the rest is left out, and the difference to its present plan."""
    return _draw(wave_or_404(number), wish_of(request.args))


@blueprint.post("/waves/<int:number>/suggestion/exact")
@allow(PLAN)
def find_exact(project_key: str, number: int) -> ResponseReturnValue:
    """Have the best plan found and proved by a worker."""
    wave, wish = wave_or_404(number), wish_of(request.form)
    suggest(session(), wave, wish, today=today())  # says no before a job does
    url = url_for("planning.suggestion", number=number, **address_of(wish))
    job = suggesting.ask_for_exact(session(), wave, wish, url=url, by=actor(), at=now())
    session().flush()  # the answer leads to the job's page
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.post("/waves/<int:number>/suggestion/adopt")
@allow(PLAN)
def adopt_suggestion(project_key: str, number: int) -> ResponseReturnValue:
    """Move every story as the suggestion has it, as one change."""
    wave, wish = wave_or_404(number), wish_of(request.form)
    found = suggest(session(), wave, wish, today=today())
    seen = Seen(
        request.form.get("fingerprint", ""), _pairs(request.form.get("present")), _pairs(request.form.get("plan"))
    )
    try:
        moved = suggesting.adopt(session(), wave, found, seen=seen, by=actor(), at=now())
    except OtherPlanMeanwhile as refusal:
        return _draw(wave, wish, 409, refusal=refusal, seen=seen)
    if moved:
        tell_done(suggesting.moved_words(moved))
    else:
        tell(say("The present plan is the suggested one already."), "notice")
    return redirect(url_for("planning.suggestion", number=number, **address_of(wish)), 303)


def wish_of(sent: Any) -> Wish:
    """What an address or a form wishes; anything that is not understood is as if it was not there."""

    def ids(name: str) -> frozenset[int]:
        return frozenset(found for found in map(whole_number, sent.getlist(name)[:MOST_PINS]) if found)

    waves = whole_number(sent.get("waves", "1")) or 1
    kept_out = ids("out")
    return Wish(max(1, min(waves, MOST_WAVES)), sent.get("people") == "1", ids("in") - kept_out, kept_out)


def address_of(wish: Wish) -> dict[str, Any]:
    """A wish as an address carries it."""
    wanted: dict[str, Any] = {"in": sorted(wish.kept_in), "out": sorted(wish.kept_out)}
    if wish.waves > 1:
        wanted["waves"] = wish.waves
    if wish.by_person:
        wanted["people"] = "1"
    return {name: value for name, value in wanted.items() if value}


def _pairs(text: str | None) -> dict[int, int]:
    """Stories and waves as the page sends them: 12.3-15.3; what is not of that form is left out."""
    found: dict[int, int] = {}
    for pair in (text or "")[:100_000].split("-"):
        story, _dot, wave = pair.partition(".")
        left, right = whole_number(story), whole_number(wave)
        if left is not None and right is not None:
            found[left] = right
    return found


def _as_pairs(plan: Mapping[int, int]) -> str:
    return "-".join(f"{story}.{wave}" for story, wave in plan.items())


def _draw(
    wave: Wave, wish: Wish, status: int = 200, *, refusal: Refusal | None = None, seen: Seen | None = None
) -> Response:
    around = {**frame_of(wave), "wish": wish, "most_waves": MOST_WAVES, "story_name": story_name, "words": words}
    try:
        found = suggest(session(), wave, wish, today=today())
    except Refusal as refused:
        return draw("planning/suggestion.html", status, found=None, refused=refused.reason, **around)
    shown = seen_now(found)
    return draw(
        "planning/suggestion.html",
        status,
        found=found,
        refused=refusal.reason if refusal else None,
        meanwhile=_meanwhile(found.posed, seen, shown) if seen else [],
        sent={"fingerprint": shown.fingerprint, "present": _as_pairs(shown.present), "plan": _as_pairs(shown.plan)},
        places=_places(found),
        rings=[words.named(suggesting.numbers_of(found.posed, ring)) for ring in cycles(found.posed.problem)],
        priorities=PRIORITIES,
        job=search_under_way(suggesting.SOLVE, "wave_id", wave.id),
        **around,
    )


def _places(found: Suggested) -> list[dict[str, Any]]:
    """Each wave with the stories that would be in it, their value, and what they take of what there is."""
    posed, problem = found.posed, found.posed.problem
    lists = []
    for place, wave in enumerate(posed.waves):
        ids = [one.id for one in problem.candidates if found.plan.get(one.id) == place]
        taken = problem.taken(ids)
        holds = problem.rooms[place].holds
        lists.append(
            {
                "wave": wave,
                "rows": [posed.rows[one] for one in ids],
                "value": sum(problem.by_id[one].value for one in ids),
                "points": taken.get(POINTS, 0),
                "loads": [(words.resource_name(posed, key), taken.get(key, 0), held) for key, held in holds.items()],
            }
        )
    return lists


def _meanwhile(posed: Posed, seen: Seen, shown: Seen) -> list[dict[str, Any]]:
    """Stories that stand elsewhere now than on the page that was answered, or would by the suggestion."""
    names = {wave.id: wave.name for wave in posed.waves}
    rows = []
    for story_id in {**seen.present, **seen.plan, **shown.present, **shown.plan}:
        then, to = seen.present.get(story_id), seen.plan.get(story_id)
        present, plan = shown.present.get(story_id), shown.plan.get(story_id)
        if (then, to) != (present, plan) and story_id in posed.rows:
            places = [names.get(one or 0) for one in (then, present, to, plan)]
            rows.append({"row": posed.rows[story_id], "places": places})
    return rows
