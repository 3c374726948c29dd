"""What each release and each training changed in how the CRM is used."""

from __future__ import annotations

from flask import Response, g

from implementor.adoption import permissions, queries
from implementor.adoption.cohorts import WEEKS, cohorts_of
from implementor.adoption.formula import PARTS, Terms
from implementor.adoption.released import releases_of
from implementor.adoption.services import terms_of
from implementor.adoption.views.routing import blueprint
from implementor.foundation.small_groups import FEWEST_PEOPLE
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
