"""What can happen to a case: opened, changed, taken, handed over, answered, solved and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.cases import limits, queries
from implementor.crm.cases.catalogue import CASE
from implementor.crm.cases.facts import NOWHERE, Standing, note_facts, standing_of
from implementor.crm.cases.models import CLOSED, DONE, IN_PROGRESS, NEW, NORMAL, Case
from implementor.crm.cases.numbering import code_of, next_numbers
from implementor.crm.records import services as records
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

LONGEST_NOTE = 4000
CLOCKS_DIFFER = timedelta(minutes=10)
"""How far a moment may lie ahead: the clocks of people's machines are not ours."""
POINTING = {"account": "account", "contact": "contact", "product": "product", "duplicate_of": "case"}
"""Fields that point at records, with their kind."""


class CaseIsDone(Refusal):
    """It is resolved or closed, so nobody works on it."""


class CaseIsOpen(Refusal):
    """Something is still to be done."""


class StaleCase(Refusal):
    """Somebody else changed the case since it was drawn."""


def add_case(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Case:
    """Open a case, now unless a moment is given; its clocks count from then on."""
    given = {name: value for name, value in values.items() if name != "opened_at" or value not in (None, "")}
    (number,) = next_numbers(session)
    own: dict[str, Any] = {
        "number": number, "code": code_of(number), "status": NEW, "priority": NORMAL, "status_since": at,
    }  # fmt: skip
    case: Case = records.new_record(session, CASE, {"opened_at": at, **given}, by=by, at=at, **own)
    with session.no_autoflush:
        _check(session, case, given, by, at)
        case.status_since = min(case.opened_at, at)
        _settle(case, NOWHERE, by, at)
    session.flush()
    note_facts(session, case, NOWHERE, by_id=by.user_id, at=case.opened_at)
    limits.begin(session, case)
    limits.follow(session, case, Standing(status=NEW), at)
    return case


def change_case(
    session: Session,
    case: Case,
    values: Mapping[str, Any],
    by: Actor,
    at: datetime,
    note: str | None = None,
) -> None:
    """Give a case other values, with all that follows from another status, priority, owner or area."""
    before = standing_of(case)
    if "opened_at" in values and values["opened_at"] in (None, ""):
        raise InvalidInput({"opened_at": say("Say when it was opened.")})
    records.change_record(session, CASE, case, values, by=by, at=at)
    with session.no_autoflush:
        _check(session, case, values, by, at)
        _settle(case, before, by, at)
    _follow(session, case, before, by, at, note)


def restore_case(session: Session, case: Case, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a case earlier values by attribute; facts and clocks follow as from any change."""
    before, was_away = standing_of(case), case.is_archived
    records.give_back(case, values)
    _follow(session, case, before, by, at, None)
    if case.is_archived and not was_away:
        limits.rest(session, case, at)
    elif was_away and not case.is_archived:
        limits.go_on(session, case, at)


def take_case(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Make a case one's own. Raises CaseIsDone."""
    _refuse_done(case)
    name_action(session, say("Took %(code)s", code=case.code), verb="case.take")
    change_case(session, case, {"owner": by.user_id}, by, at)


def hand_over_case(
    session: Session, case: Case, *, area: Any, owner: Any, note: str, version: int | None, by: Actor, at: datetime
) -> None:
    """Give a case to another area, and to somebody there or to nobody yet; the note says what they must know.

    What is still to follow up goes along. Raises InvalidInput, CaseIsDone and StaleCase.
    """
    _refuse_done(case)
    refuse_stale(case, version)
    note = _checked_note(note, say("Write what they must know, so that nobody asks the customer again."))
    if not area:
        raise InvalidInput({"area": say("Choose the area that goes on with it.")})
    name_action(session, say("Handed over %(code)s", code=case.code), verb="case.hand_over")
    held, before = case.owner_id, case.area_id
    change_case(session, case, {"area": area, "owner": owner or None}, by, at, note)
    if case.area_id == before:
        raise InvalidInput({"area": say("It is with this area already.")})
    for dealing in session.scalars(queries.follow_ups_about(case.id)):
        if dealing.follow_up_owner_id == held and case.owner_id is not None:
            dealing.follow_up_owner_id = case.owner_id


def move_case(
    session: Session, case: Case, values: Mapping[str, Any], *, note: str, version: int | None, by: Actor, at: datetime
) -> None:
    """Bring a case into a status, with what goes along: resolution, original, satisfaction. Raises StaleCase."""
    refuse_stale(case, version)
    note = clean(note)
    was_done = not case.is_open
    name_action(session, say("Moved %(code)s", code=case.code), verb="case.move")
    change_case(session, case, values, by, at, _checked_note(note) if note else None)
    if was_done and case.is_open and not note:
        raise InvalidInput({"note": say("Say why it is opened again.")})


def answer_case(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Note that the customer was answered now. Raises CaseIsDone."""
    records.refuse_beyond_reach(session, CASE, case, by)
    _refuse_done(case)
    name_action(session, say("Answered %(code)s", code=case.code), verb="case.answer")
    limits.answer(session, case, at)
    if case.status == NEW:
        before = standing_of(case)
        case.status = IN_PROGRESS
        _settle(case, before, by, at)
        _follow(session, case, before, by, at, None)
    limits.refresh(session, case)


def refuse_stale(case: Case, version: int | None) -> None:
    """Stop where somebody else changed the case since it was drawn."""
    if version is not None and version != case.version:
        raise StaleCase(say("%(code)s was changed meanwhile. The page shows it as it is now.", code=case.code))


def _refuse_done(case: Case) -> None:
    if not case.is_open:
        raise CaseIsDone(say("%(code)s is done. Open it again to go on with it.", code=case.code))


def _checked_note(note: str, needed: Phrase | None = None) -> str:
    note = clean(note)
    if not note and needed is not None:
        raise InvalidInput({"note": needed})
    if len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": say("Up to %(longest)s characters, please.", longest=LONGEST_NOTE)})
    return note


def _check(session: Session, case: Case, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """What the catalogue cannot say: moments that have not come, records that the actor does not see."""
    if case.opened_at > at + CLOCKS_DIFFER:
        raise InvalidInput({"opened_at": say("This has not happened yet.")})
    for name, kind in POINTING.items():
        pointed = getattr(case, CASE.fields[name].attribute)
        if values.get(name) is None or pointed is None:
            continue
        found = records.found_to_see(session, entities[kind], pointed, by, field=name)
        if name == "contact" and case.account_id is None:
            case.account_id = found.account_id
    if case.duplicate_of_id is not None and case.duplicate_of_id == case.id:
        raise InvalidInput({"duplicate_of": say("A case is no duplicate of itself.")})


def _settle(case: Case, before: Standing, by: Actor, at: datetime) -> None:
    """Let what stands beside the status agree with it. A duplicate is closed."""
    if case.duplicate_of_id is not None and before.duplicate_of is None:
        case.status = CLOSED
    if case.status == before.status:
        return
    if before != NOWHERE:
        case.status_since = at
    if case.status not in DONE:
        case.resolved_at = case.resolved_by_id = case.closed_at = None
        return
    if not case.resolution and case.duplicate_of_id is None:
        raise InvalidInput({"resolution": say("Write how it was resolved.")})
    if before.status not in DONE:
        case.resolved_at, case.resolved_by_id = at, by.user_id
    case.closed_at = at if case.status == CLOSED else None


def _follow(session: Session, case: Case, before: Standing, by: Actor, at: datetime, note: str | None) -> None:
    session.flush()
    note_facts(session, case, before, by_id=by.user_id, at=at, note=note)
    limits.follow(session, case, before, at)
