"""Who works with which configuration while one is tried by some people first: the one place that decides it.

Whoever tries configurations stands above and adds to `overlaying`; without a trial nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy.orm import Session

from implementor.foundation.live import LiveConfiguration


@dataclass(frozen=True)
class Overlay:
    """Two configurations at the same time: of those who try, and of the others, who keep what the first enter.

    `membership` gives a statement that finds a row for somebody who tries.
    """

    members: LiveConfiguration
    others: LiveConfiguration
    membership: Callable[[int], Select[int]]


overlaying: list[Callable[[Session, LiveConfiguration], Overlay | None]] = []
"""Says whether a configuration is tried now, over what is live; asked once for each stamp."""


@dataclass(frozen=True)
class State:
    """What is live at one stamp, for everybody, or over it what some try."""

    everybody: LiveConfiguration
    overlay: Overlay | None = None

    def of_person(self, session: Session, user_id: int | None) -> LiveConfiguration:
        """What somebody works with; None is whoever is not a person, such as a job of the program."""
        if self.overlay is None:
            return self.everybody
        if user_id is not None and session.scalar(self.overlay.membership(user_id)) is not None:
            return self.overlay.members
        return self.overlay.others


def state_of(session: Session, everybody: LiveConfiguration) -> State:
    """The configuration with what is tried over it."""
    found = (ask(session, everybody) for ask in overlaying)
    return State(everybody, next((one for one in found if one is not None), None))
