"""What a wave carries: the backlog beside it, stories in and out by box, by drag, by key and by form."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.words import Phrase, say, say_n
from implementor.lists.record_page import present_scope
from implementor.stories import permissions as story_permissions
from implementor.stories.links import story_name
from implementor.stories.models import Story
from implementor.stories.queries import story_by_number
from implementor.stories.services import add_stories, rank_story
from implementor.stories.statuses import status_choice
from implementor.waves import permissions, queries
from implementor.waves.board import points_of
from implementor.waves.models import Wave
from implementor.waves.scope import put_in_wave, set_wave_of_story, take_out
from implementor.waves.scope_log import explain_change
from implementor.waves.views.routing import (
    as_id,
    blueprint,
    chosen_stories,
    frame_of,
    may,
    points_text,
    version_now,
    wants_script_answer,
    wave_or_404,
)
from implementor.waves.views.waves import UnsaidReason, draw_wave
from implementor.web.guard import actor, allow
from implementor.web.messages import done_quietly, tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

SHOWN = 100


@blueprint.post("/<int:number>/scope/<int:fact_id>")
@allow(permissions.PLAN)
def explain(project_key: str, number: int, fact_id: int) -> ResponseReturnValue:
    """Say why the scope changed."""
    wave = wave_or_404(number)
    typed = request.form.get("reason", "")
    try:
        explain_change(session(), wave, fact_id, reason=typed, by=actor(), at=now())
    except InvalidInput as refusal:
        return draw_wave(wave, 422, UnsaidReason(fact_id, typed, str(refusal.reason)))
    tell_done(say("The reason is kept."))
    return redirect(url_for("waves.show", number=number, _anchor="scope_log"), 303)


@blueprint.get("/<int:number>/stories")
@allow(permissions.VIEW)
def stories(project_key: str, number: int) -> ResponseReturnValue:
    """The backlog and the wave side by side; 204 to a poll when nothing has changed."""
    version = version_now()
    if request.args.get("poll") == version:
        return Response(status=204)
    wave = wave_or_404(number)
    words = request.args.get("q", "").strip()[:200]
    waiting = session().execute(queries.backlog_rows(project_id=g.project.id, words=words, limit=SHOWN + 1)).all()
    carried = session().execute(queries.rows_of_wave(wave_id=wave.id)).all()
    return draw(
        "waves/stories.html",
        words=words,
        waiting=waiting[:SHOWN],
        more=len(waiting) > SHOWN,
        carried=carried,
        load=points_of(row for row in carried if row.status != "dropped"),
        status_choice=status_choice,
        story_root=url_for("stories.show", number=0).removesuffix("0"),
        story_name=story_name,
        **_around(wave),
        points_text={row.points: points_text(row.points) for row in (*waiting, *carried) if row.points is not None},
        waiting_load=points_of(waiting[:SHOWN]),
        poll_url=url_for("waves.stories", number=number, poll=version, q=words or None),
    )


def _around(wave: Wave) -> dict[str, Any]:
    frame = frame_of(wave)
    return {
        **frame,
        "may_fill": frame["may_plan"] and not wave.is_closed,
        "may_write": may(story_permissions.EDIT) and not wave.is_closed,
    }


@blueprint.post("/<int:number>/stories")
@allow(permissions.PLAN)
def change_scope(project_key: str, number: int) -> ResponseReturnValue:
    """Put the chosen stories in (`deed` is put) or take them out."""
    wave = wave_or_404(number)
    chosen = chosen_stories()
    if request.form.get("deed") == "take":
        count = take_out(session(), chosen, by=actor(), at=now())
        sentence = say_n("%(count)s story is back in the backlog.", "%(count)s stories are back in the backlog.", count)
    else:
        count = put_in_wave(session(), wave, chosen, by=actor(), at=now())
        sentence = say_n(
            "%(count)s story is in %(wave)s now.", "%(count)s stories are in %(wave)s now.", count, wave=wave.name
        )
    if count:
        tell_done(sentence)
    else:
        tell(say("Nothing was chosen. Tick the stories to move."), "notice")
    return redirect(url_for("waves.stories", number=number, q=request.form.get("q") or None), 303)


@blueprint.post("/<int:number>/stories/move")
@allow(permissions.PLAN)
def move_story_card(project_key: str, number: int) -> ResponseReturnValue:
    """Move one story as a script asks: `status` is the column (backlog or wave), `after` and `before` are ids."""
    wave = wave_or_404(number)
    sent = {name: as_id(request.form.get(name)) for name in ("card", "after", "before")}
    wanted = {one for one in sent.values() if one is not None}
    found = {
        story.id: story for story in session().scalars(queries.stories_by_ids(project_id=g.project.id, ids=wanted))
    }
    if sent["card"] is None or found.keys() != wanted:
        raise NotFound("story")
    story = found[sent["card"]]
    sentence = _to_column(wave, story, request.form.get("status", ""))
    after, before = found.get(sent["after"] or 0), found.get(sent["before"] or 0)
    if after is not None or before is not None:
        rank_story(session(), story, after=after, before=before, by=actor(), at=now())
    session().flush()
    if wants_script_answer():
        response = done_quietly(sentence)
        response.headers["X-Implementor-Version"] = str(story.version)
        return response
    tell_done(sentence)
    return redirect(url_for("waves.stories", number=number), 303)


def _to_column(wave: Wave, story: Story, column: str) -> Phrase:
    if column == "wave":
        put_in_wave(session(), wave, [story], by=actor(), at=now())
        return say("%(story)s is in %(wave)s.", story=story_name(story.number), wave=wave.name)
    take_out(session(), [story], by=actor(), at=now())
    return say("%(story)s is in the backlog.", story=story_name(story.number))


@blueprint.post("/<int:number>/stories/new")
@allow(story_permissions.EDIT)
def add_to_wave(project_key: str, number: int) -> ResponseReturnValue:
    """Write stories, one a line, straight into the wave."""
    wave = wave_or_404(number)
    lines = request.form.get("titles", "").splitlines()
    try:
        made = add_stories(session(), present_scope(), lines, by=actor(), at=now())
        session().flush()  # the wave points at their ids
        put_in_wave(session(), wave, made, by=actor(), at=now())
    except InvalidInput as refusal:
        raise Refusal(refusal.reason) from refusal
    tell_done(
        say_n(
            "%(count)s story is added to %(wave)s.",
            "%(count)s stories are added to %(wave)s.",
            len(made),
            wave=wave.name,
        )
    )
    return redirect(url_for("waves.stories", number=number), 303)


@blueprint.post("/stories/<int:story_number>")
@allow(permissions.PLAN)
def plan_story(project_key: str, story_number: int) -> ResponseReturnValue:
    """Put one story into a wave, or into none, from its own page."""
    story = session().scalars(story_by_number(project_id=g.project.id, number=story_number)).one_or_none()
    if story is None:
        raise NotFound("story")
    wave_id = as_id(request.form.get("wave"))
    set_wave_of_story(session(), story, wave_id, actor(), now())
    wave = session().get(Wave, wave_id) if wave_id else None
    if wave is None:
        tell_done(say("%(story)s is in no wave now.", story=story_name(story.number)))
    else:
        tell_done(say("%(story)s is in %(wave)s now.", story=story_name(story.number), wave=wave.name))
    return redirect(url_for("stories.show", number=story_number), 303)
