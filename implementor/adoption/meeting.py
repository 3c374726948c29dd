"""An appointment with somebody who is helped: agreed, moved and called off, each told to their calendar.

What the history says of it names nobody, because more people read the history than may know who is helped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.adoption import help_queries
from implementor.adoption.intervening import InterventionIsDone, write_intervention
from implementor.adoption.intervention_models import Intervention
from implementor.adoption.meeting_mail import kept_in, meeting_of, tell_of_change
from implementor.auth.models import User
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action

USUAL_MINUTES = 30
FARTHEST = timedelta(days=366)
WHERE = ("meets_place", "meets_link")


class NothingAgreed(Refusal):
    """No appointment is to come."""


class AgreedAlready(Refusal):
    """Somebody has an appointment to come; it is moved instead."""


class AccountIsDisabled(Refusal):
    """Who cannot sign in is not helped with the CRM."""


def is_to_come(made: Intervention, at: datetime) -> bool:
    """Whether an appointment was agreed that begins after a moment."""
    return made.meets_at is not None and made.meets_at > at


def meet(
    session: Session, made: Intervention, values: Mapping[str, Any], *, zone: str, by: Actor, at: datetime
) -> None:
    """Agree on an appointment with who is helped, or move the one to come; `zone` is that of whoever writes it.

    `values` are `meets_at` (UTC), `meets_minutes`, and `meets_place` or `meets_link` or both. Raises AccountIsDisabled,
    InterventionIsDone, and InvalidInput for a moment that is over or more than a year away, or without a place.
    """
    if not made.is_open:
        raise InterventionIsDone(say("%(action)s is done. Take it up again to change it.", action=made.action))
    if session.get_one(User, made.person_id).is_disabled:
        raise AccountIsDisabled(say("This person's account is disabled, so nobody can be helped."))
    _refuse_unfit(values, at)
    before, moves = meeting_of(made), is_to_come(made, at)
    for name in ("meets_at", "meets_minutes", *WHERE):
        setattr(made, name, values.get(name) or None)
    made.meets_zone = zone
    if not moves:
        made.meets_with_id, made.meets_number = by.user_id, made.meets_number + 1
    named = say("Moved an appointment for help") if moves else say("Agreed on an appointment for help")
    name_action(session, named, verb="intervention.meet")
    tell_of_change(session, made, before, by=by, at=at)


def meet_person(
    session: Session, project_id: int, person: Mapping[str, Any], values: Mapping[str, Any], *, zone: str,
    by: Actor, at: datetime,
) -> Intervention:  # fmt: skip
    """Agree on an appointment with somebody, kept on the newest help under way for them; else help is begun with it.

    `person` are the values of the intervention that is begun. Raises AgreedAlready where one is to come, and as `meet`.
    """
    under_way = session.scalars(help_queries.open_with(project_id, person["person_id"])).all()
    agreed = next((one for one in under_way if is_to_come(one, at)), None)
    if agreed is not None:
        raise AgreedAlready(say("An appointment is agreed already: %(action)s. Move it there.", action=agreed.action))
    name_action(session, say("Agreed on an appointment for help"), verb="intervention.meet")
    if under_way:
        made = under_way[0]
    else:
        _refuse_unfit(values, at)
        made = write_intervention(session, project_id=project_id, values=person, by=by, at=at)
    meet(session, made, values, zone=zone, by=by, at=at)
    return made


def call_off(session: Session, made: Intervention, *, by: Actor, at: datetime) -> None:
    """The appointment to come does not take place. Raises NothingAgreed."""
    if not is_to_come(made, at):
        raise NothingAgreed(say("No appointment is to come."))
    before = meeting_of(made)
    for name in ("meets_at", "meets_minutes", "meets_zone", "meets_with_id", *WHERE):
        setattr(made, name, None)
    name_action(session, say("Called an appointment for help off"), verb="intervention.call_off")
    tell_of_change(session, made, before, by=by, at=at)


def restore_intervention(session: Session, made: Intervention, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Put values back, and tell calendars where that changes an appointment to come."""
    before = meeting_of(made)
    for name, value in values.items():
        setattr(made, name, value)
    tell_of_change(session, made, before, by=by, at=at)


def rest_with(session: Session, made: Intervention, *, by: Actor, at: datetime) -> None:
    """The intervention was put away: its appointment to come does not take place."""
    tell_of_change(session, made, kept_in(made), by=by, at=at)


def go_on_with(session: Session, made: Intervention, *, by: Actor, at: datetime) -> None:
    """The intervention is in use again, and so is its appointment to come."""
    tell_of_change(session, made, None, by=by, at=at)


def _refuse_unfit(values: Mapping[str, Any], at: datetime) -> None:
    starts_at: datetime | None = values.get("meets_at")
    wrong = {}
    if starts_at is None or starts_at <= at:
        wrong["meets_at"] = say("Choose a moment that is still to come.")
    elif starts_at - at > FARTHEST:
        wrong["meets_at"] = say("Choose a moment within a year.")
    if not any(values.get(name) for name in WHERE):
        wrong["meets_place"] = say("Say where you meet, or give a link.")
    if wrong:
        raise InvalidInput(wrong)
