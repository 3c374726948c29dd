"""What the page of a period shows, and what is done on it: count, close, correct, announce."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from implementor.audiences.pages import record_or_404
from implementor.exchange.table_files import table_file
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.incentives import permissions, queries, rules, services
from implementor.incentives.announcing import announce as announce_awards
from implementor.incentives.announcing import told_of
from implementor.incentives.models import Incentive, IncentivePeriod
from implementor.incentives.reading import people_of
from implementor.incentives.rules import Person
from implementor.incentives.services import given_now, team_points
from implementor.incentives.views.routing import REASONS, WORDS, blueprint
from implementor.web.guard import actor, allow
from implementor.web.language import settings
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session

MOST_SHOWN = 200
"""People in the table; the file has all of them."""


def parts_of_period(period: IncentivePeriod) -> dict[str, Any]:
    """How it stands: by name for the change lead, by teams of five and more for the others."""
    rows = session().execute(queries.points_in(period.id)).all()
    may_award = actor().may(permissions.AWARD)
    of_teams = team_points([(row.team_id, row.points) for row in rows])
    names = {row.id: row.name for row in session().execute(queries.team_names(of_teams))}
    awards = session().execute(queries.awards_of([period.id])).all() if may_award else []
    return {
        "rows": session().execute(queries.standings_of(period.id).limit(MOST_SHOWN)).all() if may_award else [],
        "names": session().execute(queries.names_in(period.id)).all() if may_award and period.is_closed else [],
        "most_shown": MOST_SHOWN,
        "people": len(rows) if may_award or len(rows) >= FEWEST_PEOPLE else None,
        "teams": sorted(((names[one], count) for one, count in of_teams.items()), key=lambda pair: -pair[1]),
        "counted_at": rows[0].counted_at if rows else None,
        "incentive": session().get_one(Incentive, period.incentive_id),
        "awards": given_now(awards),
        "corrections": session().execute(queries.corrections_of(period.id)).all() if may_award else [],
        "told": told_of(session(), period.id) if period.announced_at else None,
        "may_award": may_award and not period.is_archived,
        "is_over": now().astimezone(settings().time_zone).date() > period.ends_on,
        **WORDS,
    }


@blueprint.get("/periods/<int:record_id>/standing.<format>")
@allow(permissions.AWARD)
def standing_file(project_key: str, record_id: int, format: str) -> Response:
    """What each rule gave everybody, what was left out, and corrections, as a file."""
    period: IncentivePeriod = record_or_404(IncentivePeriod, record_id)
    about = [f"{g.project.key}: {period.name}", f"{period.starts_on} – {period.ends_on}", f"{now():%Y-%m-%d %H:%M} UTC"]
    header = [say("Person"), say("Rule"), say("Figure"), say("Found"), say("Of"), say("Points"),
              say("Records that count"), *(REASONS[reason] for reason in rules.REASONS)]  # fmt: skip
    return table_file(f"incentive-{g.project.key}", format, about=about, header=header, rows=_lines(period))


def _lines(period: IncentivePeriod) -> Iterator[list[Any]]:
    for row in session().execute(queries.standings_of(period.id)):
        one = row.IncentiveStanding
        left_out = [one.left_out.get(reason, 0) for reason in rules.REASONS]
        for got in one.earned:
            found = [got["name"], WORDS["figures"][got["figure"]], got["amount"], got["whole"], got["points"]]
            yield [row.name, *found, one.counted, *left_out]
        if row.corrected:
            yield [row.name, say("Correction"), None, None, None, row.corrected, one.counted, *left_out]


@blueprint.post("/periods/<int:record_id>/count")
@allow(permissions.AWARD)
def count(project_key: str, record_id: int) -> ResponseReturnValue:
    """Count anew what everybody earned."""
    found = _found(record_id)
    people = services.count_period(session(), found, _people(found), at=now())
    tell_done(say("Counted. People who take part: %(count)s.", count=people))
    return _back(record_id)


@blueprint.post("/periods/<int:record_id>/close")
@allow(permissions.AWARD)
def close(project_key: str, record_id: int) -> ResponseReturnValue:
    """Settle points and awards for good."""
    found = _found(record_id)
    services.close_period(session(), found, _people(found), zone=settings().time_zone, by=actor(), at=now())
    tell_done(say("Closed. Points and awards stay as they are now."))
    return _back(record_id)


@blueprint.post("/periods/<int:record_id>/correct")
@allow(permissions.AWARD)
def correct(project_key: str, record_id: int) -> ResponseReturnValue:
    """Give or take points after closing."""
    form = request.form
    sign = -1 if form.get("direction") == "less" else 1
    try:
        services.correct(
            session(), _found(record_id), user_id=whole_number(form.get("user_id", "")) or 0,
            points=sign * (whole_number(form.get("points", "")) or 0), reason=form.get("reason", ""), by=actor(),
            at=now(),
        )  # fmt: skip
    except InvalidInput as fault:
        raise Refusal(fault.reason) from fault
    tell_done(say("The correction is written down."))
    return _back(record_id)


@blueprint.post("/periods/<int:record_id>/announce")
@allow(permissions.AWARD)
def announce(project_key: str, record_id: int) -> ResponseReturnValue:
    """Tell everybody who takes part."""
    people = announce_awards(session(), _found(record_id), by=actor(), at=now())
    tell_done(say("Announced. People told: %(count)s.", count=people))
    return _back(record_id)


def _found(record_id: int) -> IncentivePeriod:
    found: IncentivePeriod = record_or_404(IncentivePeriod, record_id, joinedload(IncentivePeriod.incentive))
    if found.is_archived:
        raise Refusal(say("This is archived. Restore it first."))
    return found


def _people(found: IncentivePeriod) -> list[Person]:
    return people_of(session(), found, settings().time_zone)


def _back(record_id: int) -> ResponseReturnValue:
    return redirect(url_for("incentives.period", project_key=g.project.key, record_id=record_id), 303)
