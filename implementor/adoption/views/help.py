"""Who needs help this week, in figures, with a message or an intervention one click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.adoption import help_queries, permissions, queries, work_queries
from implementor.adoption.days import SPAN
from implementor.adoption.formula import Terms
from implementor.adoption.help_news import offer_help
from implementor.adoption.helping import Reason, reasons_of
from implementor.adoption.models import FactDay, PersonDay
from implementor.adoption.reading import ratio
from implementor.adoption.services import terms_of
from implementor.adoption.views.routing import blueprint
from implementor.foundation.errors import NotFound
from implementor.foundation.words import say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

SHOWN = 50


@dataclass(frozen=True)
class Person:
    """Somebody who needs help, with the reasons, and rows (id, action, meets_at) of what is under way for them."""

    row: PersonDay
    name: str
    team: str | None
    reasons: Sequence[Reason]
    under_way: Sequence[Any] = ()

    def is_met(self, at: datetime) -> bool:
        """Whether an appointment with them is to come."""
        return any(one.meets_at is not None and one.meets_at > at for one in self.under_way)


@blueprint.get("/help")
@allow(permissions.HELP_VIEW)
def people_to_help() -> Response:
    """People whose figures are far from the targets, the largest gap first."""
    known = session().scalars(work_queries.newest_fact_day()).one_or_none()
    found = people_behind(known, help_queries.behind_on(known.day, SHOWN + 1)) if known else []
    return draw("adoption/help.html", known=known, people=found[:SHOWN], has_more=len(found) > SHOWN, ratio=ratio,
                now=now(), may_help=actor().may(permissions.HELP) and not g.project.is_archived)  # fmt: skip


@blueprint.post("/help/<int:user_id>/offer")
@allow(permissions.HELP)
def offer(project_key: str, user_id: int) -> ResponseReturnValue:
    """Offer help by a notice and a mail."""
    known = session().scalars(work_queries.newest_fact_day()).one_or_none()
    name = session().scalars(queries.name_of(user_id)).one_or_none()
    if known is None or name is None:
        raise NotFound("person")
    if session().scalars(help_queries.person_on(known.day, user_id)).one_or_none() is None:
        raise NotFound("person")
    offer_help(session(), user_id, name, request.form.get("text", ""), by=actor(), at=now())
    tell(say("%(name)s hears of it.", name=name))
    return redirect(url_for("adoption.people_to_help"), 303)


def people_behind(known: FactDay, asked: Any) -> list[Person]:
    """The people of a statement who have a reason, with what was four weeks ago and what is under way."""
    formula = session().scalars(queries.formulas().limit(1)).one_or_none()
    terms = terms_of(formula) if formula is not None else Terms()
    rows = session().execute(asked).all()
    ids = [row.PersonDay.user_id for row in rows]
    earlier = help_queries.these_on(known.day - timedelta(days=SPAN), ids)
    before = {row.user_id: row for row in session().scalars(earlier)}
    under_way: dict[int, list[Any]] = {}
    for row in session().execute(help_queries.open_for(g.project.id, ids)):
        under_way.setdefault(row.person_id, []).append(row)
    found = [
        Person(one.PersonDay, one.name, one.team,
               reasons_of(one.PersonDay, before.get(one.PersonDay.user_id), terms),
               under_way.get(one.PersonDay.user_id, ()))
        for one in rows
    ]  # fmt: skip
    return sorted((one for one in found if one.reasons), key=lambda one: -sum(why.gap for why in one.reasons))
