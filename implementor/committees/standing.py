"""Letting people stand at the committees of a programme: on their pages, and where shared pages change a record."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, request, url_for

from implementor.committees.models import Committee, Meeting
from implementor.committees.place import SEES_ALL, ProgrammePlace, roles_at
from implementor.committees.queries.programmes import (
    committee_of_meeting,
    programme_at,
    programme_of_record,
    projects_in_programme,
    seats_in_programme,
)
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.web.guard import gates
from implementor.web.unit_of_work import now, session

MOUNTED = "programmes"
"""The blueprint that the committees of programmes are mounted in."""
SAFE = ("GET", "HEAD", "OPTIONS")
MODELS: dict[str, type[Any]] = {"committee": Committee, "meeting": Meeting}


class ProgrammeIsArchived(Refusal):
    """What is put away can be read, not changed."""


def let_sit(app: Flask) -> None:
    """Ask at each request, after projects did, and keep addresses inside the programme they are made in."""
    gates(app).scope_loaders.append(stand_in_programme)
    app.url_defaults(fill_in_programme)


def stand_in_programme(person: Actor, view_args: dict[str, Any]) -> Actor:
    """The person with the roles that count at the programme's committees; NotFound for who may not know of any."""
    if MOUNTED in request.blueprints:
        place = place_at(person, view_args.pop("programme_id"))
        g.programme_place = place
        if place.is_archived and request.method not in SAFE:
            raise ProgrammeIsArchived(say("%(programme)s is archived.", programme=place.name))
        return person.with_roles(place.roles)
    model = MODELS.get(view_args.get("kind", "")) if g.get("project") is None else None
    record_id = view_args.get("record_id")
    if model is None or record_id is None or not person.is_signed_in:
        return person
    programme_id = session().scalar(programme_of_record(model, record_id))
    if programme_id is None:
        return person
    g.programme_of_record = programme_id
    place = place_at(person, programme_id)
    committee_id = record_id if model is Committee else session().scalar(committee_of_meeting(meeting_id=record_id))
    if not place.shows(committee_id or 0):
        raise NotFound("committee")
    return person.with_roles(place.roles)


def place_at(person: Actor, programme_id: int) -> ProgrammePlace:
    """Where the person stands in a programme. Raises NotFound for who is neither PMO, sponsor nor on a committee."""
    found = session().scalars(programme_at(programme_id=programme_id)).one_or_none()
    if found is None:
        raise NotFound("programme")
    on = now().date()
    seats = session().execute(
        seats_in_programme(programme_id=found.id, user_id=person.user_id, on=on)
    ).all()  # fmt: skip
    is_sponsor = person.user_id is not None and found.sponsor_id == person.user_id
    sees_all = is_sponsor or not person.roles.isdisjoint(SEES_ALL)
    if not sees_all and not seats:
        raise NotFound("programme")
    projects = session().execute(projects_in_programme(person, programme_id=found.id)).all()
    return ProgrammePlace(
        id=found.id, name=found.name, is_archived=found.is_archived, person=person,
        roles=roles_at(person, is_sponsor=is_sponsor, parts=[row.part for row in seats]),
        committees=None if sees_all else frozenset(row.committee_id for row in seats),
        projects={row.Project.id: row.Project for row in projects},
        seen=frozenset(row.Project.id for row in projects if row.is_seen),
    )  # fmt: skip


def page_here(view: str, **values: Any) -> str:
    """The address of a committee's or meeting's page: in the project at hand, or at the programme of the record."""
    programme_id = g.get("programme_of_record")
    if programme_id is None:
        return url_for(f"committees.{view}", **values)
    return url_for(f"{MOUNTED}.committees.{view}", programme_id=programme_id, **values)


def fill_in_programme(endpoint: str, values: dict[str, Any]) -> None:
    """Links made at a programme's committees stay there."""
    place: ProgrammePlace | None = g.get("programme_place")
    if place is not None and endpoint.startswith(f"{MOUNTED}.") and "programme_id" not in values:
        values["programme_id"] = place.id
