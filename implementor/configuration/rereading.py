"""Reading the configuration again and again within one piece of work: only the tables in which something changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

CHANGED = "configuration_changed"


class Tables:
    """The rows of the configuration's tables as they were read in a session, each of them once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._known: dict[str, Sequence[Any]] = {}
        self._seen = 0

    def rows(self, kind: str, statement: Select[Any]) -> Sequence[Any]:
        """The records of a kind, from memory where none of them changed."""
        if kind not in self._known:
            self._known[kind] = self.session.scalars(statement).all()
        return self._known[kind]

    def forget_changed(self) -> None:
        """Read anew what changed since."""
        self.session.flush()
        told = self.session.info.get(CHANGED, ())
        for kind in told[self._seen :]:
            self._known.pop(kind, None)
        self._seen = len(told)


def note_changed(session: Session, kind: str) -> None:
    """Records of a kind of configuration changed in this session."""
    session.info.setdefault(CHANGED, []).append(kind)
