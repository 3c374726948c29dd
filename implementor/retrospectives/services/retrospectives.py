"""What can happen to a retrospective: set up, led from phase to phase, closed, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.hands import fresh_salt
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.governance.services.owners import owner_or_self, refuse_stranger
from implementor.history.services import name_action
from implementor.retrospectives import formats
from implementor.retrospectives.models import (
    ACT,
    CLOSED,
    COLLECT,
    GROUP,
    REVEAL,
    VOTE,
    RetroNote,
    RetroSeat,
    Retrospective,
    RetroTable,
    RetroVote,
)
from implementor.retrospectives.permissions import RUN, TAKE_PART
from implementor.retrospectives.queries import retrospectives as queries

PHASES = (COLLECT, REVEAL, GROUP, VOTE, ACT)
SETTLED = ("format", "own_columns", "names", "votes_each")
"""What is settled with the first note: people wrote into these columns, under this promise."""
LONGEST_TIMER = 120


class NotFacilitating(Refusal):
    """Only who leads through the retrospective, the project's lead and the PMO do this."""


class IsClosed(Refusal):
    """The retrospective is over."""


class NotThatWay(Refusal):
    """What was revealed is not hidden again."""


class AlreadySettled(Refusal):
    """There are notes, so that the columns and the promise stay as they are."""


