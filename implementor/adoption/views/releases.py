"""What each release and each training changed in how the CRM is used."""

from __future__ import annotations

from flask import Response, g, request

from implementor.adoption import permissions, queries
from implementor.adoption.cohorts import WEEKS, cohorts_of
from implementor.adoption.formula import PARTS, Terms
from implementor.adoption.released import releases_of
from implementor.adoption.released_parts import people_around, teams_around
from implementor.adoption.services import terms_of
from implementor.adoption.views.home import names_of_teams
from implementor.adoption.views.routing import blueprint
from implementor.foundation.errors import NotFound
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.text import whole_number
from implementor.releases.release_queries import release_by_number
from implementor.web.guard import actor, allow
from implementor.web.language import settings
from implementor.web.render import draw
from implementor.web.unit_of_work import session


@blueprint.get("/cohorts")
@allow(permissions.VIEW)
def cohorts(project_key: str) -> Response:
    """How people use the CRM in the weeks after their training."""
    found = cohorts_of(session(), g.project.id, named=actor().may(permissions.NAMES))
    return draw("adoption/cohorts.html", found=found, weeks=WEEKS, fewest=FEWEST_PEOPLE)


@blueprint.get("/releases")
@allow(permissions.VIEW)
def releases() -> Response:
    """Four weeks before and after each release, and how far what it brought reaches."""
    formula = session().scalars(queries.formulas().limit(1)).one_or_none()
    terms = terms_of(formula) if formula is not None else Terms()
    found = releases_of(session(), g.project.id, terms, settings().time_zone)
    return draw("adoption/releases.html", found=found, parts=PARTS, fewest=FEWEST_PEOPLE)


@blueprint.get("/releases/<int:release_number>")
@allow(permissions.VIEW)
def release(project_key: str, release_number: int) -> Response:
    """One release by team; the people of a team for who may see names."""
    found = session().scalars(release_by_number(project_id=g.project.id, number=release_number)).one_or_none()
    if found is None or found.rolled_back_at is not None:
        raise NotFound("release")
    formula = session().scalars(queries.formulas().limit(1)).one_or_none()
    terms = terms_of(formula) if formula is not None else Terms()
    named = actor().may(permissions.NAMES)
    parted = teams_around(session(), found, terms, settings().time_zone, named=named)
    team_id = whole_number(request.args.get("team", ""))
    is_known = parted is not None and any(team_id in one.team_ids for one in parted.teams)
    if request.args.get("team") and not (named and is_known):
        raise NotFound("team")
    people = people_around(session(), parted, team_id, terms) if parted and team_id is not None else []
    return draw(
        "adoption/release.html", release=found, parted=parted, people=people, team_id=team_id, may_name=named,
        parts=PARTS, names=names_of_teams(), fewest=FEWEST_PEOPLE,
    )  # fmt: skip
