"""The page on which a committee gets its members, and roles their limits between meetings."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.committees import permissions
from implementor.committees.catalogue import COMMITTEE_LIMIT, COMMITTEE_MEMBER, PARTS
from implementor.committees.models import Committee, CommitteeLimit, CommitteeMember
from implementor.committees.queries.committees import limit_in, limits_of, member_in, members_of
from implementor.committees.services import committees as services
from implementor.committees.views.routing import blueprint, committee_or_404, committee_to_change
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import Entity
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.web.forms import CatalogueForm, filled_form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

SEAT = ("part", "starts_on", "ends_on")


@blueprint.get("/committees/<int:committee_id>/members")
@allow(permissions.EDIT)
def members(committee_id: int) -> Response:
    """Who sits on it, and what each role decides alone."""
    return _draw(committee_or_404(committee_id))


@blueprint.post("/committees/<int:committee_id>/members")
@allow(permissions.EDIT)
def seat(committee_id: int) -> ResponseReturnValue:
    """Put somebody on it."""
    found, form = committee_to_change(committee_id), _form_of(COMMITTEE_MEMBER)
    if not form.validate():
        return _draw(found, 422, seat_form=form)
    try:
        services.seat_person(session(), found, form.values(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(found, 422, seat_form=form)
    tell_done(say("The members of %(name)s are saved.", name=found.name))
    return _back_to(found)


@blueprint.get("/committees/<int:committee_id>/members/<int:seat_id>")
@allow(permissions.EDIT)
def edit_seat(committee_id: int, seat_id: int) -> Response:
    """Which part somebody has, and for how long."""
    found = committee_to_change(committee_id)
    seat = _seat(found, seat_id)
    return _draw_seat(found, seat, filled_form(COMMITTEE_MEMBER, SEAT, seat, present_scope(), session()))


@blueprint.post("/committees/<int:committee_id>/members/<int:seat_id>")
@allow(permissions.EDIT)
def change_seat(committee_id: int, seat_id: int) -> ResponseReturnValue:
    """Give somebody another part or term."""
    found = committee_to_change(committee_id)
    seat, form = _seat(found, seat_id), filled_form(COMMITTEE_MEMBER, SEAT, None, present_scope(), session())
    if not form.validate():
        return _draw_seat(found, seat, form, 422)
    try:
        services.change_seat(session(), found, seat, form.values(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_seat(found, seat, form, 422)
    tell_done(say("The members of %(name)s are saved.", name=found.name))
    return _back_to(found)


@blueprint.post("/committees/<int:committee_id>/members/<int:seat_id>/removal")
@allow(permissions.EDIT)
def unseat(committee_id: int, seat_id: int) -> ResponseReturnValue:
    """Take somebody off it."""
    found = committee_to_change(committee_id)
    services.unseat_person(session(), found, _seat(found, seat_id), by=actor(), at=now())
    tell_done(say("The members of %(name)s are saved.", name=found.name))
    return _back_to(found)


@blueprint.post("/committees/<int:committee_id>/limits")
@allow(permissions.EDIT)
def set_limit(committee_id: int) -> ResponseReturnValue:
    """Say up to what a role decides alone."""
    found, form = committee_to_change(committee_id), _form_of(COMMITTEE_LIMIT)
    if not form.validate():
        return _draw(found, 422, limit_form=form)
    services.set_limit(session(), found, form.values(), by=actor(), at=now())
    tell_done(say("The limits between meetings are saved."))
    return _back_to(found)


@blueprint.post("/committees/<int:committee_id>/limits/<int:limit_id>/removal")
@allow(permissions.EDIT)
def drop_limit(committee_id: int, limit_id: int) -> ResponseReturnValue:
    """Take a limit away."""
    found = committee_to_change(committee_id)
    limit: CommitteeLimit | None = session().scalars(limit_in(committee_id=found.id, limit_id=limit_id)).one_or_none()
    if limit is None:
        raise NotFound("committee_limit")
    services.drop_limit(session(), found, limit, by=actor(), at=now())
    tell_done(say("The limits between meetings are saved."))
    return _back_to(found)


def _seat(committee: Committee, seat_id: int) -> CommitteeMember:
    found = session().scalars(member_in(committee_id=committee.id, member_id=seat_id)).one_or_none()
    if found is None:
        raise NotFound("committee_member")
    return found


def _form_of(entity: Entity) -> CatalogueForm:
    return filled_form(entity, entity.fields, None, present_scope(), session())


def _back_to(found: Committee) -> ResponseReturnValue:
    return redirect(url_for(".members", committee_id=found.id), 303)


def _draw_seat(found: Committee, seat: CommitteeMember, form: CatalogueForm, status: int = 200) -> Response:
    return draw("committees/seat.html", status, found=found, seat=seat, form=form)


def _draw(
    found: Committee, status: int = 200, *, seat_form: CatalogueForm | None = None,
    limit_form: CatalogueForm | None = None,
) -> Response:  # fmt: skip
    return draw(
        "committees/members.html", status, found=found,
        members=session().scalars(members_of(committee_id=found.id)).all(),
        limits=session().scalars(limits_of(committee_id=found.id)).all(),
        parts={choice.key: choice for choice in PARTS}, roles=ROLE_LABELS, Role=Role,
        seat_form=seat_form or _form_of(COMMITTEE_MEMBER),
        limit_form=limit_form or _form_of(COMMITTEE_LIMIT), on=now().date(),
    )  # fmt: skip
