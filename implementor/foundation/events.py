"""Facts that lower packages tell upper ones, heard at once and in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Event = TypeVar("Event")
_listeners: dict[type[Any], list[Callable[[Session, Any], None]]] = defaultdict(list)


def listens_to(
    event_type: type[Event],
) -> Callable[[Callable[[Session, Event], None]], Callable[[Session, Event], None]]:
    """Register a listener; they run in the order of registration."""

    def register(listener: Callable[[Session, Event], None]) -> Callable[[Session, Event], None]:
        if listener not in _listeners[event_type]:
            _listeners[event_type].append(listener)
        return listener

    return register


def publish(session: Session, event: object) -> None:
    """Tell every listener of this kind of event, now."""
    for listener in _listeners[type(event)]:
        listener(session, event)
