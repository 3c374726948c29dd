"""How the teams of the company use the CRM, and one team; people by name only for those entitled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.adoption import permissions, queries, schedule
from implementor.adoption.beginners import beginners_of
from implementor.adoption.days import FIRST_LOOK_BACK
from implementor.adoption.formula import PARTS
from implementor.adoption.lead_home import stand_out, weeks_of
from implementor.adoption.modules import modules_of
from implementor.adoption.reading import Course, Standing, added, course_of, ratio, standing_of
from implementor.adoption.say_do import VERDICTS
from implementor.adoption.views.pictures import course_chart, course_line
from implementor.adoption.views.routing import blueprint
from implementor.finance.permissions import VIEW as MONEY
from implementor.foundation.errors import NotFound
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.words import Phrase, say, speech
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

NO_TEAM = say("Of no team")


@blueprint.get("/")
@allow(permissions.VIEW)
def index() -> Response:
    """Every team with its index, its parts and where it comes from; small teams together."""
    named = actor().may(permissions.NAMES)
    found = standing_of(session(), named=named)
    return draw(
        "adoption/index.html", found=found, names=names_of_teams(), parts=PARTS, may_name=named,
        chart=course_chart(found.weeks.get((), Course((), ()))),
        lines={ids: course_line(course.process) for ids, course in found.weeks.items()},
        may_settle=actor().may(permissions.SETTLE), may_see_money=actor().may(MONEY), fewest=FEWEST_PEOPLE,
        beginners=beginners_of(session(), g.project.id, found.known.day, named=named) if found.known else None,
        **_lead(),
    )  # fmt: skip


def _lead() -> dict[str, Any]:
    """What the change lead looks at first; nothing for others."""
    if not actor().may(permissions.HELP_VIEW):
        return {"week": None}
    pulse, gaps = stand_out(session(), g.project.id)
    return {"week": weeks_of(session(), [g.project.id], now())[g.project.id], "pulse": pulse, "gaps": gaps,
            "verdicts": VERDICTS, "language": speech().language}  # fmt: skip


@blueprint.post("/recount")
@allow(permissions.SETTLE)
def recount() -> ResponseReturnValue:
    """Read the records now."""
    job = schedule.ask_now(session(), by=actor(), at=now())
    session().flush()
    tell(say("The records are being read."))
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.get("/teams/none")
@allow(permissions.VIEW)
def no_team() -> Response:
    """Those who are of no team, as a team."""
    return _draw_told(0)


@blueprint.get("/teams/<int:team_id>")
@allow(permissions.VIEW)
def team(project_key: str, team_id: int) -> Response:
    """One team: what it works with; its people for those who may see names."""
    if not team_id:
        raise NotFound("team")
    return _draw_told(team_id)


def _draw_told(team_id: int) -> Response:
    """A team that the reader may be told of by itself."""
    named = actor().may(permissions.NAMES)
    found = standing_of(session(), named=named)
    if not any(team_id in group.team_ids and len(group.team_ids) == 1 for group in found.groups):
        raise NotFound("team")
    return draw_team(team_id, found, named=named, in_project=True)


def draw_team(team_id: int, found: Standing, *, named: bool, in_project: bool) -> Response:
    """The page of a team for a reader who may see it."""
    if found.known is None:
        raise NotFound("team")
    day = found.known.day
    rows = list(session().scalars(queries.days_of_team(team_id, day - timedelta(days=FIRST_LOOK_BACK - 1), day)))
    enough = 1 if named else FEWEST_PEOPLE
    course = course_of((row for row in rows if row.people >= enough), session().scalar(queries.kept_since()))
    today = [row for row in rows if row.day == day]
    people = session().execute(queries.people_of_day(day, team_id)).all() if named else []
    return draw(
        "adoption/team.html", found=found, group=added(today, found.terms), name=_name(names_of_teams(), team_id),
        team_id=team_id, parts=PARTS, chart=course_chart(course), people=people, may_name=named, ratio=ratio,
        modules=modules_of(session(), queries.counting_people(day, team_id), day, actor=actor(), fewest=enough),
        in_project=in_project, fewest=FEWEST_PEOPLE,
    )  # fmt: skip


def names_of_teams() -> dict[int, Any]:
    """Rows of teams by id."""
    return {row.id: row for row in session().execute(queries.team_names())}


def _name(names: dict[int, Any], team_id: int) -> Phrase | str:
    return names[team_id].name if team_id in names else NO_TEAM
