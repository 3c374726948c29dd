"""Who works in a session, when and why: the note that every recorded change is written under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, SessionTransaction

from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase
from implementor.history.models import Source

KEY = "note"


class UnrecordedError(RuntimeError):
    """A record with a history was about to change without a note; a fault of the program, not of a person."""


@dataclass
class Note:
    """One piece of work. `action_id` is filled by the recorder with the first change."""

    actor: Actor
    at: datetime
    source: Source = "web"
    request_id: str = ""
    project_id: int | None = None
    verb: str | None = None
    summary: Phrase | None = None
    undoes_id: int | None = None
    action_id: int | None = None
    started_in: SessionTransaction | None = None
    """The savepoint in which the action was written (None outside savepoints): it vanishes with it."""
    on_action: Callable[[int | None], None] = lambda _action_id: None

    def began(self, action_id: int, savepoint: SessionTransaction | None) -> None:
        """Remember the action that was written for this note."""
        self.action_id, self.started_in = action_id, savepoint
        self.on_action(action_id)

    def vanished(self) -> None:
        """Forget the action, because its transaction was taken back."""
        self.action_id = self.started_in = None
        self.on_action(None)


def put_note(session: Session, note: Note) -> None:
    """Write everything from here on under this note."""
    session.info[KEY] = note


def note_of(session: Session) -> Note:
    """The note of a session. Raises UnrecordedError where nobody put one."""
    note: Note | None = session.info.get(KEY)
    if note is None:
        raise UnrecordedError("Nobody said who works here: wrap the work in history.services.noting().")
    return note
