"""What is known of one person, for the change lead of a project."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, url_for

from implementor.adoption import permissions, queries, work_queries
from implementor.adoption.beginners import beginning_of, first_records
from implementor.adoption.days import FIRST_LOOK_BACK
from implementor.adoption.firsts import ENOUGH
from implementor.adoption.formula import PARTS, Terms
from implementor.adoption.held import held_about
from implementor.adoption.modules import modules_of
from implementor.adoption.reading import course_of, person_group
from implementor.adoption.services import terms_of
from implementor.adoption.views.pictures import course_chart
from implementor.adoption.views.routing import blueprint
from implementor.foundation.errors import NotFound
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.records import kinds
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/people/<int:user_id>")
@allow(permissions.NAMES)
def person(project_key: str, user_id: int) -> Response:
    """Somebody's figures; every one of them is read from records."""
    return draw_person(user_id, in_project=True)


def draw_person(user_id: int, *, in_project: bool, is_self: bool = False) -> Response:
    """The page of a person for a reader who may see it; oneself is also told that nothing is held."""
    name = session().scalars(queries.name_of(user_id)).one_or_none()
    known = session().scalars(work_queries.newest_fact_day()).one_or_none()
    formula = session().scalars(queries.formulas().limit(1)).one_or_none()
    terms = terms_of(formula) if formula is not None else Terms()
    rows = []
    if known is not None:
        first = known.day - timedelta(days=FIRST_LOOK_BACK - 1)
        rows = list(session().scalars(queries.person_days(user_id, first, known.day)))
    today = [row for row in rows if known is not None and row.day == known.day]
    if name is None or (not today and not is_self):
        raise NotFound("person")
    course = course_of(rows, session().scalar(queries.kept_since()))
    return draw(
        "adoption/person.html", name=name, known=known, row=today[0] if today else None, terms=terms, parts=PARTS,
        group=person_group(today, terms) if today else None, chart=course_chart(course), days=len(rows),
        modules=modules_of(session(), [user_id], known.day, actor=actor(), fewest=1) if known and today else [],
        in_project=in_project, is_self=is_self, user_id=user_id, enough=ENOUGH,
        beginning=beginning_of(today[0]) if today and today[0].started_on else None,
        firsts=first_records(session(), user_id, actor()) if today else [], record_kinds=kinds, address=_address,
        panels=panels_of(session(), "own_use.page", Place(actor(), now())) if is_self else [],
        held=held_about(session(), user_id) if is_self else None, now=now(),
    )  # fmt: skip


def _address(kind: str, row: Any) -> str:
    """The page of a record."""
    endpoint, values = kinds[kind].endpoint_values(row)
    return url_for(endpoint, **values)
