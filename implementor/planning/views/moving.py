"""Moving stories on a plan: by drag and by key, several at once, by form, and what a move would break."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, say_n
from implementor.planning import wording
from implementor.planning.dependencies import Place, broken_by
from implementor.planning.reading import links_of, place_of
from implementor.planning.services import Neighbours, Pick, pick_of, place_name, replan, wave_to_go_to
from implementor.planning.views.plan import frame_of
from implementor.planning.views.routing import blueprint, wave_or_404
from implementor.stories.links import story_name
from implementor.stories.models import Story
from implementor.stories.queries import story_by_number
from implementor.waves.models import Wave
from implementor.waves.permissions import PLAN
from implementor.waves.queries import wave_of_story, waves_of_project
from implementor.web.guard import actor, allow
from implementor.web.messages import done_quietly, tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

BACKLOG, WAVE = "backlog", "wave"
MOST_PICKED = 500


@blueprint.post("/waves/<int:number>/plan/move")
@allow(PLAN)
def move(project_key: str, number: int) -> ResponseReturnValue:
    """Move one story as a script asks: `card`, `version` as drawn, `status` (backlog or wave), `after` and `before`."""
    wave = wave_or_404(number)
    pick = pick_of(request.form.get("card", ""), request.form.get("version", ""))
    to = wave if request.form.get("status") == WAVE else None
    between = Neighbours(_id("after"), _id("before"))
    _replan([pick], to, between)
    story = session().get_one(Story, pick.story_id)
    sentence = say("%(story)s is in %(place)s.", story=story_name(story.number), place=place_name(to))
    response = done_quietly(sentence)
    response.headers["X-Implementor-Version"] = Pick(story.id, story.version, to.id if to else None).mark
    return response


@blueprint.post("/waves/<int:number>/plan")
@allow(PLAN)
def move_chosen(project_key: str, number: int) -> ResponseReturnValue:
    """Put the chosen stories (`picks`, as drawn) where `to` says: the id of a wave, or backlog."""
    wave = wave_or_404(number)
    texts = request.form.getlist("picks")[:MOST_PICKED]
    picks = [pick_of(*text.partition(":")[::2]) for text in texts]
    to = wave_to_go_to(session(), project_id=g.project.id, text=request.form.get("to", ""))
    if not picks:
        tell(say("Nothing was chosen. Tick the stories to move."), "notice")
        return _back(wave)
    count = len(_replan(picks, to))
    tell_done(
        say_n("%(count)s story is in %(place)s now.", "%(count)s stories are in %(place)s now.", count,
              place=place_name(to))
        if count
        else say("They are in %(place)s already.", place=place_name(to))
    )  # fmt: skip
    return _back(wave)


@blueprint.get("/waves/<int:number>/plan/stories/<int:story_number>")
@allow(PLAN)
def move_page(project_key: str, number: int, story_number: int) -> ResponseReturnValue:
    """Every place a story could go to, each with what the move would break."""
    wave, story = wave_or_404(number), _story_or_404(story_number)
    present = session().execute(wave_of_story(story_id=story.id)).one_or_none()
    targets = _targets(story, present.id if present else None)
    return draw(
        "planning/move.html",
        story=story,
        name=story_name(story.number),
        present=present.name if present else say("Backlog"),
        pick=Pick(story.id, story.version, present.id if present else None),
        targets=targets,
        **frame_of(wave),
    )


@blueprint.get("/waves/<int:number>/plan/breaks")
@allow(PLAN)
def breaks(project_key: str, number: int) -> ResponseReturnValue:
    """What putting a story (`card`, its id) into the wave or the backlog would break, for a script that asks."""
    wave = wave_or_404(number)
    story_id = whole_number(request.args.get("card", ""))
    if story_id is None or story_id >= 2**63:
        raise NotFound("story")
    links = links_of(session(), g.project.id, [story_id])
    said = {WAVE: broken_by(links, {story_id}, place_of(wave)), BACKLOG: broken_by(links, {story_id}, None)}
    return jsonify({column: str(wording.break_text(found)) for column, found in said.items() if found})


def _replan(picks: Sequence[Pick], to: Wave | None, between: Neighbours | None = None) -> list[Story]:
    return replan(session(), project_id=g.project.id, picks=picks, to=to, between=between, by=actor(), at=now())


def _targets(story: Story, present: int | None) -> list[tuple[str, Phrase | str, Phrase | None]]:
    """Where a story can go: the value of the form, the name, and what the move would break."""
    links = links_of(session(), g.project.id, [story.id])
    waves = [one for one in session().scalars(waves_of_project(project_id=g.project.id)) if not one.is_closed]
    places: list[tuple[str, Phrase | str, Place | None]] = [(BACKLOG, say("Backlog"), None)] if present else []
    places += [(str(one.id), one.name, place_of(one)) for one in waves if one.id != present]
    found = [(value, name, broken_by(links, {story.id}, place)) for value, name, place in places]
    return [(value, name, wording.break_text(broken) if broken else None) for value, name, broken in found]


def _story_or_404(number: int) -> Story:
    story = session().scalars(story_by_number(project_id=g.project.id, number=number)).one_or_none()
    if story is None or story.is_archived:
        raise NotFound("story")
    return story


def _id(name: str) -> int | None:
    """The id of a neighbour; None where there is none."""
    text = request.form.get(name, "")
    number = whole_number(text) if text else None
    if text and (number is None or number >= 2**63):
        raise InvalidInput({name: say("This is not a story.")})
    return number


def _back(wave: Wave) -> Response:
    """The plan with the filter it had."""
    kept = {name: request.form[name] for name in ("q", "profile", "moscow", "area", "tags", "points", "after", "before")
            if request.form.get(name)}  # fmt: skip
    return redirect(url_for("planning.plan", number=wave.number, **kept), 303)  # type: ignore[arg-type, return-value]
