"""The page of people of whom more is promised than a week has, over all projects."""

from __future__ import annotations

from flask import Response

from implementor.portfolio.crowded import crowded_weeks
from implementor.portfolio.crowded_queries import promised_from
from implementor.portfolio.permissions import PEOPLE
from implementor.portfolio.views.routing import blueprint, tabs
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session, today


@blueprint.get("/portfolio/people")
@allow(PEOPLE)
def people() -> Response:
    """Week by week, who is promised beyond the whole, and to which waves."""
    found = crowded_weeks(session().execute(promised_from(today())), today())
    return draw("portfolio/people.html", found=found, people=len({one.user_id for one in found}), tabs=tabs())
