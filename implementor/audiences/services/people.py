"""What can happen to people affected: checked, listed in audiences, made champions, erased."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson, Audience, AudienceMember, Champion
from implementor.auth.models import User
from implementor.exchange.forgetting import forget_record
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say
from implementor.history.models import Change, Seal
from implementor.history.services import name_action

LONGEST_LADDER = 50
"""Managers above each other that are followed at most; more are a ring."""


class NameIsErased(Refusal):
    """The person asked to be forgotten; what is left is a row without a name."""


class ListedAlready(Refusal):
    """The person is in the audience, or stands by it, already."""


def refuse_erased(person: AffectedPerson) -> None:
    """Raise NameIsErased for somebody who was erased."""
    if person.erased_at is not None:
        raise NameIsErased(say("The name was erased on request. Nothing is written into this row again."))


def faults_of_person(session: Session, person: AffectedPerson) -> dict[str, Phrase]:
    """What is wrong with a person, by field; a login is linked by the address alone."""
    faults: dict[str, Phrase] = {}
    if person.email:
        person.email_key = folded(person.email)
        found = session.scalar(_by_address(person.project_id, person.email_key))
        if found is not None and found != person.id:
            faults["email"] = say("Somebody with this address is listed already.")
    if person.hired_on and person.left_on and person.left_on < person.hired_on:
        faults["left_on"] = say("The last day comes after the first.")
    if person.manager_id is not None and _is_ring(session, person):
        faults["manager_id"] = say("Nobody is above themselves, not even through others.")
    if not faults:
        link_login(session, person)
    return faults


def link_login(session: Session, person: AffectedPerson) -> None:
    """Link the login that has the person's address, if somebody of the company has it."""
    found = None
    if person.email:
        found = session.scalar(
            select(User.id).where(User.email_key == folded(person.email), User.disabled_at.is_(None))
        )
    person.user_id = found


def list_person(
    session: Session, audience: Audience, person: AffectedPerson, *, by: Actor, at: datetime
) -> AudienceMember:
    """Put a person into an audience. Raises ListedAlready."""
    known = select(AudienceMember.id).where(
        AudienceMember.audience_id == audience.id, AudienceMember.person_id == person.id
    )
    if session.scalar(known) is not None:
        raise ListedAlready(say("%(name)s is in %(audience)s already.", name=person.name, audience=audience.name))
    made = AudienceMember(project_id=audience.project_id, audience_id=audience.id, person_id=person.id)
    session.add(made)
    name_action(session, say("Put somebody into an audience"), verb="audience.list", project_id=audience.project_id)
    session.flush()
    return made


def unlist_person(session: Session, member: AudienceMember, *, by: Actor, at: datetime) -> None:
    """Take a person out of an audience; if they stand by it, they do no longer."""
    name_action(session, say("Took somebody out of an audience"), verb="audience.unlist", project_id=member.project_id)
    session.delete(member)
    session.flush()


def name_champion(
    session: Session, audience: Audience, person: AffectedPerson, *, since: date, by: Actor, at: datetime
) -> Champion:
    """Let a person stand by an audience from a day on. Raises ListedAlready, NameIsErased, InvalidInput."""
    refuse_erased(person)
    if person.has_left(since):
        raise InvalidInput({"person": say("%(name)s is in the company no more.", name=person.name)})
    known = select(Champion.id).where(
        Champion.audience_id == audience.id, Champion.person_id == person.id, Champion.until_on.is_(None)
    )
    if session.scalar(known) is not None:
        raise ListedAlready(say("%(name)s stands by %(audience)s already.", name=person.name, audience=audience.name))
    made = Champion(project_id=audience.project_id, audience_id=audience.id, person_id=person.id, since_on=since)
    session.add(made)
    name_action(session, say("Named a champion"), verb="champion.name", project_id=audience.project_id)
    session.flush()
    return made


def end_champion(session: Session, champion: Champion, *, until: date, by: Actor, at: datetime) -> None:
    """The person stands by the audience until this day, and no longer; the row stays as history."""
    champion.until_on = max(until, champion.since_on)
    name_action(session, say("A champion stands down"), verb="champion.end", project_id=champion.project_id)
    session.flush()


def erase_person(session: Session, person: AffectedPerson, *, by: Actor, at: datetime) -> None:
    """Take name, address and login of a person out of the list, its history and what imports keep, for good.

    Area, team, role and days stay, so that counts of the past stay. Raises NameIsErased.
    """
    refuse_erased(person)
    person.erased_at = at
    person.name, person.email, person.user_id, person.manager_id = str(say("Erased person")), None, None, None
    name_action(session, say("Erased the name of a person"), verb="affected_person.erase", project_id=person.project_id)
    session.flush()
    ids = select(Change.id).where(Change.record_kind == "affected_person", Change.record_id == person.id)
    session.execute(update(Change).where(Change.id.in_(ids)).values(before=None, after=None))
    session.execute(update(Seal).where(Seal.change_id.in_(ids)).values(salt=None))
    forget_record(session, "affected_person", person.id)


def _by_address(project_id: int, email_key: str) -> Select[int]:
    return select(AffectedPerson.id).where(
        AffectedPerson.project_id == project_id, AffectedPerson.email_key == email_key
    )


def _is_ring(session: Session, person: AffectedPerson) -> bool:
    above, steps = person.manager_id, 0
    while above is not None and steps < LONGEST_LADDER:
        if above == person.id:
            return True
        above = session.scalar(select(AffectedPerson.manager_id).where(AffectedPerson.id == above))
        steps += 1
    return steps >= LONGEST_LADDER
