"""A command that begins to work gets its note."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.auth.events import CommandBegan
from implementor.foundation.events import listens_to
from implementor.history.note import Note, put_note


@listens_to(CommandBegan)
def note_command(session: Session, event: CommandBegan) -> None:
    """Record what the command changes as one action of the person it works for."""
    put_note(session, Note(event.actor, event.at, source="cli"))
