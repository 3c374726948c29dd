"""Programmes: what their projects add up to, and one of them with its sponsor, money and what decides about it."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for

from implementor.committees.queries.programmes import programmes_with_committees
from implementor.finance.rates import known_rates
from implementor.finance.wording import short_amount
from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import SIGNED_IN
from implementor.portfolio.catalogue import gate_text, promise_text
from implementor.portfolio.present import standings
from implementor.portfolio.programmes import money_total, worst_of
from implementor.portfolio.queries import programmes_seen
from implementor.portfolio.views.routing import blueprint, tabs
from implementor.projects.models import Programme
from implementor.projects.place import sees_every_project
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session, today


@blueprint.get("/portfolio/programmes")
@allow(SIGNED_IN)
def programmes() -> Response:
    """Every programme of projects that the reader may see."""
    known = standings()
    lines = []
    for programme in session().scalars(programmes_seen(actor())):
        projects = _projects_of(programme)
        lines.append((programme, projects, worst_of(projects, known.health)))
    return draw("portfolio/programmes.html", lines=lines, tabs=tabs())


@blueprint.get("/portfolio/programmes/<int:programme_id>")
@allow(SIGNED_IN)
def programme(programme_id: int) -> Response:
    """One programme: sponsor, worst dimension, money, and its projects that the reader may see."""
    wanted = programmes_seen(actor()).where(Programme.id == programme_id)
    found = session().scalars(wanted).one_or_none()
    if found is None:
        raise NotFound("programme")
    known, projects = standings(), _projects_of(found)
    rates = known_rates(session(), today())
    return draw(
        "portfolio/programme.html",
        programme=found,
        projects=projects,
        health=known.health,
        worst=worst_of(projects, known.health),
        money=money_total(projects, known.money, found.currency, rates),
        gate_text=gate_text,
        promise_text=promise_text,
        short_amount=short_amount,
        back=url_for("portfolio.programmes"),
        committees=_way_to_committees(found),
    )


def _way_to_committees(programme: Programme) -> str | None:
    """The address of its committees, for who may know of them."""
    known = {row.id for row in session().execute(programmes_with_committees(actor()))}
    is_open = programme.id in known or sees_every_project(actor())
    return url_for("programmes.committees.index", programme_id=programme.id) if is_open else None


def _projects_of(programme: Programme) -> list[Any]:
    return [one for one in standings().projects if one.programme_id == programme.id]
