"""Deciding between meetings, within the limits of one's role, or putting the question on the next agenda."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.committees import deciding, permissions
from implementor.committees.catalogue import COMMITTEE_LIMIT
from implementor.committees.forms import BetweenForm
from implementor.committees.models import Committee
from implementor.committees.queries.committees import limits_of
from implementor.committees.views.routing import (
    actor_about,
    blueprint,
    committee_to_change,
    keys_here,
    programme_here,
    project_about,
    projects_offered,
)
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.web.forms import CatalogueForm, form_class
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/committees/<int:committee_id>/decide")
@allow(permissions.BETWEEN)
def between(committee_id: int) -> Response:
    """What one would decide, what it costs and by how much it delays."""
    return _draw(committee_to_change(committee_id), _form(), _costs())


@blueprint.post("/committees/<int:committee_id>/decide")
@allow(permissions.BETWEEN)
def decide_between(committee_id: int) -> ResponseReturnValue:
    """Decide alone; with `deed` ask, put it on the next agenda instead."""
    found, form, costs = committee_to_change(committee_id), _form(), _costs()
    if not costs.validate():
        return _draw(found, form, costs, 422)
    given = costs.values()
    what = deciding.Between(
        form.question.data or "", form.outcome.data or "", form.reason.data or "", given.get("amount"),
        given.get("currency"), given.get("days"),
    )  # fmt: skip
    is_asked = request.form.get("deed") == "ask"
    deed = deciding.put_question if is_asked else deciding.decide_between
    try:
        about = project_about(form.project_id)
        here = about.id if about is not None else None
        made = deed(session(), found, what, by=actor_about(here), at=now(), project_id=here)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, form, costs, 422)
    tell_done(
        say("The next agenda takes up: %(question)s", question=made.question)
        if is_asked
        else say("%(question)s is decided.", question=made.question)
    )
    return redirect(url_for("governance.decision", number=made.number, project_key=keys_here()[made.project_id]), 303)


def _form() -> BetweenForm:
    """What is decided; at a programme with the project of it that is asked."""
    return BetweenForm().among(projects_offered())


def _costs() -> CatalogueForm:
    """The same inputs as those of a limit, with which they are compared."""
    fields = [COMMITTEE_LIMIT.fields[name] for name in ("amount", "days")]
    return form_class(fields, present_scope(), session())()


def _draw(found: Committee, form: BetweenForm, costs: CatalogueForm, status: int = 200) -> Response:
    limits = session().scalars(limits_of(committee_id=found.id)).all()
    return draw(
        "committees/between.html", status, found=found, form=form, costs=costs, roles=ROLE_LABELS,
        limits=[limit for limit in limits if Role(limit.role) in actor().roles], Role=Role, programme=programme_here(),
    )  # fmt: skip
