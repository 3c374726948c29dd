"""What people do at the table: write notes, put them together, vote, and be here. Nothing of it is history."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.hands import drawn_id
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import say
from implementor.retrospectives.formats import columns_of
from implementor.retrospectives.models import (
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
from implementor.retrospectives.queries import retrospectives as queries
from implementor.retrospectives.services.retrospectives import may_lead, refuse_closed, turn

LONGEST = 500
WRITING = (COLLECT, REVEAL, GROUP)
HERE = timedelta(minutes=2)
"""So long after their last poll somebody still counts as here."""


class NotNow(Refusal):
    """This belongs to another phase of the retrospective."""


class NotYourNote(Refusal):
    """Notes are changed by who wrote them."""


class NoVotesLeft(Refusal):
    """Every vote is given."""


class TableIsFull(Refusal):
    """A retrospective holds so many notes."""


def write_note(
    session: Session, found: Retrospective, *, place: int, text: str, hand: str, by: Actor
) -> RetroNote:  # fmt: skip
    """Put a note into a column. Raises NotNow, TableIsFull, and InvalidInput without a word or with too many."""
    table = _table_for(session, found, WRITING)
    if table.locked_at is not None:
        raise NotNow(say("Who leads through the retrospective lets nobody write any more."))
    if not 0 <= place < len(columns_of(found.format, found.own_columns)):
        raise NotFound("column")
    counted = select(func.count()).select_from(RetroNote).where(RetroNote.retrospective_id == found.id)
    if (session.scalar(counted) or 0) >= queries.MOST_NOTES:
        raise TableIsFull(say("The table is full. Put notes together, or take some away."))
    author_id = None if found.is_anonymous else by.user_id
    note = RetroNote(
        id=drawn_id(), project_id=found.project_id, retrospective_id=found.id, place=place, text=_words(text),
        hand=hand, author_id=author_id, votes=0,
    )  # fmt: skip
    session.add(note)
    session.flush()
    return note


def change_note(session: Session, found: Retrospective, note: RetroNote, *, text: str, hand: str) -> None:
    """Write one's own note anew; no word takes it away. Raises NotNow and NotYourNote."""
    _table_for(session, found, WRITING)
    if note.hand is None or note.hand != hand:
        raise NotYourNote(say("Only who wrote a note changes it."))
    if not text.strip():
        _take_away(session, note)
        return
    note.text = _words(text)
    session.flush()


def remove_note(session: Session, found: Retrospective, note: RetroNote, *, hand: str, by: Actor) -> None:
    """Take a note away: one's own, or any once they are revealed by who leads through it."""
    _table_for(session, found, WRITING)
    is_own = note.hand is not None and note.hand == hand
    if not is_own and not (found.is_revealed and may_lead(found, by)):
        raise NotYourNote(say("Only who wrote a note takes it away."))
    _take_away(session, note)


def put_under(session: Session, found: Retrospective, note: RetroNote, head: RetroNote | None) -> None:
    """Lay a note under another one, or on its own again with None; a note with others under it takes them along."""
    _table_for(session, found, (REVEAL, GROUP))
    if head is not None and head.head_id is not None:
        head = session.scalars(queries.note_of(retrospective_id=found.id, note_id=head.head_id)).one()
    if head is not None and head.id == note.id:
        return
    if head is not None:
        for one in session.scalars(queries.notes_under(note_id=note.id)):
            one.head_id = head.id
    note.head_id = head.id if head is not None else None
    session.flush()


def put_into(session: Session, found: Retrospective, note: RetroNote, place: int) -> None:
    """Move a note with those under it to another column, on its own."""
    _table_for(session, found, (REVEAL, GROUP))
    if not 0 <= place < len(columns_of(found.format, found.own_columns)):
        raise NotFound("column")
    note.head_id, note.place = None, place
    for one in session.scalars(queries.notes_under(note_id=note.id)):
        one.place = place
    session.flush()


def vote(session: Session, found: Retrospective, note: RetroNote, *, hand: str) -> None:
    """Give one vote to a note, several to the same if one likes. Raises NotNow and NoVotesLeft."""
    _table_for(session, found, (VOTE,))
    if note.head_id is not None:
        raise NotNow(say("Vote for the note that it lies under."))
    given = session.scalars(queries.votes_of_hand(retrospective_id=found.id, hand=hand)).all()
    if len(given) >= found.votes_each:
        raise NoVotesLeft(say("You gave all of your votes. Take one back first."))
    session.add(
        RetroVote(id=drawn_id(), project_id=found.project_id, retrospective_id=found.id, note_id=note.id, hand=hand)
    )
    session.flush()


def take_vote_back(session: Session, found: Retrospective, note: RetroNote, *, hand: str) -> None:
    """Take back one of one's own votes for a note; without one nothing happens."""
    _table_for(session, found, (VOTE,))
    given = session.scalars(queries.votes_of_hand(retrospective_id=found.id, hand=hand)).all()
    mine = next((one for one in given if one.note_id == note.id), None)
    if mine is not None:
        session.delete(mine)
        session.flush()


def be_here(session: Session, found: Retrospective, *, seat: str, by: Actor, at: datetime) -> bool:
    """Say that somebody is here, to the minute; answers whether they came just now."""
    minute = at.replace(second=0, microsecond=0)
    known = session.scalars(queries.seat_at(retrospective_id=found.id, seat=seat)).one_or_none()
    if known is None:
        user_id = None if found.is_anonymous else by.user_id
        session.add(
            RetroSeat(
                retrospective_id=found.id, project_id=found.project_id, seat=seat, user_id=user_id, seen_at=minute
            )
        )
        turn(session, found)
    elif known.seen_at < minute:
        known.seen_at = minute
    session.flush()
    return known is None


def _table_for(session: Session, found: Retrospective, phases: tuple[str, ...]) -> RetroTable:
    """The table, kept from others until the end of what is done. Raises NotNow where it belongs to another phase."""
    refuse_closed(found)
    if found.phase not in phases:
        raise NotNow(say("This belongs to another phase of the retrospective."))
    turn(session, found)
    statement = queries.table_of(project_id=found.project_id, retrospective_id=found.id)
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def _take_away(session: Session, note: RetroNote) -> None:
    for one in session.scalars(queries.notes_under(note_id=note.id)):
        one.head_id = None
    for given in session.scalars(queries.votes_for(note_id=note.id)):
        session.delete(given)
    session.flush()
    session.delete(note)
    session.flush()


def _words(text: str) -> str:
    words = clean(text).strip()
    if not words:
        raise InvalidInput({"text": say("Write at least one word.")})
    if len(words) > LONGEST:
        raise InvalidInput({"text": say("A note has up to %(most)s characters.", most=LONGEST)})
    return words
