"""Who leaves names who chairs their committees from then on, and who keeps what was handed on to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.committees.models import Handover
from implementor.committees.models.committees import CHAIR, Committee
from implementor.committees.queries.committees import chairs_of_person, member_in, seat_of, titles_of
from implementor.committees.queries.handovers import kept_by
from implementor.committees.services.committees import change_seat, seat_person, unseat_person
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import say
from implementor.governance.held_alone import Held, Holding, holdings
from implementor.projects.people import add_member
from implementor.projects.queries import roles_in_project, titles_of_projects


def declare_holdings() -> None:
    """Whoever chairs a committee in use, or keeps a project that was handed on, names a successor before leaving."""
    places = titles_of(Committee, Committee.name)
    holdings["chair"] = Holding(_chairs_of, places, _hand_on_chair, say("a committee you do not know of"))
    unknown = say("a project you are not part of")
    holdings["keeper"] = Holding(_kept_by, titles_of_projects, _hand_on_keeping, unknown)


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
    _let_in(session, committee.project_id, successor_id, by, at)
    seat_person(session, committee, {"user_id": successor_id, **values}, by=by, at=at)


def _kept_by(session: Session, user_id: int) -> Iterator[Held]:
    for row in session.execute(kept_by(user_id=user_id)):
        yield Held(say("Keeper of a project that was handed on"), row.id, row.project_id)


def _hand_on_keeping(session: Session, held: Held, successor_id: int, by: Actor, at: datetime) -> None:
    _let_in(session, held.place_id, successor_id, by, at)
    session.get_one(Handover, held.row_id).keeper_id = successor_id


def _let_in(session: Session, project_id: int | None, user_id: int, by: Actor, at: datetime) -> None:
    """Who chairs in a project or keeps it belongs to it, as a member of its committee if as nothing else."""
    if project_id is None or session.scalars(roles_in_project(user_id=user_id, project_id=project_id)).all():
        return
    add_member(session, project_id=project_id, user_id=user_id, role=Role.COMMITTEE, by=by, at=at)
