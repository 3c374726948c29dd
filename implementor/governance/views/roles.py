"""Pages of governance roles: who holds which, terms and deputies, and handing a role over while one is away."""

from __future__ import annotations

from flask import Response, g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.forms import HandOverForm, TermForm
from implementor.governance.queries.roles import delegation_in, term_of
from implementor.governance.role_board import role_board
from implementor.governance.services import roles as services
from implementor.governance.views.routing import blueprint
from implementor.projects.models import Membership
from implementor.projects.people import role_named
from implementor.projects.permissions import PEOPLE
from implementor.projects.queries import membership_in, people_of_project, roles_in_project
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/roles")
@allow(permissions.ROLES_VIEW)
def roles() -> Response:
    """Who holds which role, and what is missing."""
    return _draw_roles(_hand_over_form())


@blueprint.post("/roles/hand-over")
@allow(permissions.ROLES_HAND_OVER)
def hand_over() -> ResponseReturnValue:
    """Let somebody carry a role of one's own for some days."""
    form = _hand_over_form()
    try:
        wanted = form.wanted()
        made = services.hand_over(
            session(), project_id=g.project.id, role=role_named(form.role.data or ""), **wanted, by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_roles(form, 422)
    tell_done(say("%(role)s is handed over.", role=ROLE_LABELS[Role(made.role)]))
    return redirect(url_for("governance.roles"), 303)


@blueprint.post("/roles/delegations/<int:delegation_id>/end")
@allow(permissions.ROLES_HAND_OVER)
def take_back(delegation_id: int) -> ResponseReturnValue:
    """End it before its day."""
    wanted = delegation_in(project_id=g.project.id, delegation_id=delegation_id)
    found = session().scalars(wanted).one_or_none()
    if found is None:
        raise NotFound("role_delegation")
    services.take_back(session(), found, by=actor(), at=now())
    tell_done(say("%(role)s is back.", role=ROLE_LABELS[Role(found.role)]))
    return redirect(url_for("governance.roles"), 303)


@blueprint.get("/roles/<int:membership_id>/term")
@allow(PEOPLE)
def term(membership_id: int) -> Response:
    """For how long somebody holds a role, and who stands in."""
    membership = _membership(membership_id)
    known = session().scalars(term_of(membership_id=membership.id)).one_or_none()
    return _draw_term(membership, _people_in(TermForm(obj=known)))


@blueprint.post("/roles/<int:membership_id>/term")
@allow(PEOPLE)
def appoint(membership_id: int) -> ResponseReturnValue:
    """Say for how long, and who stands in."""
    membership, form = _membership(membership_id), _people_in(TermForm())
    try:
        services.appoint(session(), membership, **form.wanted(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_term(membership, form, 422)
    tell_done(say("%(person)s is appointed.", person=membership.user.name))
    return redirect(url_for("governance.roles"), 303)


def _membership(membership_id: int) -> Membership:
    found = session().scalars(membership_in(project_id=g.project.id, membership_id=membership_id)).one_or_none()
    if found is None:
        raise NotFound("membership")
    return found


def _people_in(form: TermForm) -> TermForm:
    return form.offer(session().execute(people_of_project(project_id=g.project.id)).all())


def _hand_over_form() -> HandOverForm:
    held = session().scalars(roles_in_project(user_id=actor().user_id, project_id=g.project.id)).all()
    people = session().execute(people_of_project(project_id=g.project.id)).all()
    others = [one for one in people if one.id != actor().user_id]
    return HandOverForm().offer([(role, ROLE_LABELS[Role(role)]) for role in held], others)


def _draw_term(membership: Membership, form: TermForm, status: int = 200) -> Response:
    label = ROLE_LABELS[Role(membership.role)]
    return draw("governance/term.html", status, membership=membership, form=form, label=label)


def _draw_roles(form: HandOverForm, status: int = 200) -> Response:
    return draw(
        "governance/roles.html", status, board=role_board(session(), project_id=g.project.id, at=now()), form=form,
        may_appoint=actor().may(PEOPLE), labels=ROLE_LABELS, me=actor().user_id, Role=Role,
        may_hand_over=bool(form.role.choices) and actor().may(permissions.ROLES_HAND_OVER),
    )  # fmt: skip
