"""Holding back the keys of a record until it is whole: one that is written in two flushes is looked at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

_HELD = "duplicates_held"


@contextmanager
def keys_later(session: Session) -> Iterator[None]:
    """Leave the keys of what is flushed in this block to the next flush, which must follow."""
    session.info[_HELD] = True
    try:
        yield
    finally:
        session.info.pop(_HELD)


def holds_keys(session: Session) -> bool:
    """Whether keys are left to a later flush."""
    return _HELD in session.info
