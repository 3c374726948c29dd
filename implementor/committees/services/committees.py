"""What can happen to committees: set up, changed, people put on them and taken off, limits of authority said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.committees.models import Committee, CommitteeLimit, CommitteeMember
from implementor.committees.models.committees import CHAIR
from implementor.committees.queries.committees import limit_of_role, members_of, seat_of
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import ROLE_LABELS, Actor, Role
from implementor.foundation.timezones import time_zones
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.projects.queries import people_by_id, people_of_project

CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
WHOLE_SHARE = 100


class SitsAlready(Refusal):
    """The person is on this committee."""


class HasChair(Refusal):
    """A committee has one chair."""


def create_committee(
    session: Session, *, values: Mapping[str, Any], by: Actor, at: datetime, project_id: int | None = None,
    programme_id: int | None = None,
) -> Committee:  # fmt: skip
    """Set up a committee of a project, or of a programme; exactly one of them is given.

    `values` are catalogue values. Raises InvalidInput where they contradict each other.
    """
    found = Committee(project_id=project_id, programme_id=programme_id, **_checked(values, None))
    session.add(found)
    _name(session, found, "committee.create", say("Set up the committee %(name)s", name=found.name))
    session.flush()
    return found


def change_committee(session: Session, found: Committee, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say anew what it is for, when it meets and how many decide."""
    for name, value in _checked(values, found).items():
        setattr(found, name, value)
    _name(session, found, "committee.change", say("Changed the committee %(name)s", name=found.name))
    session.flush()


def seat_person(
    session: Session, committee: Committee, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> CommitteeMember:
    """Put somebody of the project on a committee; whoever can sign in may sit on that of a programme.

    Raises SitsAlready, HasChair, InvalidInput.
    """
    user_id = values["user_id"]
    person = session.execute(people_by_id([user_id])).one_or_none() if user_id else None
    if person is None or not _is_inside(session, committee, user_id):
        raise InvalidInput({"user_id": say("Choose somebody who has a role in this project.")})
    if session.scalars(seat_of(committee_id=committee.id, user_id=user_id)).first() is not None:
        raise SitsAlready(say("%(person)s is on this committee already.", person=person.name))
    _refuse_term(values)
    if values["part"] == CHAIR:
        _refuse_second_chair(session, committee)
    made = CommitteeMember(project_id=committee.project_id, committee_id=committee.id, **values)
    session.add(made)
    _name(
        session, committee, "committee.seat",
        say("Put %(person)s on the committee %(name)s", person=person.name, name=committee.name),
    )  # fmt: skip
    session.flush()
    return made


def change_seat(
    session: Session, committee: Committee, seat: CommitteeMember, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Give somebody another part or term. Raises HasChair, InvalidInput."""
    _refuse_term(values)
    if values["part"] == CHAIR and seat.part != CHAIR:
        _refuse_second_chair(session, committee)
    seat.part, seat.starts_on, seat.ends_on = values["part"], values["starts_on"], values["ends_on"]
    _name(
        session, committee, "committee.change_seat",
        say("Changed the part of %(person)s on the committee %(name)s", person=seat.user.name, name=committee.name),
    )  # fmt: skip
    session.flush()


def unseat_person(
    session: Session, committee: Committee, seat: CommitteeMember, *, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Take somebody off a committee; what they decided there stays."""
    seat.removed_at, seat.removed_by_id = at, by.user_id
    _name(
        session, committee, "committee.unseat",
        say("Took %(person)s off the committee %(name)s", person=seat.user.name, name=committee.name),
    )  # fmt: skip
    session.flush()


def set_limit(
    session: Session, committee: Committee, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> CommitteeLimit:
    """Say up to which money and delay a role decides alone; a limit that is there is replaced."""
    role = str(values["role"])
    found = session.scalars(limit_of_role(committee_id=committee.id, role=role)).one_or_none()
    if found is None:
        found = CommitteeLimit(project_id=committee.project_id, committee_id=committee.id, role=role)
        session.add(found)
    found.amount, found.days = values.get("amount"), values.get("days")
    found.currency = values.get("currency") if found.amount is not None else None
    _name(
        session, committee, "committee.limit",
        say("Set the limits of %(role)s between meetings", role=ROLE_LABELS[Role(role)]),
    )  # fmt: skip
    session.flush()
    return found


def drop_limit(session: Session, committee: Committee, limit: CommitteeLimit, *, by: Actor, at: datetime) -> None:
    """From now on the role decides nothing alone that costs or delays."""
    session.delete(limit)
    _name(
        session, committee, "committee.drop_limit",
        say("Took away the limits of %(role)s between meetings", role=ROLE_LABELS[Role(limit.role)]),
    )  # fmt: skip
    session.flush()


def _checked(values: Mapping[str, Any], known: Committee | None) -> dict[str, Any]:
    """The values as they are kept. Raises InvalidInput."""
    kept = {**values, **({"purpose": values["purpose"] or ""} if "purpose" in values else {})}
    errors = {}
    found = CLOCK.fullmatch(str(values.get("clock", "09:00")))
    if found is None:
        errors["clock"] = say("Write hours and minutes, such as 09:30.")
    elif "clock" in values:
        kept["clock"] = f"{int(found[1]):02}:{found[2]}"
    if values.get("time_zone", "UTC") not in time_zones():
        errors["time_zone"] = say("There is no such time zone. Write it like America/Caracas.")
    kind = values.get("quorum_kind", known.quorum_kind if known is not None else "share")
    quorum = int(values.get("quorum", known.quorum if known is not None else 1))
    if kind == "share" and quorum > WHOLE_SHARE:
        errors["quorum"] = say("Not more than 100 per cent.")
    if errors:
        raise InvalidInput(errors)
    return kept


def _is_inside(session: Session, committee: Committee, user_id: int) -> bool:
    if committee.project_id is None:
        return True
    return user_id in {row.id for row in session.execute(people_of_project(project_id=committee.project_id))}


def _refuse_term(values: Mapping[str, Any]) -> None:
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidInput({"ends_on": say("The end must not come before the start.")})


def _refuse_second_chair(session: Session, committee: Committee) -> None:
    chairs = [one for one in session.scalars(members_of(committee_id=committee.id)) if one.part == CHAIR]
    if chairs:
        raise HasChair(
            say("%(person)s chairs this committee. Give that person another part first.", person=chairs[0].user.name)
        )


def _name(session: Session, committee: Committee, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=committee.project_id)
