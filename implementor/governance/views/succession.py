"""Naming who takes over what only one person holds, before their account is disabled."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.auth import queries as auth_queries
from implementor.auth.models import User
from implementor.auth.permissions import MANAGE_USERS
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import say_n
from implementor.governance.forms import SuccessorForm
from implementor.governance.held_alone import held_alone, with_places
from implementor.governance.queries.roles import possible_successors
from implementor.governance.services.succession import succeed
from implementor.web.forms import offered
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("succession", __name__)


@blueprint.get("/settings/people/<int:user_id>/successor")
@allow(MANAGE_USERS)
def show(user_id: int) -> Response:
    """What only this person holds, and who may take over."""
    return _draw(_person(user_id), _form(user_id))


@blueprint.post("/settings/people/<int:user_id>/successor")
@allow(MANAGE_USERS)
def name(user_id: int) -> ResponseReturnValue:
    """Give it all to another person."""
    person, form = _person(user_id), _form(user_id)
    try:
        count = succeed(
            session(), user_id=person.id, successor_id=whole_number(form.successor_id.data) or 0, by=actor(), at=now()
        )
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(person, form, 422)
    tell_done(say_n("%(count)s role has a successor.", "%(count)s roles have a successor.", count))
    return redirect(url_for("auth.show_person", user_id=person.id), 303)


def _person(user_id: int) -> User:
    found = session().scalars(auth_queries.person_by_id(user_id)).one_or_none()
    if found is None:
        raise NotFound("user")
    return found


def _form(user_id: int) -> SuccessorForm:
    form = SuccessorForm()
    people = session().execute(possible_successors(user_id=user_id)).all()
    form.successor_id.choices = offered((one.id, one.name) for one in people)
    return form


def _draw(person: User, form: SuccessorForm, status: int = 200) -> Response:
    rows = with_places(session(), held_alone(session(), person.id), actor())
    return draw("governance/successor.html", status, person=person, form=form, rows=rows)
