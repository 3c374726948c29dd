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
    """Several configurations at the same time: of each set of trials that somebody is in, and of those in none.

    `memberships` gives a statement that finds the numbers of the trials that somebody is in; `of` what people in these
    trials work with, who keep what people in the others enter.
    """

    memberships: Callable[[int], Select[int]]
    of: Callable[[frozenset[int]], LiveConfiguration]


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
        tried = () if user_id is None else session.scalars(self.overlay.memberships(user_id))
        return self.overlay.of(frozenset(tried))


def state_of(session: Session, everybody: LiveConfiguration) -> State:
    """The configuration with what is tried over it."""
    found = (ask(session, everybody) for ask in overlaying)
    return State(everybody, next((one for one in found if one is not None), None))
