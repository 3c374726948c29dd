"""Who is in the project: finding people, giving them roles, changing and taking them."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import say
from implementor.projects import people as services
from implementor.projects import queries
from implementor.projects.forms import ROLES, FindPerson
from implementor.projects.models import Membership
from implementor.projects.permissions import PEOPLE, VIEW
from implementor.projects.views.routing import blueprint, here
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/projects/<project_key>/people")
@allow(VIEW)
def people() -> Response:
    """Everybody with a role, and the search for more."""
    return _draw_people()


@blueprint.post("/projects/<project_key>/people")
@allow(PEOPLE)
def add_person() -> ResponseReturnValue:
    """Give a person a role."""
    number = request.form.get("user_id", "")
    try:
        role = services.role_named(request.form.get("role", ""))
        added = services.add_member(
            session(),
            project_id=here().id,
            user_id=int(number) if number.isdecimal() and len(number) < 19 else 0,
            role=role,
            by=actor(),
            at=now(),
        )
    except InvalidInput as refusal:
        return _draw_people(422, refusal)
    person = session().scalars(queries.membership_in(project_id=here().id, membership_id=added.id)).one().user
    tell_done(say("%(person)s is now %(role)s here.", person=person.name, role=ROLE_LABELS[role]))
    return _back()


@blueprint.post("/projects/<project_key>/people/<int:membership_id>/role")
@allow(PEOPLE)
def change_role(membership_id: int) -> ResponseReturnValue:
    """Let a member act in another role."""
    membership = _membership(membership_id)
    try:
        role = services.role_named(request.form.get("role", ""))
    except InvalidInput as refusal:
        return _draw_people(422, refusal)
    services.change_role(session(), membership, role=role, by=actor(), at=now())
    tell_done(say("%(person)s is now %(role)s here.", person=membership.user.name, role=ROLE_LABELS[role]))
    return _back()


@blueprint.post("/projects/<project_key>/people/<int:membership_id>/remove")
@allow(PEOPLE)
def remove_person(membership_id: int) -> ResponseReturnValue:
    """Take a role from a person."""
    membership = _membership(membership_id)
    role = ROLE_LABELS[Role(membership.role)]
    services.remove_member(session(), membership, by=actor(), at=now())
    tell_done(say("%(person)s is no longer %(role)s here.", person=membership.user.name, role=role))
    return _back()


def _membership(membership_id: int) -> Membership:
    found = session().scalars(queries.membership_in(project_id=here().id, membership_id=membership_id)).one_or_none()
    if found is None:
        raise NotFound("membership")
    return found


def _back() -> ResponseReturnValue:
    return redirect(url_for("projects.people", project_key=here().key), 303)


def _draw_people(status: int = 200, refusal: InvalidInput | None = None) -> Response:
    words = request.args.get("find", "").strip()[:100]
    wanted = request.args.get("role", "member")
    form = FindPerson(formdata=None, data={"find": words, "role": wanted}, meta={"csrf": False})
    if refusal is not None:
        form.refuse(refusal)
    may_change = actor().may(PEOPLE) and not here().is_archived
    found = session().execute(queries.people_found(words)).all() if words and may_change else []
    members = session().execute(queries.people_in_roles(project_id=here().id)).all()
    return draw(
        "projects/people.html",
        status,
        form=form,
        words=words,
        wanted=wanted,
        found=found,
        members=sorted(members, key=lambda row: queries.ROLE_ORDER[row.role]),
        labels={str(role): label for role, label in ROLE_LABELS.items()},
        role_choices=ROLES,
        may_change=may_change,
    )
