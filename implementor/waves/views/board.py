"""The board of a wave: drawing it, asking whether it changed, moving cards and setting limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.local_days import local_day
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.stories.links import story_name
from implementor.stories.models import Story
from implementor.stories.statuses import status_choice, statuses_after
from implementor.waves import board_queries, permissions, queries, services
from implementor.waves.board import Breach, CardFilter, areas_on, columns_of, people_on, points_of
from implementor.waves.forms import MoveForm, limits_form, move_form
from implementor.waves.models import Wave
from implementor.waves.moves import CardMove, move_card
from implementor.waves.scope import put_in_wave, take_out
from implementor.waves.views.routing import (
    as_id,
    blueprint,
    frame_of,
    may,
    points_text,
    version_now,
    wants_script_answer,
    wave_or_404,
)
from implementor.web.guard import actor, allow
from implementor.web.messages import done_quietly, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/<int:number>/board")
@allow(permissions.VIEW)
def board(project_key: str, number: int) -> ResponseReturnValue:
    """The stories of a wave by status; 204 to a poll when nothing has changed."""
    version = version_now()
    if request.args.get("poll") == version:
        return Response(status=204)
    wave = wave_or_404(number)
    return draw("waves/board.html", **board_context(wave, version))


def board_context(wave: Wave, version: str) -> dict[str, Any]:
    """Everything the board shows, in a number of statements that cards do not change."""
    found = session().execute(*board_queries.cards_of_wave(project_id=g.project.id, wave_id=wave.id)).all()
    chosen = _filter()
    breaches = {
        row.status: Breach(local_day(row.at), row.by_name)
        for row in session().execute(*board_queries.open_breaches(project_id=g.project.id, wave_id=wave.id))
    }
    columns = columns_of(found, chosen, wave.wip_limits, breaches)
    kept: dict[str, Any] = {name: request.args[name] for name in ("owner", "area", "q") if request.args.get(name)}
    return {
        **frame_of(wave),
        "columns": columns,
        "chosen": chosen,
        "people": people_on(found),
        "areas": areas_on(found),
        "switch": [{"status": one.status.key, "name": one.status.label, "count": one.count} for one in columns],
        "words": words_of(found),
        "avatars": {},
        "load": points_of(card for card in found if card.status != "dropped"),
        "poll_url": url_for("waves.board", number=wave.number, poll=version, **kept),
        # one address is built and the numbers are put in, because building two hundred costs more than the rows
        "story_root": url_for("stories.show", number=0).removesuffix("0"),
        "move_root": url_for("waves.move_page", number=wave.number, story_number=0).removesuffix("0"),
        "may_move": may(permissions.MOVE) and not wave.is_closed and not wave.is_archived,
        "limits": limits_form(wave.wip_limits),
        "story_name": story_name,
    }


def words_of(cards: Sequence[Any]) -> dict[str, Any]:
    """What cards say, put into words once for all cards that say the same."""
    return {
        "move": str(say("Move %(key)s", key="\0")).split("\0"),
        "blocked": say("Blocked"),
        "points": {card.points: str(points_text(card.points)) for card in cards if card.points is not None},
        "criteria": {
            (met, total): str(say("%(met)s/%(all)s criteria", met=met, all=total))
            for met, total in {(card.criteria_met, card.criteria) for card in cards}
        },
    }


def _filter() -> CardFilter:
    owner, area = (_number(request.args.get(name, "")) for name in ("owner", "area"))
    return CardFilter(owner, area, request.args.get("q", "").strip()[:200])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


# --- moving -----------------------------------------------------------------------------------------------------------


@blueprint.post("/<int:number>/board/move")
@allow(permissions.MOVE)
def move(project_key: str, number: int) -> ResponseReturnValue:
    """Move a card as a script asks: `card`, `status`, `after`, `before` (ids) and the `version` that was drawn."""
    wave = wave_or_404(number)
    sent = {name: as_id(request.form.get(name)) for name in ("card", "after", "before", "version")}
    if sent["card"] is None:
        raise NotFound("card")
    wanted = CardMove(sent["card"], request.form.get("status", ""), sent["after"], sent["before"], sent["version"])
    story = move_card(session(), wave, wanted, by=actor(), at=now())
    sentence = moved_to(story, status_choice(story.status).label)
    if wants_script_answer():
        response = done_quietly(sentence)
        response.headers["X-Implementor-Version"] = str(story.version)
        return response
    tell_done(sentence)
    return redirect(url_for("waves.board", number=number, _anchor=f"card_{story.id}"), 303)


@blueprint.get("/<int:number>/board/stories/<int:story_number>")
@allow(permissions.MOVE)
def move_page(project_key: str, number: int, story_number: int) -> ResponseReturnValue:
    """The same move as a form, with everything a card can be told."""
    wave = wave_or_404(number)
    return _draw_move(wave, _card_or_404(session(), wave, story_number))


@blueprint.post("/<int:number>/board/stories/<int:story_number>")
@allow(permissions.MOVE)
def move_by_form(project_key: str, number: int, story_number: int) -> ResponseReturnValue:
    """Carry out the form."""
    wave = wave_or_404(number)
    story = _card_or_404(session(), wave, story_number)
    form = _form_for(wave, story)
    if not form.validate():
        return _draw_move(wave, story, form, 422)
    try:
        sentence = _carry_out(wave, story, form)
    except Refusal as refusal:
        form.form_errors.append(str(refusal))
        return _draw_move(wave, story, form, 409)
    tell_done(sentence)
    return redirect(url_for("waves.board", number=number), 303)


def _carry_out(wave: Wave, story: Story, form: MoveForm) -> Phrase:
    if form.wave.data == services.BACKLOG:
        take_out(session(), [story], by=actor(), at=now())
        return say("%(story)s is back in the backlog.", story=story_name(story.number))
    if form.wave.data:
        target = session().scalars(queries.wave_by_id(project_id=g.project.id, wave_id=int(form.wave.data))).one()
        put_in_wave(session(), target, [story], by=actor(), at=now())
        return say("%(story)s is in %(wave)s now.", story=story_name(story.number), wave=target.name)
    after, before = _edge(wave, story, form.status.data, form.place.data)
    wanted = CardMove(story.id, form.status.data, after, before, as_id(form.version.data))
    name_action(session(), say("Moved %(title)s on the board", title=story.title), verb="story.move")
    move_card(session(), wave, wanted, by=actor(), at=now())
    return moved_to(story, status_choice(story.status).label)


def _edge(wave: Wave, story: Story, status: str, place: str) -> tuple[int | None, int | None]:
    """The card to stand behind or before, for the end of a column that was chosen."""
    if place not in ("top", "bottom"):
        return None, None
    others = [
        one
        for one in session().scalars(queries.stories_in_wave(wave_id=wave.id))
        if one.status == status and one.id != story.id
    ]
    if not others:
        return None, None
    return (None, others[0].id) if place == "top" else (others[-1].id, None)


def moved_to(story: Story, label: Phrase) -> Phrase:
    """What people are told after a move."""
    return say("%(story)s is in %(column)s.", story=story_name(story.number), column=label)


def _card_or_404(of: Session, wave: Wave, story_number: int) -> Story:
    story = of.scalars(queries.story_in_wave(wave_id=wave.id, number=story_number)).one_or_none()
    if story is None:
        raise NotFound("card")
    return story


def _form_for(wave: Wave, story: Story) -> MoveForm:
    others = [one for one in session().execute(queries.open_waves(project_id=g.project.id)) if one.id != wave.id]
    statuses = [story.status, *statuses_after(story.status)]
    return move_form(statuses, others, card=story.id, version=story.version, status=story.status)


def _draw_move(wave: Wave, story: Story, form: MoveForm | None = None, status: int = 200) -> ResponseReturnValue:
    made = form or _form_for(wave, story)
    return draw(
        "waves/move.html",
        status,
        form=made,
        story=story,
        name=story_name(story.number),
        story_status=status_choice(story.status),
        **frame_of(wave),
    )


# --- limits -----------------------------------------------------------------------------------------------------------


@blueprint.post("/<int:number>/limits")
@allow(permissions.PLAN)
def set_limits(project_key: str, number: int) -> ResponseReturnValue:
    """Say how many stories a column should hold at most."""
    wave = wave_or_404(number)
    form = limits_form(wave.wip_limits)
    if not form.validate():
        context: dict[str, Any] = {**board_context(wave, version_now()), "limits": form}
        return draw("waves/board.html", 422, **context)
    limits = {field.name.removeprefix("limit_"): field.data for field in form if field.name.startswith("limit_")}
    services.set_limits(session(), wave, limits, by=actor(), at=now())
    tell_done(say("The limits of %(wave)s are set.", wave=wave.name))
    return redirect(url_for("waves.board", number=number), 303)
