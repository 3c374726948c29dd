"""What is done on the page of an audience: people put in and out, champions named and thanked."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences import permissions
from implementor.audiences.catalogue.people import managers_offered
from implementor.audiences.coverage import coverage_of
from implementor.audiences.models import AffectedPerson, Audience
from implementor.audiences.pages import record_or_404, record_to_change
from implementor.audiences.queries import audiences as queries
from implementor.audiences.services import people as services
from implementor.audiences.views.routing import blueprint
from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session, today


def parts_of_audience(audience: Audience) -> dict[str, Any]:
    """People and champions of an audience; names for those who may see them."""
    place, on = {"project_id": g.project.id, "audience_id": audience.id}, today()
    members = session().execute(queries.members_of(**place)).all()
    champions = session().execute(queries.champions_of(**place)).all()
    present = [row for row in members if row.AffectedPerson.archived_at is None and not row.AffectedPerson.has_left(on)]
    people = max(len(present), audience.stated_size or 0)
    standing = [
        row
        for row in champions
        if (row.Champion.until_on is None or row.Champion.until_on >= on) and not row.AffectedPerson.has_left(on)
    ]
    may_name = actor().may(permissions.PEOPLE_EDIT)
    return {
        "people": people,
        "listed": len(present),
        "members": members if may_name else [],
        "champions": champions if may_name else [],
        "coverage": coverage_of(people, len(standing), people_per_champion=audience.people_per_champion),
        "offered": session().execute(managers_offered(present_scope())).all() if may_name else [],
        "may_name": may_name and not audience.is_archived,
        "today": on,
    }


@blueprint.post("/audiences/<int:record_id>/people")
@allow(permissions.PEOPLE_EDIT)
def list_person(project_key: str, record_id: int) -> ResponseReturnValue:
    """Put somebody into the audience."""
    audience, person = record_to_change(Audience, record_id), _chosen()
    services.list_person(session(), audience, person, by=actor(), at=now())
    tell_done(say("%(name)s is in %(audience)s.", name=person.name, audience=audience.name))
    return _back(record_id)


@blueprint.post("/audiences/<int:record_id>/people/<int:member_id>/remove")
@allow(permissions.PEOPLE_EDIT)
def unlist_person(project_key: str, record_id: int, member_id: int) -> ResponseReturnValue:
    """Take somebody out of the audience."""
    statement = queries.member_of(project_id=g.project.id, audience_id=record_id, member_id=member_id)
    member = session().scalars(statement).one_or_none()
    if member is None:
        raise NotFound("audience_member")
    services.unlist_person(session(), member, by=actor(), at=now())
    tell_done(say("The person is in this audience no more."))
    return _back(record_id)


@blueprint.post("/audiences/<int:record_id>/champions")
@allow(permissions.PEOPLE_EDIT)
def name_champion(project_key: str, record_id: int) -> ResponseReturnValue:
    """Let somebody stand by the audience."""
    audience, person = record_to_change(Audience, record_id), _chosen()
    try:
        services.name_champion(session(), audience, person, since=today(), by=actor(), at=now())
    except InvalidInput as fault:
        raise Refusal(fault.reason) from fault
    tell_done(say("%(name)s stands by %(audience)s.", name=person.name, audience=audience.name))
    return _back(record_id)


@blueprint.post("/audiences/<int:record_id>/champions/<int:champion_id>/end")
@allow(permissions.PEOPLE_EDIT)
def end_champion(project_key: str, record_id: int, champion_id: int) -> ResponseReturnValue:
    """The person stands by the audience no longer."""
    statement = queries.champion_of(project_id=g.project.id, audience_id=record_id, champion_id=champion_id)
    champion = session().scalars(statement).one_or_none()
    if champion is None:
        raise NotFound("champion")
    services.end_champion(session(), champion, until=today(), by=actor(), at=now())
    tell_done(say("The champion stands down; the days are kept."))
    return _back(record_id)


def _chosen() -> AffectedPerson:
    person: AffectedPerson = record_or_404(AffectedPerson, whole_number(request.form.get("person_id", "")) or 0)
    return person


def _back(record_id: int) -> ResponseReturnValue:
    return redirect(url_for("audiences.audience", record_id=record_id), 303)
