"""One's own points, what was left out of them and why; being named or not; and the points of one's own people."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.incentives import permissions, queries, services
from implementor.incentives.announcing import told_of
from implementor.incentives.services import given_now
from implementor.incentives.views.routing import WORDS
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("own_points", __name__, url_prefix="/use/points")


@blueprint.get("/")
@allow(permissions.OWN)
def mine() -> Response:
    """The periods in which the reader takes part, and those of the people whom they answer for."""
    rows = session().execute(queries.standings_with(_reader())).all()
    closed = [row.IncentivePeriod.id for row in rows if row.IncentivePeriod.closed_at]
    given = given_now(session().execute(queries.awards_of(closed)).all())
    won = {row.IncentiveAward.period_id for row in given if row.IncentiveAward.user_id == _reader()}
    told = {row.IncentivePeriod.id: told_of(session(), row.IncentivePeriod.id)
            for row in rows if row.IncentivePeriod.announced_at}  # fmt: skip
    people = session().execute(queries.standings_of_own_people(_reader())).all()
    return draw("incentives/mine.html", rows=rows, won=won, told=told, people=people, **WORDS)


@blueprint.post("/naming")
@allow(permissions.OWN)
def naming() -> ResponseReturnValue:
    """Agree to be named, or no more."""
    incentive_id = whole_number(request.form.get("incentive_id", "")) or 0
    if session().scalars(queries.takes_part_in(incentive_id, _reader())).first() is None:
        raise NotFound("incentive")
    agreed = request.form.get("agreed") == "yes"
    services.choose_naming(session(), incentive_id, _reader(), agreed=agreed, at=now())
    tell_done(say("You are named where an award of yours is announced.") if agreed else say("You are not named."))
    return redirect(url_for("own_points.mine"), 303)


def _reader() -> int:
    return actor().user_id or 0
