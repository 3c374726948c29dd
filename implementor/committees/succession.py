"""The chair of a committee is handed on: who leaves names somebody who chairs it from then on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.committees.models.committees import CHAIR, Committee
from implementor.committees.queries.committees import chairs_of_person, member_in, seat_of, titles_of
from implementor.committees.services.committees import change_seat, seat_person, unseat_person
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import say
from implementor.governance.held_alone import Held, Holding, holdings
from implementor.projects.people import add_member
from implementor.projects.queries import roles_in_project


def declare_chairs() -> None:
    """Whoever chairs a committee in use names a successor before leaving."""
    places = titles_of(Committee, Committee.name)
    holdings["chair"] = Holding(_chairs_of, places, _hand_on_chair, say("a committee you do not know of"))


def _chairs_of(session: Session, user_id: int) -> Iterator[Held]:
    for row in session.execute(chairs_of_person(user_id=user_id)):
        yield Held(say("Chair of a committee"), row.id, row.committee_id)


def _hand_on_chair(session: Session, held: Held, successor_id: int, by: Actor, at: datetime) -> None:
    """The seat of who leaves ends; the successor chairs without a term, on the seat they have or a new one."""
    committee = session.get_one(Committee, held.place_id)
    leaving = session.scalars(member_in(committee_id=committee.id, member_id=held.row_id)).one()
    unseat_person(session, committee, leaving, by=by, at=at)
    values = {"part": CHAIR, "starts_on": None, "ends_on": None}
    seat = session.scalars(seat_of(committee_id=committee.id, user_id=successor_id)).one_or_none()
    if seat is not None:
        sits = session.scalars(member_in(committee_id=committee.id, member_id=seat.id)).one()
        change_seat(session, committee, sits, values, by=by, at=at)
        return
    _let_in(session, committee, successor_id, by, at)
    seat_person(session, committee, {"user_id": successor_id, **values}, by=by, at=at)


def _let_in(session: Session, committee: Committee, user_id: int, by: Actor, at: datetime) -> None:
    """Who is to chair the committee of a project belongs to it, as a member of its committee if as nothing else."""
    project_id = committee.project_id
    if project_id is None or session.scalars(roles_in_project(user_id=user_id, project_id=project_id)).all():
        return
    add_member(session, project_id=project_id, user_id=user_id, role=Role.COMMITTEE, by=by, at=at)
