"""What an import works with on the command line: sessions of its own and a progress bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click
from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase
from implementor.history.services import noting
from implementor.web.database import db, writing_session


class CommandWork:
    """The engine's `Work` for a command; nothing stops it but the person at the keyboard."""

    def __init__(self, app: Flask, by: Actor, project_id: int | None) -> None:
        self.app, self.by, self.project_id = app, by, project_id
        self._bar: Any = None

    def now(self) -> datetime:
        """The present moment; a command is the edge of the program, so it may ask."""
        return datetime.now(UTC)

    @contextmanager
    def writing(self, summary: Phrase | None = None) -> Iterator[Session]:
        """A transaction recorded as one action; commits at its end."""
        with writing_session(self.app) as session:
            with noting(session, by=self.by, at=self.now(), source="cli", project_id=self.project_id, summary=summary):
                yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read from."""
        with self.app.app_context(), Session(db.engine) as session:
            yield session

    @contextmanager
    def showing(self, label: str) -> Iterator[None]:
        """Show a bar on the error stream while it is a terminal."""
        if not sys.stderr.isatty():
            yield
            return
        with click.progressbar(length=0, label=label, file=sys.stderr, show_pos=True) as bar:
            self._bar = bar
            yield
        self._bar = None

    def progress(self, done: int, total: int | None = None, message: Phrase | None = None) -> None:
        """Move the bar."""
        if self._bar is not None:
            self._bar.length = total or max(done, 1)
            self._bar.update(done - self._bar.pos)
