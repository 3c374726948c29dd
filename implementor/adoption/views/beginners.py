"""How long people take to their first and tenth correct record: by audience, and by name for those entitled."""

from __future__ import annotations

from flask import Response, abort, g, request

from implementor.adoption import permissions, work_queries
from implementor.adoption.beginners import beginners_of
from implementor.adoption.firsts import ENOUGH
from implementor.adoption.views.routing import blueprint
from implementor.crm.measures.completeness import WANTED
from implementor.foundation.fields import entities
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.text import whole_number
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session


@blueprint.get("/first-records")
@allow(permissions.VIEW)
def first_records(project_key: str) -> Response:
    """Groups with the middle of their days; of one audience the people, for who may see names."""
    known = session().scalars(work_queries.newest_fact_day()).one_or_none()
    named = actor().may(permissions.NAMES)
    found = beginners_of(session(), g.project.id, known.day, named=named) if known else None
    given = request.args.get("audience")
    chosen = whole_number(given) if given else None
    if given and (found is None or not named or chosen not in found.people):
        abort(404)
    people = found.people if found else {}
    return draw(
        "adoption/first_records.html", found=found, known=known, enough=ENOUGH, fewest=FEWEST_PEOPLE, may_name=named,
        chosen=chosen, kinds=[entities[kind].label_plural for kind in WANTED],
        people=people.get(chosen, ()) if chosen is not None else [one for some in people.values() for one in some],
    )  # fmt: skip
