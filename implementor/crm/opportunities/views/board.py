"""The board of a pipeline: drawing it, asking whether it changed, and moving cards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars.services.rates import rates_on
from implementor.crm.opportunities import board_queries, permissions
from implementor.crm.opportunities.board import CLOSED_DAYS, MOST_ON_A_COLUMN, ON_A_COLUMN, columns_of
from implementor.crm.opportunities.columns import ids_of
from implementor.crm.opportunities.moves import Move, move_opportunity
from implementor.crm.opportunities.stages import is_late
from implementor.crm.opportunities.views.moving import moved_to
from implementor.crm.opportunities.views.routing import (
    blueprint,
    chosen_pipeline,
    may_move,
    opportunity_or_404,
    pipeline_choices,
    refuse_unless_movable,
)
from implementor.crm.opportunities.worth import sees_amounts
from implementor.crm.records.fields import people_of_crm
from implementor.foundation import live
from implementor.foundation.conventions import conventions
from implementor.foundation.errors import NotFound
from implementor.foundation.local_days import local_day
from implementor.foundation.pipelines import Pipeline, Stage
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.web.guard import actor, allow
from implementor.web.messages import done_quietly, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@blueprint.get("/board")
@allow(permissions.VIEW)
def board() -> ResponseReturnValue:
    """The open sales of a pipeline by stage, and those closed lately; 204 to a poll when nothing has changed."""
    pipeline = chosen_pipeline()
    if pipeline is None or pipeline.id is None:
        return draw("crm/opportunities/no_pipeline.html")
    owner_id = _owner()
    place: dict[str, Any] = {
        "scope": present_scope(),
        "owner": board_queries.owned_by(owner_id),
        "closed_since": now() - timedelta(days=CLOSED_DAYS),
    }
    totals = session().execute(board_queries.totals_of_stages(pipeline_id=pipeline.id, **place)).all()
    newest = session().scalar(board_queries.newest_change(present_scope(), pipeline.id))
    version = f"{sum(row.records for row in totals)}-{int(newest.timestamp() * 1_000_000) if newest else 0}"
    version += "".join(f"-{one.from_id}.{one.to_id}" for one in live.present().ways)
    if request.args.get("poll") == version:
        return Response(status=204)
    return draw("crm/opportunities/board.html", **_context(pipeline, totals, place, owner_id, version))


def _context(
    pipeline: Pipeline, totals: Any, place: dict[str, Any], owner_id: int | None, version: str
) -> dict[str, Any]:
    """Everything the board shows, in a number of statements that cards do not change."""
    more = whole_number(request.args.get("more", ""))
    stages = [stage for stage in pipeline.stages if stage.is_active or stage.id in {row.stage_id for row in totals}]
    wanted = [(one, MOST_ON_A_COLUMN if one == more else ON_A_COLUMN) for one in ids_of(stages)]
    cards = session().execute(board_queries.cards_of_stages(stages=wanted, **place)).all() if wanted else []
    base = conventions().currency  # came along with the sign-in
    rates = rates_on(session(), today(), base=base)
    columns = columns_of(pipeline, totals, cards, rates, base)
    kept: dict[str, Any] = {name: request.args[name] for name in ("owner", "more") if request.args.get(name)}
    kept["pipeline"] = pipeline.id
    return {
        "pipeline": pipeline,
        "pipelines": pipeline_choices(),
        "columns": columns,
        "base": base,
        "shows_worth": sees_amounts(actor()),
        "owner_id": owner_id,
        "people": session().execute(people_of_crm(present_scope())).all(),
        "switch": [{"status": one.stage.id, "name": one.stage.name, "count": one.count} for one in columns],
        "poll_url": url_for("opportunities.board", poll=version, **kept),
        "may_move": may_move(),
        "is_late": lambda card, stage: card.status == "open" and is_late(stage, card.stage_since, now()),
        "list_url": lambda stage: _list_url(stage, owner_id),
        "closed_days": CLOSED_DAYS,
        "most": MOST_ON_A_COLUMN,
        # one address is built and the numbers are put in, because building hundreds costs more than the rows
        "show_root": url_for("opportunities.show", record_id=0).removesuffix("0"),
        "move_url": url_for("opportunities.move_page", record_id=0),
        "today": today(),
    }


def _list_url(stage: Stage, owner_id: int | None) -> str:
    """The list of what stands in a column."""
    values: dict[str, Any] = {"stage": stage.id} | ({} if owner_id is None else {"owner": owner_id})
    if not stage.is_open:
        first = local_day(now() - timedelta(days=CLOSED_DAYS))
        values["closed_at"] = f"{first.isoformat()}.."
    return url_for("opportunities.index", **values)


def _owner() -> int | None:
    text = request.args.get("owner", "")
    return actor().user_id if text == "me" else whole_number(text)


@blueprint.post("/board/move")
@allow(permissions.EDIT)
def move() -> ResponseReturnValue:
    """Move a card as a script asks: `card` (id), `status` (stage id) and the `version` that was drawn."""
    refuse_unless_movable()
    card = whole_number(request.form.get("card", ""))
    if card is None:
        raise NotFound("card")
    version = request.form.get("version", "")
    if version and whole_number(version) is None:
        abort(400)
    opportunity = opportunity_or_404(card)
    wanted = Move(whole_number(request.form.get("status", "")), whole_number(version))
    event = move_opportunity(session(), opportunity, wanted, by=actor(), at=now())
    session().flush()
    if "application/json" not in request.headers.get("Accept", ""):
        tell_done(moved_to(opportunity))
        return redirect(url_for("opportunities.board", pipeline=opportunity.pipeline_id), 303)
    told = moved_to(opportunity) if event is not None else say("Nothing was changed.")
    response = done_quietly(told)
    response.headers["X-Implementor-Version"] = str(opportunity.version)
    return response