def create_retrospective(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Retrospective:
    """Set one up with its table. `values` are catalogue values; without a facilitator it is whoever sets it up."""
    made = Retrospective(
        project_id=project_id, phase=COLLECT, format="start_stop", names="named", votes_each=3, own_columns=""
    )
    _give(session, made, values)
    made.facilitator_id = made.facilitator_id or owner_or_self(session, project_id, by.user_id)
    session.add(made)
    _name(session, made, "retrospective.create", say("Set up the retrospective %(title)s", title=made.title))
    session.flush()
    session.add(RetroTable(retrospective_id=made.id, project_id=project_id, revision=1, salt=fresh_salt()))
    session.flush()
    return made


def change_retrospective(
    session: Session, found: Retrospective, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Describe it anew. Raises IsClosed, and AlreadySettled for its columns and its promise once there are notes."""
    refuse_closed(found)
    _refuse_settled(session, found, values)
    _give(session, found, values)
    _name(session, found, "retrospective.change", say("Changed the retrospective %(title)s", title=found.title))
    session.flush()
    turn(session, found)


def restore_retrospective(
    session: Session, found: Retrospective, values: dict[str, Any], by: Actor, at: datetime
) -> None:
    """Give it earlier values; a phase is gone back to on its page, and closing is undone by opening it again."""
    if {"phase", "closed_at", "closed_by_id"} & values.keys():
        raise NotThatWay(say("Phases are changed on the page of the retrospective itself."))
    _refuse_settled(session, found, values)
    for name, value in values.items():
        setattr(found, name, value)
    session.flush()
    turn(session, found)


def go_to(session: Session, found: Retrospective, phase: str, *, by: Actor, at: datetime) -> None:
    """Lead on to another phase, or back to one after the reveal. Raises NotFacilitating, IsClosed, NotThatWay."""
    refuse_others(found, by)
    refuse_closed(found)
    if phase not in PHASES or (phase == COLLECT and found.phase != COLLECT):
        raise NotThatWay(say("What was revealed is not hidden again."))
    if phase == VOTE and session.scalar(queries.counted_votes(retrospective_id=found.id)):
        raise NotThatWay(say("The votes of this retrospective are counted already."))
    found.phase = phase
    _name(session, found, "retrospective.phase", say("Led on in the retrospective %(title)s", title=found.title))
    session.flush()
    turn(session, found, ends_at=None)


def set_timer(session: Session, found: Retrospective, minutes: int | None, *, by: Actor, at: datetime) -> None:
    """Let a time run (1 to 120 minutes), or take it away with None. Raises InvalidInput."""
    refuse_others(found, by)
    refuse_closed(found)
    if minutes is not None and not 1 <= minutes <= LONGEST_TIMER:
        raise InvalidInput({"minutes": say("Choose between 1 and %(most)s minutes.", most=LONGEST_TIMER)})
    turn(session, found, ends_at=None if minutes is None else at + timedelta(minutes=minutes))


def lock(session: Session, found: Retrospective, *, locked: bool, by: Actor, at: datetime) -> None:
    """Let nobody write notes any more, or let them again."""
    refuse_others(found, by)
    refuse_closed(found)
    turn(session, found, locked_at=at if locked else None)


def close_retrospective(session: Session, found: Retrospective, *, by: Actor, at: datetime) -> None:
    """End it: votes are counted into their notes, and everything that told people apart is destroyed."""
    refuse_others(found, by)
    refuse_closed(found)
    turn(session, found, salt=None, ends_at=None)
    _count_votes(session, found)
    of_it = RetroNote.retrospective_id == found.id
    session.execute(update(RetroNote).where(of_it).values(hand=None))
    session.execute(delete(RetroSeat).where(RetroSeat.retrospective_id == found.id))
    found.phase, found.closed_at, found.closed_by_id = CLOSED, at, by.user_id
    _name(session, found, "retrospective.close", say("Closed the retrospective %(title)s", title=found.title))
    session.flush()
    session.expire_all()


def reopen_retrospective(session: Session, found: Retrospective, *, by: Actor, at: datetime) -> None:
    """Undo the closing: actions can be agreed on again. Votes stay as they were counted. Raises NotThatWay."""
    refuse_others(found, by)
    if not found.is_closed:
        raise NotThatWay(say("%(title)s is not closed.", title=found.title))
    found.phase, found.closed_at, found.closed_by_id = ACT, None, None
    _name(session, found, "retrospective.reopen", say("Opened the retrospective %(title)s again", title=found.title))
    session.flush()
    turn(session, found, salt=fresh_salt())


def turn(session: Session, found: Retrospective, **values: Any) -> None:
    """Let the table be drawn anew; it also keeps two who write at once one after the other."""
    where = (RetroTable.retrospective_id == found.id, RetroTable.project_id == found.project_id)
    session.execute(
        update(RetroTable).where(*where).values(revision=RetroTable.revision + 1, **values)
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def may_lead(found: Retrospective, by: Actor) -> bool:
    """Whether somebody leads through this one."""
    return by.may(RUN) or (by.may(TAKE_PART) and by.user_id is not None and found.facilitator_id == by.user_id)


def refuse_others(found: Retrospective, by: Actor) -> None:
    """Raise NotFacilitating for whoever does not lead through it."""
    if not may_lead(found, by):
        raise NotFacilitating(say("Ask who leads through %(title)s to do this.", title=found.title))


def refuse_closed(found: Retrospective) -> None:
    """Raise IsClosed where it is over."""
    if found.is_closed:
        raise IsClosed(say("%(title)s is closed. Open it again first.", title=found.title))
    if found.is_archived:
        raise IsClosed(say("%(title)s is archived. Restore it first.", title=found.title))


def _refuse_settled(session: Session, found: Retrospective, values: Mapping[str, Any]) -> None:
    changed = [name for name in SETTLED if name in values and (values[name] or "") != (getattr(found, name) or "")]
    if changed and session.scalars(queries.notes_of(retrospective_id=found.id).limit(1)).first() is not None:
        raise AlreadySettled(say("There are notes already, so that columns, votes and names stay as they are."))


def _count_votes(session: Session, found: Retrospective) -> None:
    for row in session.execute(queries.notes_on(retrospective_id=found.id)).all():
        if row.given:
            counted = RetroNote.votes + row.given
            session.execute(update(RetroNote).where(RetroNote.id == row.id).values(votes=counted))
    session.execute(delete(RetroVote).where(RetroVote.retrospective_id == found.id))


def _give(session: Session, found: Retrospective, values: Mapping[str, Any]) -> None:
    if values.get("facilitator_id") is not None and values["facilitator_id"] != found.facilitator_id:
        refuse_stranger(session, found.project_id, values["facilitator_id"])
    for name, value in values.items():
        setattr(found, name, value or "" if name == "own_columns" else value)
    if found.format == formats.OWN and not formats.FEWEST <= len(formats.own_names(found.own_columns)) <= formats.MOST:
        raise InvalidInput({"own_columns": say("Name two to six columns, one a line.")})


def _name(session: Session, found: Retrospective, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=found.project_id)
