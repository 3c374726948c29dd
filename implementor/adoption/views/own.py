"""What is held about oneself, and, for who answers for a team or an area, about their own people."""

from __future__ import annotations

from flask import Response

from implementor.adoption import permissions, queries, work_queries
from implementor.adoption.reading import standing_of
from implementor.adoption.views.home import draw_team
from implementor.adoption.views.people import draw_person
from implementor.adoption.views.routing import of_people
from implementor.foundation.errors import NotFound
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session


@of_people.get("/")
@allow(permissions.OWN)
def mine() -> Response:
    """What is held about the reader."""
    return draw_person(_reader(), in_project=False, is_self=True)


@of_people.get("/teams")
@allow(permissions.OWN)
def teams() -> Response:
    """The teams that the reader answers for, with how they stand."""
    answered = session().execute(queries.teams_answered_for(_reader())).all()
    found = standing_of(session(), named=True)
    groups = {group.team_ids[0]: group for group in found.groups}
    return draw("adoption/own_teams.html", rows=[(row, groups.get(row.id)) for row in answered], found=found)


@of_people.get("/teams/<int:team_id>")
@allow(permissions.OWN)
def team(team_id: int) -> Response:
    """One of them with its people."""
    if session().scalars(queries.team_answered_for(team_id, _reader())).one_or_none() is None:
        raise NotFound("team")
    return draw_team(team_id, standing_of(session(), named=True), named=True, in_project=False)


@of_people.get("/people/<int:user_id>")
@allow(permissions.OWN)
def person(user_id: int) -> Response:
    """One of their people."""
    known = session().scalars(work_queries.newest_fact_day()).one_or_none()
    if known is None:
        raise NotFound("person")
    if session().scalars(queries.person_answered_for(known.day, user_id, _reader())).one_or_none() is None:
        raise NotFound("person")
    return draw_person(user_id, in_project=False)


def _reader() -> int:
    return actor().user_id or 0
